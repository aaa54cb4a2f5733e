"""Dates of rows: parsed from the words that the entry cites, with all context."""

from pathlib import Path

import pytest

from app.resources.rows import DateValue
from tests.unit.builders.sample import ARTICLE, faults, load, rows

WAR = "date: 3 March 1971"
WAR_CITE = "cite: [The fish war began on 3 March 1971.]"


def dated(folder: Path, id: str, *changes: tuple[str, str], article: str = ARTICLE) -> DateValue:
    date = getattr(rows(load(folder, *changes, article=article))[id].row, "date", None)
    assert isinstance(date, DateValue)
    return date


def proofs(folder: Path, id: str, *changes: tuple[str, str]) -> list[str]:
    citations = rows(load(folder, *changes))[id].citations
    return [citation.exact for citation in citations if "date" in citation.fields]


@pytest.mark.parametrize(
    ("id", "edtf", "modifier", "basis", "text"),
    [
        ("fish-war", "1971-03-03", None, "stated", "3 March 1971"),
        ("nets-cut", "1971-05", "early", "inherited", "early May"),
        ("sudria-to-pay", "[..1971-06-09]", "by", "inherited", "by 9 June"),
        ("strait-closed", "1971-07-01/..", "as-of", "stated", "As of 1 July 1971"),
        ("strait-act-signed", "1971-07-01", None, "inherited", "the same day"),
        ("strait-open", "1980/..", None, "stated", "Since 1980"),
        ("sudria-in-sund-council", "1984/..", None, "stated", "since 1984"),
        ("treaty-of-sund", "1984", None, "stated", "1984"),
        ("berg-we-stay", "1971-05-12", None, "inherited", "12 May"),
    ],
)
def test_a_date_says_no_more_than_the_document(
    tmp_path: Path, id: str, edtf: str, modifier: str | None, basis: str, text: str
) -> None:
    date = dated(tmp_path, id)

    assert (date.edtf, date.modifier, date.basis, date.text) == (edtf, modifier, basis, text)


def test_bounds_and_precision_follow_from_the_edtf(tmp_path: Path) -> None:
    date = dated(tmp_path, "strait-closed")

    assert (date.earliest, date.latest, date.interval) == ("1971-07-01", None, True)
    assert date.certain is not None
    assert (date.certain.from_, date.certain.to) == ("1971-07-01", "2010-01-01")
    assert (date.precision, date.qualifier) == ("day", None)


@pytest.mark.parametrize(
    ("day", "certain"),
    [
        ("1990-06-30", ("1980-12-31", "1990-06-30")),
        ("'1980-12-31'", ("1980-12-31", "1980-12-31")),
        ("1980-12-30", None),
    ],
)
def test_what_lasts_is_certain_up_to_the_day_of_the_document(
    tmp_path: Path, day: str, certain: tuple[str, str] | None
) -> None:
    date = dated(tmp_path, "strait-open", ("passages: nosu", f"passages: nosu\n  as_of: {day}"))

    assert (date.edtf, date.latest) == ("1980/..", None)
    found = date.certain
    assert (found and (found.from_, found.to)) == certain


@pytest.mark.parametrize("day", ["1990", "30 June 1990", "1990-02-30", "1990-06"])
def test_the_day_of_the_document_is_a_day(tmp_path: Path, day: str) -> None:
    [fault] = faults(tmp_path, ("passages: nosu", f"passages: nosu\n  as_of: '{day}'"))

    assert fault.message == f"'{day}' is not a day"
    assert "YYYY-MM-DD" in fault.cure


def test_an_inherited_year_is_cited_where_it_stands(tmp_path: Path) -> None:
    assert proofs(tmp_path, "nets-cut") == [
        'In early May, Sudrian boats cut "about 40 nets" of Norland.',
        "3 March 1971",
    ]


def test_a_year_within_the_quotes_needs_no_second_citation(tmp_path: Path) -> None:
    both = "The fish war began on 3 March 1971. In early May, Sudrian boats cut"
    old = "cite: ['In early May, Sudrian boats cut \"about 40 nets\" of Norland.']"
    new = f"cite: ['{both} \"about 40 nets\" of Norland.']"

    assert len(proofs(tmp_path, "nets-cut", (old, new))) == 1
    assert dated(tmp_path, "nets-cut", (old, new)).basis == "inherited"


def test_a_year_of_the_same_sentence_is_stated(tmp_path: Path) -> None:
    article = ARTICLE.replace("on 3 March 1971.", "in 1971, on 3 March.")
    changes = [
        (WAR, "date: 3 March"),
        (WAR_CITE, "cite: ['The fish war began in 1971, on 3 March.']"),
    ]

    date = dated(tmp_path, "fish-war", *changes, article=article)

    assert (date.edtf, date.basis) == ("1971-03-03", "stated")


def test_context_words_are_cited_for_the_date(tmp_path: Path) -> None:
    assert proofs(tmp_path, "strait-act") == [
        "The act was signed the same day by President Ole Dahl.",
        "As of 1 July 1971, the strait is closed",
    ]


def test_a_context_overrides_the_nearest_year(tmp_path: Path) -> None:
    change = ("date: early May\n", "date: {words: early May, context: signed in 1984}\n")

    assert dated(tmp_path, "nets-cut", change).edtf == "1984-05"


def test_a_context_alone_dates_what_its_own_words_do_not(tmp_path: Path) -> None:
    old = "summary: Three senators gave up their seats.\n"
    words = old + "    date: {context: 'In 1990, Sudria', basis: inferred}\n"
    pointed = old + "    date: {words: resigned, context: 'In 1990, Sudria', basis: inferred}\n"

    alone = dated(tmp_path, "senators-resign", (old, words))
    with_words = dated(tmp_path, "senators-resign", (old, pointed))

    assert (alone.edtf, alone.basis, alone.text) == ("1990", "inferred", "1990")
    assert (with_words.edtf, with_words.basis, with_words.text) == ("1990", "inferred", "resigned")


def test_a_part_of_a_date_can_be_the_context(tmp_path: Path) -> None:
    change = ("date: early May\n", "date: {words: cut, context: March 1971, basis: inferred}\n")

    assert dated(tmp_path, "nets-cut", change).edtf == "1971-03"


def test_start_and_end_make_an_interval(tmp_path: Path) -> None:
    cite = "cite: [The fish war began on 3 March 1971., 'the strait has been open']"
    changes = [(WAR, "date: {start: 3 March 1971, end: Since 1980}")]
    changes += [(WAR_CITE, cite.replace("'the strait", "'Since 1980, the strait"))]

    date = dated(tmp_path, "fish-war", *changes)

    assert (date.edtf, date.interval, date.text) == (
        "1971-03-03/1980",
        True,
        "3 March 1971 … Since 1980",
    )


def test_words_may_hold_more_than_the_date(tmp_path: Path) -> None:
    assert dated(tmp_path, "fish-war", (WAR, "date: began on 3 March 1971")).text == "3 March 1971"


def test_words_without_their_modifier_are_read_with_it(tmp_path: Path) -> None:
    date = dated(tmp_path, "sudria-to-pay", ("date: by 9 June", "date: 9 June"))

    assert (date.edtf, date.modifier, date.text) == ("[..1971-06-09]", "by", "by 9 June")


def test_since_before_a_dated_noun_opens_a_state(tmp_path: Path) -> None:
    article = ARTICLE.replace("Since 1980, the strait", "Since the 1980 vote, the strait")
    changes = [("date: Since 1980", "date: Since the 1980 vote")]
    changes += [('cite: ["Since 1980, the', 'cite: ["Since the 1980 vote, the')]

    date = dated(tmp_path, "strait-open", *changes, article=article)

    assert (date.edtf, date.text) == ("1980/..", "Since the 1980 vote")


def test_as_of_opens_only_what_lasts(tmp_path: Path) -> None:
    change = ("aspect: state\n    actors: {source: [norland]", "actors: {source: [norland]")

    date = dated(tmp_path, "strait-closed", change)

    assert (date.edtf, date.modifier) == ("1971-07-01", "as-of")


def test_words_that_mean_the_same_everywhere_need_not_be_told_apart(tmp_path: Path) -> None:
    article = ARTICLE.replace("Three senators", "It was 1984. Three senators")
    changes = [
        (
            "- The Treaty of Sund was signed in 1984.",
            "- The Treaty of Sund was signed in 1984.\n      - It was 1984.",
        )
    ]

    assert dated(tmp_path, "treaty-of-sund", *changes, article=article).edtf == "1984"


WRONG = [
    ("date: 3 March 1972", "'3 March 1972' is not in the quotes"),
    ("date: The fish war", "there is no date in 'The fish war'"),
    ('date: "1971"', "'1971' is a part of '3 March 1971'"),
    ("date: {words: 3 March 1971, start: 3 March 1971}", "or `start:` and `end:`"),
    ("date: {start: 3 March 1971}", "or `start:` and `end:`"),
    ("date: {}", "the date has neither words nor a context"),
    ("date: {context: The fish war began}", "has no dates"),
    ("date: {context: nowhere}", "the quote 'nowhere' is not in the document"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "message"), WRONG)
def test_words_that_give_no_one_date_are_refused(tmp_path: Path, date: str, message: str) -> None:
    [fault] = faults(tmp_path, (WAR, date))

    assert message in fault.message
    assert (fault.entry, fault.cure != "") == ("fish-war", True)


def test_an_impossible_date_is_refused(tmp_path: Path) -> None:
    article = ARTICLE.replace("3 March 1971", "30 February 1971")
    changes = [(WAR, "date: 30 February 1971"), (WAR_CITE, "cite: [The fish war began]")]
    changes[1] = (WAR_CITE, "cite: [The fish war began on 30 February 1971.]")

    [fault] = faults(tmp_path, *changes, article=article)

    assert "an impossible date: '1971-02-30'" in fault.message
    assert fault.entry == "fish-war"


def test_two_dates_in_the_words_are_a_fault(tmp_path: Path) -> None:
    changes = [(WAR, "date: 3 March 1971. In early May")]
    changes += [(WAR_CITE, "cite: [The fish war began on 3 March 1971. In early May]")]

    [fault] = faults(tmp_path, *changes)

    assert "has 2 dates: '3 March 1971' and 'early May'" in fault.message


def test_the_same_words_with_other_years_are_a_fault(tmp_path: Path) -> None:
    article = ARTICLE.replace("Three senators", "On 12 May, Sudria paid. Three senators")
    quotes = ('We stay.”"]', "We stay.”\", 'On 12 May, Sudria paid.']")

    [fault] = faults(tmp_path, quotes, article=article)

    assert "occurs several times in the quotes, with different meanings" in fault.message


def test_a_relative_date_needs_a_context(tmp_path: Path) -> None:
    old = ', context: "As of 1 July 1971, the strait is closed"}\n    actors'

    [fault] = faults(tmp_path, (old, "}\n    actors"))

    assert "'the same day' does not say which date it means" in fault.message
    assert "add `context:`" in fault.cure


def test_no_year_is_inherited_across_sections(tmp_path: Path) -> None:
    article = ARTICLE.replace("was signed in 1984. In 1990,", "was signed on 4 May. In 1990,")
    changes = [('date: "1984"\n    date_of', "date: 4 May\n    date_of")]
    changes += [('date: "1984"\n    agreements', "agreements")]
    changes += [
        ("- The Treaty of Sund was signed in 1984.", "- The Treaty of Sund was signed on 4 May.")
    ]
    changes += [
        ("cite: [The Treaty of Sund was signed in 1984.]", "cite: [The Treaty of Sund was signed]")
    ]

    [fault] = faults(tmp_path, *changes, article=article)

    assert "no earlier date in the section gives the year of '4 May'" in fault.message


def test_a_date_on_or_before_a_day_can_be_bounded_from_below(tmp_path: Path) -> None:
    change = ("date: by 9 June\n", "date: {words: by 9 June, after: early May}\n")

    date = dated(tmp_path, "sudria-to-pay", change)

    assert (date.edtf, date.modifier, date.basis) == ("[1971-05..1971-06-09]", "by", "inferred")
    assert (date.earliest, date.latest, date.certain) == ("1971-05-01", "1971-06-09", None)
    assert not date.interval
    assert "early May" in proofs(tmp_path, "sudria-to-pay", change)


@pytest.mark.parametrize(
    ("id", "change", "message"),
    [
        (
            "fish-war",
            (WAR, "date: {words: 3 March 1971, after: early May}"),
            "no date on or before",
        ),
        (
            "sudria-to-pay",
            ("date: by 9 June\n", "date: {words: by 9 June, after: 'Since 1980'}\n"),
            "ends before it starts",
        ),
    ],
)
def test_a_lower_bound_that_does_not_fit_is_refused(
    tmp_path: Path, id: str, change: tuple[str, str], message: str
) -> None:
    [fault] = faults(tmp_path, change)
    assert message in str(fault)
    assert id in str(fault)
