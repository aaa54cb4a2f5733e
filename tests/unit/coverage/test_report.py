"""Coverage: each passage, date, number and quotation is used, explained, or reported."""

from pathlib import Path
from typing import Any

from app.resources.coverage import Coverage
from seeds.coverage.table import WIDTH, coverage_table
from tests.unit.builders.sample import ARTICLE, load


def covered(folder: Path, *changes: tuple[str, str], article: str = ARTICLE) -> dict[str, Any]:
    """The coverage of the only document of the sample."""
    report = load(folder, *changes, article=article).coverage
    assert Coverage.model_validate(report).complete == report["complete"]
    [document] = report["documents"]
    return document


def found(findings: list[dict[str, Any]], text: str) -> dict[str, Any]:
    return next(item for item in findings if item["text"].startswith(text))


def test_nothing_of_the_sample_is_left_over(tmp_path: Path) -> None:
    document = covered(tmp_path)

    assert document["complete"] is True
    assert document["counts"]["passages"] == {"cited": 19, "background": 5, "left_over": 0}
    assert document["counts"]["dates"] == {
        "value": 12,
        "analyst": 0,
        "cited": 0,
        "left_over": 0,
    }
    assert document["counts"]["numbers"] == {
        "value": 7,
        "analyst": 0,
        "cited": 0,
        "left_over": 0,
    }
    assert document["counts"]["quotations"] == {
        "value": 1,
        "analyst": 0,
        "cited": 1,
        "left_over": 0,
    }


def test_a_passage_is_cited_or_set_aside_with_a_reason(tmp_path: Path) -> None:
    passages = covered(tmp_path)["passages"]
    heading, sentence = found(passages, "Peace"), found(passages, "The Treaty of Sund")

    assert (heading["status"], heading["reason"]) == ("background", "A heading.")
    assert heading["cited_by"] == []
    assert (sentence["status"], sentence["reason"]) == ("cited", None)
    assert [row["id"] for row in sentence["cited_by"]] == [
        "treaty-signed",
        "treaty-suspended",
        "treaty-of-sund",
    ]


def test_a_sentence_that_nobody_cites_is_left_over(tmp_path: Path) -> None:
    article = ARTICLE.replace("Three senators", "In 1991 he sold 12 boats. Three senators")

    document = covered(tmp_path, article=article)

    assert document["complete"] is False
    assert found(document["passages"], "In 1991")["status"] == "left-over"
    assert found(document["dates"], "1991")["status"] == "left-over"
    assert found(document["numbers"], "12")["status"] == "left-over"
    assert found(document["numbers"], "12")["rows"] == []


def test_a_date_set_aside_with_its_sentence_is_still_left_over(tmp_path: Path) -> None:
    article = ARTICLE.replace("Three senators", "In 1991 he sold it. Three senators")
    aside = ("background:\n", "background:\n  - {quote: In 1991 he sold it., reason: No fact.}\n")

    document = covered(tmp_path, aside, article=article)

    assert found(document["passages"], "In 1991")["status"] == "background"
    assert found(document["dates"], "1991")["status"] == "left-over"


def test_a_value_names_the_rows_that_hold_it(tmp_path: Path) -> None:
    document = covered(tmp_path)

    assert [row["id"] for row in found(document["dates"], "early May")["rows"]] == ["nets-cut"]
    assert found(document["numbers"], "62%")["rows"][0]["id"] == "liking-2010"
    assert found(document["quotations"], "“We shall")["rows"][0]["id"] == "berg-we-stay"


def test_what_no_row_holds_may_stand_in_a_citation(tmp_path: Path) -> None:
    document = covered(tmp_path, ("    date: 3 March 1971\n", ""), ("    date: early May\n", ""))

    assert found(document["dates"], "early May")["status"] == "cited"
    assert found(document["dates"], "3 March")["status"] == "value", "others inherit its year"


def test_a_half_cited_quotation_is_left_over(tmp_path: Path) -> None:
    change = (
        "cite: ['In early May, Sudrian boats cut \"about 40 nets\" of Norland.']",
        "cite: ['In early May, Sudrian boats cut \"about 40']\n    also: relations between Norland",
    )

    document = covered(tmp_path, change, (" words: about 40 nets,", " words: about 40,"))

    assert found(document["quotations"], '"about')["status"] == "left-over"
    assert found(document["numbers"], "about 40")["status"] == "value"


def test_names_that_are_not_taken_up_are_told_for_information(tmp_path: Path) -> None:
    mentions = covered(tmp_path)["mentions"]

    assert {mention["row"]["id"] for mention in mentions} == {"norland", "sudria"}
    assert {mention["passage"] for mention in mentions} == {"nosu-norland-sudria-relations"}


def test_the_table_marks_what_is_left_over(tmp_path: Path) -> None:
    article = ARTICLE.replace("Three senators", "In 1991 he sold it. Three senators")
    whole = coverage_table(load(tmp_path).coverage)
    left = coverage_table(load(tmp_path, article=article).coverage)

    assert whole.endswith("Nothing is left over.\n")
    assert "\n!" not in whole
    assert left.endswith("Something is left over (marked !).\n")
    assert [line[2:21] for line in left.splitlines() if line.startswith("!")] == [
        "In 1991 he sold it.",
        "1991               ",
    ]
    assert max(len(line) for line in left.splitlines()) <= WIDTH
