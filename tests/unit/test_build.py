"""The result of a build: rows in order, and versions that depend only on the content."""

import os
import subprocess
import sys
from pathlib import Path

from app.resources.documents import DocumentRow
from app.resources.passages import CitingRow, PassageRow
from app.resources.registry import RESOURCES
from seeds.build import read_content
from tests.unit.builders.sample import ARTICLE, READING, changed, load, refused, row, rows, write

OTHER = """\
= Norland–Ostia relations =
Norland and Ostia are friends. Ada Berg visited Ostia in 2001.
"""
OTHER_READING = """\
document:
  id: norland-ostia-relations
  name: Norland–Ostia relations
  url: https://example.org/norland-ostia
  licence: CC BY-SA 4.0
  attribution: Made up for tests
  passages: noos
actors:
  - {id: ostia, name: Ostia, type: country, cite: [Norland and Ostia are friends.]}
events:
  - id: berg-visits-ostia
    name: Ada Berg visits Ostia
    type: movement
    summary: Ada Berg visited Ostia.
    date: in 2001
    actors: {source: [ada-berg], target: [ostia]}
    related: {follows: fish-war}
    cite: [Ada Berg visited Ostia in 2001.]
background:
  - {quote: Norland–Ostia relations, reason: The title.}
"""


def versions(folder: Path, *changes: tuple[str, str], article: str = ARTICLE) -> dict[str, str]:
    loaded = rows(load(folder, *changes, article=article))
    return {id: item.row.version for id, item in loaded.items()}


def test_rows_come_by_registry_position_and_id(tmp_path: Path) -> None:
    content = load(tmp_path)
    order = [resource.kind for resource in RESOURCES]
    loaded = list(content.rows)

    keys = [(order.index(item.row.kind), item.position, item.row.id) for item in loaded]
    assert keys == sorted(keys)
    assert content.total == len(loaded)
    assert {item.row.kind for item in loaded} == set(order)


def test_a_row_stands_where_its_first_citation_does(tmp_path: Path) -> None:
    for item in load(tmp_path).rows:
        if item.citations:
            assert item.position == item.citations[0].start
            assert item.evidence == item.citations


def test_every_citation_is_exact_and_proves_fields_of_its_row(tmp_path: Path) -> None:
    content = load(tmp_path)
    passages = {id: item.row for id, item in rows(content).items() if item.row.kind == "passage"}
    for item in content.rows:
        for citation in item.citations:
            passage = passages[citation.passage]
            assert isinstance(passage, PassageRow)
            assert ARTICLE[citation.start : citation.end] == citation.exact
            assert ARTICLE[: citation.start].endswith(citation.prefix)
            assert ARTICLE[citation.end :].startswith(citation.suffix)
            assert len(citation.prefix) == min(32, citation.start)
            assert len(citation.suffix) == min(32, len(ARTICLE) - citation.end)
            assert passage.start <= citation.start < passage.end
            assert passage.section == citation.section
            assert citation.fields
            assert set(citation.fields) <= set(type(item.row).model_fields)


def test_every_row_links_to_itself(tmp_path: Path) -> None:
    for item in load(tmp_path).rows:
        assert item.row.links.self == f"/v1/{item.resource.path}/{item.row.id}"


def test_the_same_seeds_give_the_same_version(tmp_path: Path) -> None:
    assert load(tmp_path).version == load(tmp_path).version


def test_the_version_does_not_depend_on_the_process(tmp_path: Path) -> None:
    script = (
        "import pathlib, sys; from seeds.build import read_content; "
        "print(read_content(pathlib.Path(sys.argv[1])).version)"
    )
    version = load(tmp_path).version
    for seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert printed.stdout.strip() == version


def test_an_edit_of_one_entry_changes_just_the_version_of_its_row(tmp_path: Path) -> None:
    edits = [
        ("summary: Sudria kept quiet.", "summary: Sudria kept still."),
        ("type: medium\n", "type: medium\n    note: Its name is all that is said.\n"),
        ("answer: does not,", "answer: dislikes,"),
    ]
    changes = ["sudrian-protest", "sea-gazette", "liking-2010"]
    before = versions(tmp_path)

    for edit, id in zip(edits, changes, strict=True):
        after = versions(tmp_path, edit)
        assert {key for key in before if before[key] != after[key]} == {id}


def test_another_citation_is_another_version(tmp_path: Path) -> None:
    before = versions(tmp_path)
    after = versions(tmp_path, ("cite: [The Sea Gazette reported]", "cite: [The Sea Gazette]"))

    assert {key for key in before if before[key] != after[key]} == {"sea-gazette"}


def test_a_new_name_reaches_the_rows_that_refer_to_it(tmp_path: Path) -> None:
    before = versions(tmp_path)
    after = versions(tmp_path, ("name: Sudrian boats cut nets", "name: Nets are cut"))

    assert {key for key in before if before[key] != after[key]} == {"nets-cut", "fish-war"}


def test_an_edit_that_only_the_coverage_tells_is_another_dataset(tmp_path: Path) -> None:
    plain = load(tmp_path)
    reworded = load(tmp_path, ("reason: The title.", "reason: The name of the article."))
    renamed = load(tmp_path, ("type: medium\n", "type: medium\n    formerly: [gazette]\n"))

    assert len({plain.version, reworded.version, renamed.version}) == 3
    assert rows(renamed)["sea-gazette"].former_ids == ("gazette",)


def test_comments_and_layout_change_nothing(tmp_path: Path) -> None:
    commented = READING.replace("actors:\n", "# The actors\n\nactors:\n", 1)

    write(tmp_path / "a")
    write(tmp_path / "b", reading=commented)

    assert read_content(tmp_path / "a").version == read_content(tmp_path / "b").version


def test_names_and_aliases_find_a_row(tmp_path: Path) -> None:
    assert rows(load(tmp_path))["sudria"].names == ("Sudria", "Republic of Sudria")


def test_a_document_is_a_row_with_its_text_and_its_outline(tmp_path: Path) -> None:
    content = load(tmp_path)
    document = row(content, "norland-sudria-relations")

    assert isinstance(document, DocumentRow)
    assert rows(content)[document.id].columns == {"text": ARTICLE}
    assert document.characters == len(ARTICLE)
    assert [section.id for section in document.sections] == ["norland-sudria-relations"]
    [top] = document.sections
    assert [section.id for section in top.sections] == ["history", "trade", "see-also"]
    assert [section.title for section in top.sections[0].sections] == ["Fish war", "Peace"]
    assert [(line.key, line.value) for line in document.infobox] == [
        ("Mission1", "Embassy of Norland, Port Sud")
    ]
    assert document.see_also == ["Sund Council"]


def test_a_passage_tells_what_is_known_from_it(tmp_path: Path) -> None:
    passage = rows(load(tmp_path))["nosu-sudria-did-not-protest"]

    assert isinstance(passage.row, PassageRow)
    assert passage.row.text == "Sudria did not protest."
    assert passage.row.section == "fish-war"
    assert passage.evidence is not None
    [citing] = passage.evidence
    assert isinstance(citing, CitingRow)
    assert (citing.id, citing.exact) == ("sudrian-protest", "Sudria did not protest.")
    assert "negated" in citing.fields


def test_articles_refer_to_rows_of_each_other(tmp_path: Path) -> None:
    write(tmp_path, OTHER, OTHER_READING, name="a-first")
    content = read_content(write(tmp_path))
    visit = rows(content)["berg-visits-ostia"]

    assert getattr(visit.row, "actors")[0].name == "Ada Berg"  # noqa: B009
    assert visit.position < 1_000_000_000 <= rows(content)["fish-war"].position
    related = getattr(row(content, "fish-war"), "related")  # noqa: B009
    assert ("berg-visits-ostia", "precedes") in [(item.id, item.relation) for item in related]
    assert content.coverage["complete"] is True
    assert len(content.coverage["documents"]) == 2


def test_ids_are_unique_over_all_articles(tmp_path: Path) -> None:
    doubled = OTHER_READING.replace("id: ostia,", "id: norland,").replace("[ostia]", "[norland]")
    write(tmp_path, OTHER, doubled.replace("noos", "nosu"), name="two")

    found = refused(lambda: read_content(write(tmp_path)))

    twice = [fault.message for fault in found if "twice" in fault.message]
    assert twice == ["the id 'norland' is used twice"]
    assert any("`passages: nosu` is used by" in fault.message for fault in found)


def test_a_quote_of_another_article_is_refused(tmp_path: Path) -> None:
    write(tmp_path, OTHER, OTHER_READING, name="two")
    reading = changed(("cite: [The Sea Gazette reported]", "cite: [Ada Berg visited Ostia]"))

    [fault] = refused(lambda: read_content(write(tmp_path, reading=reading)))

    assert "'Ada Berg visited Ostia' is not in the document" in fault.message
