"""The short forms of a reading: sentences, groups, titles, elisions and derived values."""

import json
import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from seeds.build import read_content
from seeds.builders.quote_offsets import CharRange, elided_occurrences
from seeds.builders.schema import schema_text
from seeds.faults import LoadFault
from tests.unit.builders.sample import refused, row, rows, write
from tests.unit.reading.forms import FORMS


def loaded(folder: Path, id: str, *changes: tuple[str, str]) -> Any:
    return row(read_content(write(folder, reading=changed(*changes))), id)


def exact(folder: Path, id: str, *changes: tuple[str, str]) -> list[tuple[str, list[str]]]:
    """The citations of a row, each with the fields that it proves."""
    content = read_content(write(folder, reading=changed(*changes)))
    return [(item.exact, list(item.fields)) for item in rows(content)[id].citations]


def faults(folder: Path, *changes: tuple[str, str]) -> list[LoadFault]:
    return refused(lambda: read_content(write(folder, reading=changed(*changes))))


def changed(*changes: tuple[str, str]) -> str:
    reading = FORMS
    for old, new in changes:
        assert reading.count(old) == 1, f"{old!r} stands {reading.count(old)} times"
        reading = reading.replace(old, new)
    return reading


def line_of(text: str) -> int:
    return FORMS[: FORMS.index(text)].count("\n") + 1


def test_an_entry_cites_the_sentence_that_it_stands_under(tmp_path: Path) -> None:
    (words, fields), proof, _ = exact(tmp_path, "fish-war")

    assert words == "The fish war began on 3 March 1971."
    assert {"name", "type", "summary", "date"} <= set(fields)
    assert proof == ("relations between Norland and the Republic of Sudria", ["actors"])


def test_an_entry_cites_a_part_of_its_sentence_and_words_from_elsewhere(tmp_path: Path) -> None:
    cited = exact(tmp_path, "nets-cut")

    assert cited[0][0] == 'In early May, Sudrian boats cut "about 40 nets" of Norland.'
    assert cited[1] == ("relations between Norland and the Republic of Sudria", ["actors"])


def test_words_of_the_sentence_need_not_be_the_only_ones_in_the_document(tmp_path: Path) -> None:
    once = ("    negated: true", "    cite: Sudria")
    twice = ("    cite: On 12 May, …\n", "    also: Norland\n")

    assert exact(tmp_path, "sudrian-protest", once)[0][0] == "Sudria"
    assert "the quote 'Norland' occurs 2 times" in [
        item.message for item in faults(tmp_path, twice)
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("one … three", [(0, 13)]),
        ("one ... three", [(0, 13)]),
        ("one…three", [(0, 13)]),
        ("two … one", [(4, 17)]),
        ("one … six", []),
        ("three one", [(8, 17)]),
        ("one two … one two", [(0, 21)]),
    ],
)
def test_an_elision_goes_from_the_first_words_to_the_next_last_ones(
    words: str, found: list[tuple[int, int]]
) -> None:
    assert elided_occurrences("one two three one two", words) == [CharRange(*it) for it in found]


def test_dots_of_the_document_are_no_elision() -> None:
    text = "a warrant ... though it was though"

    assert elided_occurrences(text, "warrant ... though") == [CharRange(2, 20)]


def test_an_elision_at_an_end_goes_to_the_end_of_the_sentence(tmp_path: Path) -> None:
    words, _ = exact(tmp_path, "berg-we-stay")[0]

    assert words.startswith("On 12 May, Norland's minister")
    assert words.endswith("We stay.”")


def test_entries_of_a_group_share_its_values_and_may_have_their_own(tmp_path: Path) -> None:
    content = read_content(write(tmp_path, reading=FORMS))

    assert [getattr(row(content, id), "type") for id in ("norland", "sudria")] == ["country"] * 2  # noqa: B009
    figures: list[Any] = [row(content, id) for id in ("sudria-rank", "norland-exports-2006")]
    assert [item.partner.id for item in figures] == ["sudria", "sudria"]
    assert [item.exact[:6] for item in rows(content)["norland-exports-2006"].citations] == [
        "Export"
    ]


def test_a_name_is_what_the_id_spells_in_the_document(tmp_path: Path) -> None:
    assert loaded(tmp_path, "the-sea-gazette").name == "The Sea Gazette"
    assert loaded(tmp_path, "embassy-of-norland").name == "Embassy of Norland"
    assert (
        loaded(tmp_path, "fish-war", ("- fish-war: Fish war", "- id: fish-war")).name == "Fish war"
    )


def test_a_summary_is_the_sentence_or_else_the_name_where_none_is_written(tmp_path: Path) -> None:
    assert loaded(tmp_path, "sudrian-protest").summary == "Sudria did not protest."
    assert loaded(tmp_path, "strait-act").summary == "Strait Act."
    assert loaded(tmp_path, "nets-cut", ('… nets" of Norland.', '… nets" of Norland')).summary == (
        'In early May, Sudrian boats cut "about 40 nets" of Norland.'
    )
    assert loaded(tmp_path, "berg-refuses").summary == "Norland will stay, its minister said."


def test_a_statement_takes_what_follows_from_its_event(tmp_path: Path) -> None:
    statement = loaded(tmp_path, "berg-we-stay")

    assert (statement.event.id, statement.mode) == ("berg-refuses", "direct")
    assert [item.id for item in statement.speakers] == ["ada-berg"]
    assert statement.date.edtf == "1971-05-12"
    assert statement.text == "We shall not be fished out. We stay."


def test_words_outside_of_quotation_marks_are_reported(tmp_path: Path) -> None:
    change = ("text: We shall not … We stay.", "text: Norland's minister Ada Berg said")

    assert loaded(tmp_path, "berg-we-stay", change).mode == "reported"


def test_a_medium_that_speaks_is_the_outlet(tmp_path: Path) -> None:
    change = (
        "      about: fish-war\n      proof: {about: The fish war began}",
        "      speakers: the-sea-gazette\n      also: The Sea Gazette",
    )

    assert loaded(tmp_path, "berg-we-stay", change).outlet.id == "the-sea-gazette"
    assert loaded(tmp_path, "berg-we-stay").outlet is None


def test_a_membership_and_a_post_follow_from_affiliations(tmp_path: Path) -> None:
    membership = loaded(tmp_path, "gazette-in-norland")
    post = loaded(tmp_path, "minister-of-norland")

    assert (membership.member.id, membership.organisation.id) == ("the-sea-gazette", "norland")
    assert (membership.standing, membership.note) == ("supporter", "Made up.")
    assert (post.type, post.operator.id, post.holder.id) == ("post", "norland", "ada-berg")
    assert exact(tmp_path, "gazette-in-norland")[0][0].endswith("The Sea Gazette reported")
    assert exact(tmp_path, "minister-of-norland")[0][0].startswith("On 12 May")


def test_a_country_follows_from_whom_an_actor_serves(tmp_path: Path) -> None:
    assert loaded(tmp_path, "ole-dahl").country == "NOR"
    assert loaded(tmp_path, "the-sea-gazette").country is None
    loop = ("{id: norland, country: NOR}", "{id: norland, affiliations: {part-of: sudria}}")
    back = ("  - id: sudria\n", "  - id: sudria\n    affiliations: {part-of: norland}\n")
    assert loaded(tmp_path, "ole-dahl", loop, back).country is None


def test_a_law_takes_date_and_signer_from_the_event_of_its_stage(tmp_path: Path) -> None:
    law = loaded(tmp_path, "strait-act")

    assert law.date.edtf == "1971-07-01"
    assert [item.id for item in law.signed_by] == ["ole-dahl"]
    assert law.jurisdiction.id == "norland"
    other = loaded(
        tmp_path,
        "strait-act",
        ("date_of: signed", "issued_by: sund-council"),
        ("    also: The act was signed the same day by President Ole Dahl.\n", ""),
        ('    proof: {jurisdiction: "On 12 May, Norland"}', "    also: of the Sund Council since"),
    )
    assert (other.date, other.signed_by, other.jurisdiction.id) == (None, [], "sund-council")


def test_an_indicator_says_what_is_measured(tmp_path: Path) -> None:
    exports = loaded(tmp_path, "norland-exports-2006")

    assert (exports.measure, exports.flow, exports.unit) == ("flow", "export", "currency")
    assert loaded(tmp_path, "sudria-rank").measure == "rank"


FAULTS = [
    pytest.param(
        ("- quote: Sudria did not protest.", "- quote: Sudria did not protest much."),
        "sentences 4", "the quote 'Sudria did not protest much.' is not in the document",
        "the nearest words there are", "Sudria did not protest.", id="wrong-sentence",
    ),
    pytest.param(
        ("- quote: The fish war", "- quote: History\n\n- quote: The fish war"),
        "sentences 1", "there is no entry under the sentence 'History'",
        "move it to `background:` with a reason", "- quote: The fish war", id="empty-sentence",
    ),
    pytest.param(
        ("- quote: Sudria did not protest.\n", "- quote: Sudria did not protest.\n  oficces: []\n"),
        "sentences 4", "there is no field 'oficces'", "did you mean 'offices'?",
        "  events:\n  - sudrian-protest", id="unknown-list",
    ),
    pytest.param(
        ("- quote: Sudria did not protest.", "- section: peace"),
        "sentences 4", "the field 'quote' is missing", "add `quote:`",
        "- quote: Sudria did not protest.", id="sentence-without-words",
    ),
    pytest.param(
        ("cite: … nets\" of Norland.", "cite: nets … boats"),
        "nets-cut", "the parts of the quote 'nets … boats' do not follow one another",
        "in the order of the document", "cite: … nets", id="parts-in-another-order",
    ),
    pytest.param(
        ("cite: … nets\" of Norland.", "cite: boats … fishes"),
        "nets-cut", "the quote 'fishes' is not in the document", "copy the words",
        "cite: … nets", id="part-that-is-nowhere",
    ),
    pytest.param(
        ("  - {id: norland, country: NOR}", "  - {id: norland, country: NOR, tipe: x}"),
        "norland", "there is no field 'tipe'", "did you mean 'type'?",
        "{id: norland", id="unknown-field-in-a-group",
    ),
    pytest.param(
        ("- id: ada-berg\n", "- id: ada-berg\n  minister: Minister\n"),
        "ada-berg", "there is no field 'minister'", "`id: minister` and `name: Minister`",
        "  type: person\n  description", id="title-without-a-hyphen",
    ),
    pytest.param(
        ("- type: country", "- type: contry"),
        "norland", "'contry' is no code of the vocabulary actor-types", "did you mean 'country'?",
        "- type: country", id="shared-value-once",
    ),
    pytest.param(
        ("    partner: sudria\n    each", "    partner: sudrya\n    each"),
        "sudria-rank", "there is no row 'sudrya'", "did you mean 'sudria'?",
        "    partner: sudria\n    each", id="shared-reference-once",
    ),
    pytest.param(
        ("- type: country", "- type: country\n  note: x\n  name: y"),
        "actors 1", "the entries of a group cannot share 'name'", "write `name:` in each entry",
        "  each:\n  - {id: norland", id="shared-name",
    ),
    pytest.param(
        ("- type: country", "- type: country\n  tipe: y"),
        "actors 1", "there is no field 'tipe'", "did you mean 'type'?",
        "  cite: relations", id="unknown-shared-field",
    ),
    pytest.param(
        ("  each: [embassy-of-norland]", "  each: []"),
        "offices 1", "'each' is empty", "write at least one entry",
        "  each: [emb", id="empty-group",
    ),
    pytest.param(
        ("  each: [embassy-of-norland]", "  each: [embassy-of-norland, [x]]"),
        "each 2", "'each 2' is a list, not fields", "write `- ...` for a list",
        "  each: [emb", id="list-in-a-group",
    ),
    pytest.param(
        ("[embassy-of-norland]", "[embassy-in-sudria]"),
        "embassy-in-sudria", "the field 'name' is missing",
        "an id that spells words of the document", "[embassy", id="id-that-spells-nothing",
    ),
    pytest.param(
        ('  cite: "Mission1: Embassy of Norland, Port Sud"\n', ""),
        "embassy-of-norland", "the field 'cite' is missing", "put the entry under its sentence",
        "  city: Port Sud\n  each: [emb", id="entry-that-cites-nothing",
    ),
    pytest.param(
        ("    actors: {source: ada-berg}\n", ""),
        "berg-we-stay", "the statement has no speakers", "of an event with a `source`",
        "    statements:\n    - berg-we-stay", id="statement-without-speakers",
    ),
    pytest.param(
        ("      text: We shall", "      txt: We shall"),
        "berg-refuses", "there is no field 'txt'", "did you mean 'text'?",
        "      text: We shall", id="unknown-field-of-a-statement",
    ),
    pytest.param(
        ("      actors: relations between Norland", "      actrs: relations between Norland"),
        "nets-cut", "event rows have no field 'actrs'", "did you mean 'actors'?",
        "      actors: relations between", id="proof-of-an-unknown-field",
    ),
    pytest.param(
        ("    date: 12 May\n", "    date: 12 May\n    date-of-it: x\n"),
        "berg-refuses", "there is no field 'date-of-it'", "the fields here are",
        "    actors: {source: ada-berg}", id="second-title",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "entry", "message", "cure", "line"), FAULTS)
def test_a_slip_in_a_short_form_has_one_fault_with_its_line_and_cure(
    tmp_path: Path, change: tuple[str, str], entry: str, message: str, cure: str, line: str
) -> None:
    found = [item for item in faults(tmp_path, change) if message in item.message]

    assert [item.entry for item in found] == [entry]
    assert cure.lower() in found[0].cure.lower()
    assert found[0].line == line_of(line)
    assert len(faults(tmp_path, change)) <= 2


GUIDE = Path(__file__).parents[3] / "docs" / "reading.md"


def test_the_forms_in_the_guide_for_analysts_are_those_of_the_schema() -> None:
    blocks = [
        dedent(item) for item in re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    ]
    whole, group = (yaml.safe_load(block) for block in blocks)
    whole["document"] |= {"url": "https://example.org", "licence": "x", "attribution": "x"}
    whole["actors"] += group

    validator: Any = Draft202012Validator(json.loads(schema_text()))
    assert list(validator.iter_errors(whole)) == []
