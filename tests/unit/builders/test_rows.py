"""Rows: the result of each builder."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.builders.sample import ARTICLE, faults, load, rows


def loaded(folder: Path, id: str, *changes: tuple[str, str], article: str = ARTICLE) -> Any:
    return rows(load(folder, *changes, article=article))[id].row


def proven(folder: Path, id: str, *changes: tuple[str, str]) -> dict[str, list[str]]:
    """The cited words, by the fields that they prove."""
    found: dict[str, list[str]] = {}
    for citation in rows(load(folder, *changes))[id].citations:
        for name in citation.fields:
            found.setdefault(name, []).append(citation.exact)
    return found


def test_relations_are_told_from_both_rows(tmp_path: Path) -> None:
    cut, war = loaded(tmp_path, "nets-cut"), loaded(tmp_path, "fish-war")

    assert [(item.id, item.relation) for item in cut.related] == [("fish-war", "part-of")]
    assert [(item.id, item.relation) for item in war.related] == [("nets-cut", "has-part")]


def test_a_relation_declared_from_both_sides_is_one(tmp_path: Path) -> None:
    change = (
        "actors: {party: [norland, sudria]}\n    proof: {actors: relations between Norland and the "
        "Republic of Sudria}\n    cite: [The fish",
        "related: {has-part: nets-cut, causes: strait-act}\n    also: under the Strait Act\n"
        "    cite: [In early May, Sudrian boats cut, The fish",
    )

    war = loaded(tmp_path, "fish-war", change)

    assert [(item.id, item.relation) for item in war.related] == [
        ("nets-cut", "has-part"),
        ("strait-act", "causes"),
    ]
    act = loaded(tmp_path, "strait-act", change)
    assert [(item.id, item.relation) for item in act.related] == [("fish-war", "caused-by")]


def test_a_relation_to_a_kind_without_relations_stands_on_one_side(tmp_path: Path) -> None:
    change = (
        "{part-of: fish-war}\n    plover: {COERCE/seize: Nets are destroyed.}\n"
        "    proof: {related: {quote: Fish war, nth: 1}}",
        "{in-response-to: ada-berg}\n    also: minister Ada Berg",
    )

    assert loaded(tmp_path, "nets-cut", change).related[0].id == "ada-berg"


def test_declared_relations_are_cited_and_their_inverses_where_a_quote_is_for_them(
    tmp_path: Path,
) -> None:
    assert proven(tmp_path, "nets-cut")["related"] == ["Fish war"]
    assert proven(tmp_path, "fish-war")["related"] == ["Fish war"]
    assert "related" not in proven(tmp_path, "strait-act")


def test_a_history_is_told_by_events_in_order(tmp_path: Path) -> None:
    act = loaded(tmp_path, "strait-act")

    assert [(stage.step, stage.event.id) for stage in act.history] == [
        ("signed", "strait-act-signed"),
        ("in-force", "strait-closed"),
    ]
    assert act.status == "in-force"


def test_what_did_not_happen_is_no_stage(tmp_path: Path) -> None:
    assert "withdrawn" not in [stage.step for stage in loaded(tmp_path, "strait-act").history]


@pytest.mark.parametrize(
    ("modality", "relation", "status"),
    [
        ("occurred", "invoked", "invoked"),
        ("announced", "invoked", "signed"),
        ("threatened", "invoked", "signed"),
        ("announced", "to-be-affected", "to-be-affected"),
        ("occurred", "concerns", "signed"),
    ],
)
def test_what_is_only_announced_is_no_stage_unless_it_says_so(
    tmp_path: Path, modality: str, relation: str, status: str
) -> None:
    changes = [
        ("invoked: treaty", f"{relation}: treaty"),
        ("    date: In 1990", f"    modality: {modality}\n    date: In 1990"),
    ]

    assert loaded(tmp_path, "treaty-of-sund", *changes).status == status


def test_an_undated_stage_keeps_its_place_in_the_telling(tmp_path: Path) -> None:
    treaty = loaded(tmp_path, "treaty-of-sund", ("    date: In 1990\n", ""))

    assert [(stage.step, stage.date is None) for stage in treaty.history] == [
        ("signed", False),
        ("invoked", True),
    ]


def test_a_stage_names_who_says_so(tmp_path: Path) -> None:
    change = (
        "    date: In 1990\n",
        "    modality: alleged\n    according_to: [sea-gazette]\n    also: The Sea Gazette\n",
    )

    stage = loaded(tmp_path, "treaty-of-sund", change).history[-1]

    assert stage.according_to.id == "sea-gazette"


def test_a_coding_follows_from_its_category(tmp_path: Path) -> None:
    coding = loaded(tmp_path, "nets-cut").coding

    assert (coding.scheme, coding.quad, coding.score) == ("PLOVER-0.8", "material-conflict", -7.2)
    assert "coding" not in proven(tmp_path, "nets-cut")


def test_numbers_are_read_from_their_words(tmp_path: Path) -> None:
    [nets] = loaded(tmp_path, "nets-cut").numbers
    [payment] = loaded(tmp_path, "sudria-to-pay").numbers
    [senators] = loaded(tmp_path, "senators-resign").numbers

    assert (nets.value, nets.approximate, nets.text) == (40, True, "about 40 nets")
    assert (payment.value, payment.unit) == (2_000_000, "currency")
    assert (senators.value, senators.unit) == (3, "people")


def test_a_figure_takes_value_currency_and_approximation_from_its_words(tmp_path: Path) -> None:
    figure = loaded(tmp_path, "norland-exports-2006")

    assert (figure.value, figure.unit, figure.currency) == (1_500_000_000, "currency", "USD")
    assert isinstance(figure.value, int)
    assert (figure.approximate, figure.product) == (True, "cod and timber")


def test_a_rank_is_a_rank(tmp_path: Path) -> None:
    figure = loaded(tmp_path, "sudria-rank")
    [fault] = faults(tmp_path, ("    measure: rank\n", "    measure: count\n"))

    assert (figure.value, figure.unit, figure.currency) == (3, "rank", None)
    assert "write `measure: rank`" in fault.cure


def test_words_without_a_number_give_a_null_value(tmp_path: Path) -> None:
    change = ("words: 3rd largest trading partner", "words: largest trading partner of Norland")

    figure = loaded(tmp_path, "sudria-rank", change)

    assert (figure.value, figure.unit, figure.text) == (None, None, change[1][7:])


def test_a_number_that_is_none_is_refused(tmp_path: Path) -> None:
    [missing] = faults(tmp_path, ("words: Three senators", "words: resigned"))
    [share] = faults(tmp_path, ("words: 38%", "words: did not"))
    [two] = faults(tmp_path, ("words: 38%", "words: 62% of Norlanders liked Sudria and 38%"))

    assert missing.message == "there is no number in 'resigned'"
    assert share.message == "there is no share in 'did not'"
    assert two.message.endswith("has 2 numbers: '62%' and '38%'")


def test_a_unit_that_contradicts_the_words_is_refused(tmp_path: Path) -> None:
    change = ("    words: about $1.5 billion\n", "    words: about $1.5 billion\n    unit: firms\n")

    [fault] = faults(tmp_path, change)

    assert "the unit 'firms' is not that of 'about $1.5 billion'" in fault.message


def test_the_answers_of_a_poll_keep_their_order(tmp_path: Path) -> None:
    poll = loaded(tmp_path, "liking-2010")

    assert [(item.answer, item.percent) for item in poll.answers] == [
        ("likes", 62),
        ("does not", 38),
    ]


def test_direct_speech_may_be_a_part_of_what_is_quoted(tmp_path: Path) -> None:
    change = ("text: We shall not be fished out. We stay.", "text: We stay.")

    assert loaded(tmp_path, "berg-we-stay", change).text == "We stay."


def test_an_alias_outside_of_the_quotes_is_cited_where_it_is_first_used(tmp_path: Path) -> None:
    change = ("    type: medium\n", "    type: medium\n    aliases: [Sund Council, Gazette]\n")

    words = proven(tmp_path, "sea-gazette", change)

    assert words["aliases"] == ["The Sea Gazette reported", "Sund Council"]


def test_an_alias_is_no_part_of_another_word(tmp_path: Path) -> None:
    article = ARTICLE.replace("Three senators", "Sud met. Three senators")
    changes = [("aliases: [Republic of Sudria]", "aliases: [Sud]")]

    citation = rows(load(tmp_path, *changes, article=article))["sudria"].citations[-1]

    assert (citation.exact, citation.suffix[:5]) == ("Sud", " met.")


def test_the_name_is_no_alias(tmp_path: Path) -> None:
    change = ("aliases: [Republic of Sudria]", "aliases: [Sudria, Republic of Sudria]")

    assert loaded(tmp_path, "sudria", change).aliases == ["Republic of Sudria"]


def test_a_quote_proves_the_fields_that_no_other_quote_is_for(tmp_path: Path) -> None:
    words = proven(tmp_path, "strait-act")

    assert words["name"] == ["the strait is closed to Sudria under the Strait Act"]
    assert words["provisions"] == words["name"]
    assert words["signed_by"] == ["The act was signed the same day by President Ole Dahl."]


def test_words_are_proven_only_by_the_quote_that_contains_them(tmp_path: Path) -> None:
    change = (
        "cite: [The fish war began on 3 March 1971.]",
        "cite: [The fish war began on 3 March 1971., Sudria did not protest.]",
    )

    words = proven(tmp_path, "fish-war", change)

    assert words["date"] == ["The fish war began on 3 March 1971."]
    assert len(words["summary"]) == 2


def test_equal_quotes_are_one_citation(tmp_path: Path) -> None:
    quote = "The Sea Gazette reported"
    changes = [(f"cite: [{quote}]", f"cite: [{quote}, {{quote: {quote}, fields: [type]}}]")]

    [citation] = rows(load(tmp_path, *changes))["sea-gazette"].citations

    assert citation.fields == ["name", "type"]


def test_a_quote_may_run_over_lines_and_sentences(tmp_path: Path) -> None:
    article = ARTICLE.replace("protest. Since 1980", "protest.\nSince 1980")
    changes = [("cite: [Sudria did not protest.]", 'cite: ["Sudria did not protest. Since 1980"]')]

    citation = rows(load(tmp_path, *changes, article=article))["sudrian-protest"].citations[0]

    assert citation.exact == "Sudria did not protest.\nSince 1980"


def test_an_occurrence_is_told_apart_by_its_number(tmp_path: Path) -> None:
    changes = [
        ("cite: [The Sea Gazette reported]", "cite: [{quote: Sudria, section: trade, nth: 2}]")
    ]

    [citation] = rows(load(tmp_path, *changes))["sea-gazette"].citations

    assert ARTICLE[citation.start :].startswith("Sudria is the 3rd")
