"""Our EDTF profile: bounds, certainty, sort keys, span classes, faults and their positions."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from time import struct_time
from typing import Any

import pytest
from edtf import parse_edtf as _oracle
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.edtf.dates import (
    MAX_DAY,
    MIN_DAY,
    SPAN_DAYS,
    EdtfError,
    parse_edtf,
    parse_partial,
    parse_period,
)

oracle: Callable[[str], Any] = _oracle

BOUNDS = [
    # text, earliest, latest, certain
    ("2020-07-14", "2020-07-14", "2020-07-14", ("2020-07-14", "2020-07-14")),
    ("2020-07", "2020-07-01", "2020-07-31", None),
    ("2020-02", "2020-02-01", "2020-02-29", None),
    ("1900-02", "1900-02-01", "1900-02-28", None),
    ("2000-02-29", "2000-02-29", "2000-02-29", ("2000-02-29", "2000-02-29")),
    ("2020", "2020-01-01", "2020-12-31", None),
    ("0001", "0001-01-01", "0001-12-31", None),
    ("9999", "9999-01-01", "9999-12-31", None),
    ("201X", "2010-01-01", "2019-12-31", None),
    ("2020-21", "2020-03-01", "2020-05-31", None),
    ("2020-22", "2020-06-01", "2020-08-31", None),
    ("2020-23", "2020-09-01", "2020-11-30", None),
    ("2013-24", "2013-12-01", "2014-02-28", None),
    ("2019-24", "2019-12-01", "2020-02-29", None),
    ("2020-07-14?", "2020-07-14", "2020-07-14", None),
    ("2020-07~", "2020-07-01", "2020-07-31", None),
    ("2020%", "2020-01-01", "2020-12-31", None),
    ("201X~", "2010-01-01", "2019-12-31", None),
    ("2020-21?", "2020-03-01", "2020-05-31", None),
    ("2019-06/2020-07", "2019-06-01", "2020-07-31", ("2019-06-30", "2020-07-01")),
    ("2019-06-09/2020-07-20", "2019-06-09", "2020-07-20", ("2019-06-09", "2020-07-20")),
    ("2019/2020", "2019-01-01", "2020-12-31", ("2019-12-31", "2020-01-01")),
    ("2020/2020", "2020-01-01", "2020-12-31", None),
    ("2020-07-14/2020", "2020-07-14", "2020-12-31", None),
    ("2020-07-14/2020-07-14", "2020-07-14", "2020-07-14", ("2020-07-14", "2020-07-14")),
    ("199X/2003-22", "1990-01-01", "2003-08-31", ("1999-12-31", "2003-06-01")),
    ("2019-06~/2020-07", "2019-06-01", "2020-07-31", None),
    ("2019-06/2020-07?", "2019-06-01", "2020-07-31", None),
    ("1997-07-01/..", "1997-07-01", None, ("1997-07-01", None)),
    ("1997/..", "1997-01-01", None, ("1997-12-31", None)),
    ("1997~/..", "1997-01-01", None, None),
    ("../1997", None, "1997-12-31", (None, "1997-01-01")),
    ("1997-07-01/", "1997-07-01", None, ("1997-07-01", "1997-07-01")),
    ("/1997-07-01", None, "1997-07-01", ("1997-07-01", "1997-07-01")),
    ("1997-07/", "1997-07-01", None, None),
    ("/1997-07", None, "1997-07-31", None),
    ("/1997?", None, "1997-12-31", None),
    ("[..2019-06-09]", None, "2019-06-09", None),
    ("[2019-06..]", "2019-06-01", None, None),
    ("[..201X]", None, "2019-12-31", None),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "certain"), BOUNDS)
def test_a_date_has_the_days_that_it_may_touch_and_those_on_which_it_surely_held(
    text: str,
    earliest: str | None,
    latest: str | None,
    certain: tuple[str | None, str | None] | None,
) -> None:
    found = parse_edtf(text)
    assert (found.earliest, found.latest, found.certain) == (earliest, latest, certain)


@pytest.mark.parametrize(
    ("text", "interval", "precision", "qualifier", "sort_key", "span"),
    [
        ("2020-07-14", False, "day", None, "2020-07-14", "day"),
        ("2020-07", False, "month", None, "2020-07-00", "month"),
        ("2020-21", False, "season", None, "2020-03-00", "year"),
        ("2013-24", False, "season", None, "2013-12-00", "year"),
        ("2020", False, "year", None, "2020-00-00", "year"),
        ("201X", False, "decade", None, "2010-00-00", "decade"),
        ("2020?", False, "year", "uncertain", "2020-00-00", "year"),
        ("2020~", False, "year", "approximate", "2020-00-00", "year"),
        ("2020%", False, "year", "uncertain-approximate", "2020-00-00", "year"),
        ("2019?/2020~", True, "year", "uncertain-approximate", "2019-00-00", "decade"),
        ("2019~/2020", True, "year", "approximate", "2019-00-00", "decade"),
        ("2019-06-09/2020-07", True, "month", None, "2019-06-09", "decade"),
        ("2019-06-09/2019-06-09", True, "day", None, "2019-06-09", "day"),
        ("2019-06-09/2019-06-10", True, "day", None, "2019-06-09", "month"),
        ("2020-01-01/2020-01-31", True, "day", None, "2020-01-01", "month"),
        ("2020-01-01/2020-02-01", True, "day", None, "2020-01-01", "year"),
        ("2020-01-01/2020-12-31", True, "day", None, "2020-01-01", "year"),
        ("2020-01-01/2021-01-01", True, "day", None, "2020-01-01", "decade"),
        ("2000/2009", True, "year", None, "2000-00-00", "decade"),
        ("2000/2010", True, "year", None, "2000-00-00", "longer"),
        ("1997-07-01/..", True, "day", None, "1997-07-01", "longer"),
        ("../1997", True, "year", None, "1997-00-00", "longer"),
        ("1997/", True, "year", None, "1997-00-00", "longer"),
        ("/1997-07", True, "month", None, "1997-07-00", "longer"),
        ("[..2019-06-09]", False, "day", None, "2019-06-09", "longer"),
        ("[2019..]", False, "year", None, "2019-00-00", "longer"),
        ("[..2006~]", False, "year", "approximate", "2006-00-00", "longer"),
    ],
)
def test_a_date_knows_its_precision_qualifier_sort_key_and_span_class(
    text: str, interval: bool, precision: str, qualifier: str | None, sort_key: str, span: str
) -> None:
    found = parse_edtf(text)
    assert found.interval is interval
    assert (found.precision, found.qualifier) == (precision, qualifier)
    assert (found.sort_key, found.span) == (sort_key, span)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0), ("2", 1), ("20", 2), ("202", 3), ("20200714", 4), ("2020-", 5), ("2020-7", 6),
        ("2020-07-", 8), ("2020-07-1", 9), ("2020-07-14T00", 10), ("2020-07-14-", 10),
        (" 2020", 0), ("2020 ", 4), ("2020\n", 4), ("+2020", 0), ("-2020", 0), ("Y2020", 0),
        ("20,20", 2), ("201x", 3), ("20XX", 2), ("201X-07", 4), ("2020-XX", 5), ("2020~~", 4),
        ("~2020", 0), ("2020?-07", 4), ("\u0662\u0660\u0662\u0660", 0), ("2020-0\u0667", 6),
        ("..", 0), ("/", 0), ("../..", 0), ("/..", 0), ("2020/2021/2022", 9), ("2020/x", 5),
        ("2020-13/20x", 10), ("2020/..~", 5), ("[2020]", 1), ("[2019,2020]", 1), ("[", 1),
        ("[..2020", 7), ("[..]", 3), ("[..2020-1]", 9), ("[2020-0..]", 7), ("{..2020}", 0),
        ("2020\u201307", 4), ("2020" * 16, 4), ("2020" * 16 + "X", 64), ("[" * 100, 64),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_where_the_fault_stands(text: str, position: int) -> None:
    with pytest.raises(EdtfError) as caught:
        parse_edtf(text)
    assert caught.value.malformed
    assert caught.value.position == position
    assert repr(text[:64])[:-1] in caught.value.message


@pytest.mark.parametrize(
    ("text", "position", "cure"),
    [
        ("2020-02-30", 8, "its days run from 01 to 29"),
        ("2019-02-29", 8, "its days run from 01 to 28"),
        ("2020-06-31", 8, "its days run from 01 to 30"),
        ("2020-06-00", 8, "no day 00"),
        ("2020-00", 5, "no month 00"),
        ("2020-13", 5, "21 to 24 are seasons"),
        ("2020-20", 5, "21 to 24 are seasons"),
        ("2020-25", 5, "21 to 24 are seasons"),
        ("2020-21-05", 5, "without a day"),
        ("2020-13?", 5, "no month 13"),
        ("0000", 0, "0001 to 9999"),
        ("000X", 0, "0001 to 9999"),
        ("9999-24", 0, "after the year 9999"),
        ("2020/2019", 5, "swap its ends"),
        ("2020-07-14/2020-07-13", 11, "swap its ends"),
        ("2020/2021-02-29", 13, "from 01 to 28"),
        ("[..2020-02-30]", 11, "from 01 to 29"),
    ],
)
def test_what_the_calendar_does_not_have_is_refused_as_well_formed(
    text: str, position: int, cure: str
) -> None:
    with pytest.raises(EdtfError, match=cure) as caught:
        parse_edtf(text)
    assert not caught.value.malformed
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-07", "2020-07-01", "2020-07-31"),
        ("2020-07-14", "2020-07-14", "2020-07-14"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2020-21", "2020-03-01", "2020-05-31"),
        ("2019-06/2020-07", "2019-06-01", "2020-07-31"),
        ("2020/2020-07-14", "2020-01-01", "2020-07-14"),
        ("1997-07-01/..", "1997-07-01", None),
        ("../1997", None, "1997-12-31"),
    ],
)
def test_a_query_asks_for_a_period(text: str, first: str | None, last: str | None) -> None:
    found = parse_period(text)
    assert (found, found.first, found.last) == (text, first, last)


@pytest.mark.parametrize(
    ("text", "position", "malformed", "cure"),
    [
        ("2020~", 4, True, "character 5: a query takes no qualifier: leave out '~'"),
        ("2019/2020-07?", 12, True, "no qualifier"),
        ("2020-13~", 7, True, "no qualifier"),
        ("2020/", 5, True, "write '..'"),
        ("/2020", 0, True, "write '..'"),
        ("[..2020]", 0, True, "write '../B'"),
        ("2020/2019", 5, False, "swap its ends"),
        ("2020-02-30", 8, False, "from 01 to 29"),
        ("last week", 0, True, "write YYYY"),
    ],
)
def test_a_query_is_refused_what_only_a_source_may_say(
    text: str, position: int, malformed: bool, cure: str
) -> None:
    with pytest.raises(EdtfError, match=cure) as caught:
        parse_period(text)
    assert (caught.value.position, caught.value.malformed) == (position, malformed)


def test_a_bound_is_one_date_widened_to_its_first_and_last_day() -> None:
    assert parse_partial("2020-07").first == "2020-07-01"
    assert parse_partial("2020-07").last == "2020-07-31"
    assert parse_partial("201X").last == "2019-12-31"
    assert parse_partial("2020-07-14").first == parse_partial("2020-07-14").last == "2020-07-14"


@pytest.mark.parametrize(
    ("text", "position", "malformed"),
    [
        ("2019/2020", 4, True), ("2019/..", 4, True), ("[..2020]", 0, True), ("2020~", 4, True),
        ("2020-21", 5, False), ("2020-13", 5, False), ("20-07", 2, True),
    ],
)  # fmt: skip
def test_a_bound_is_no_interval_set_season_or_qualified_date(
    text: str, position: int, malformed: bool
) -> None:
    with pytest.raises(EdtfError) as caught:
        parse_partial(text)
    assert (caught.value.position, caught.value.malformed) == (position, malformed)


DAYS = st.dates().map(lambda day: day.isoformat())
MONTHS = DAYS.map(lambda day: day[:7])
YEARS = DAYS.map(lambda day: day[:4])
DECADES = st.integers(1, 999).map(lambda decade: f"{decade:03}X")
SEASONS = st.builds("{:04}-{}".format, st.integers(1, 9998), st.integers(21, 24))
DATES = DAYS | MONTHS | YEARS | DECADES | SEASONS
QUALIFIED = st.builds("{}{}".format, DATES, st.sampled_from(["", "", "?", "~", "%"]))


def _earliest(text: str) -> str:
    return parse_edtf(text).earliest or ""


CLOSED = st.tuples(QUALIFIED, QUALIFIED).map(lambda ends: "/".join(sorted(ends, key=_earliest)))
ONE_ENDED = st.builds(
    str.format, st.sampled_from(["{}/..", "../{}", "{}/", "/{}", "[..{}]", "[{}..]"]), QUALIFIED
)
PROFILE = QUALIFIED | CLOSED | ONE_ENDED


@example("9999-01-01/..")
@given(PROFILE)
def test_a_canonical_text_is_read_as_itself_and_its_bounds_are_in_order(text: str) -> None:
    found = parse_edtf(text)
    assert found.text == text
    assert (found.earliest or MIN_DAY) <= (found.latest or MAX_DAY)
    if found.certain:
        first, last = found.certain
        assert (found.earliest or "") <= (first or "") <= (last or "9999-12-31")
        assert (last or "9999-12-31") <= (found.latest or "9999-12-31")


@given(PROFILE)
def test_the_span_class_is_the_smallest_that_holds_the_days(text: str) -> None:
    found = parse_edtf(text)
    if found.earliest is None or found.latest is None:
        assert found.span == "longer"
        return
    length = date.fromisoformat(found.latest) - date.fromisoformat(found.earliest)
    fitting = [span for span, most in SPAN_DAYS.items() if length < timedelta(days=most)]
    assert found.span == (fitting[0] if fitting else "longer")


@given(st.tuples(DATES, DATES))
def test_sort_keys_put_a_coarse_date_before_the_fine_ones_within_it(pair: tuple[str, str]) -> None:
    whole, part = (parse_edtf(text) for text in pair)
    if whole.earliest == part.earliest and (whole.latest or "") > (part.latest or ""):
        assert whole.sort_key <= part.sort_key
    elif (whole.earliest or "")[:7] < (part.earliest or "")[:7]:
        assert whole.sort_key < part.sort_key


ALPHABET = st.sampled_from("0123456789-/.X?~%[] \u0663")


def text_of_date(text: str) -> str:
    return parse_edtf(text).text


@example("2020-07")
@given(st.text(max_size=100) | st.text(ALPHABET, max_size=24) | st.text(ALPHABET, max_size=100))
def test_any_text_is_a_date_or_refused_at_a_place_within_it(text: str) -> None:
    for read in (text_of_date, parse_period, parse_partial):
        try:
            position = len(read(text))
        except EdtfError as refusal:
            position = refusal.position
        assert 0 <= position <= len(text)


@given(PROFILE)
def test_a_query_takes_what_a_row_may_hold_unless_it_is_qualified_unknown_or_a_set(
    text: str,
) -> None:
    stored = parse_edtf(text)
    if stored.qualifier or text[0] in "[/" or text[-1] == "/":
        with pytest.raises(EdtfError) as caught:
            parse_period(text)
        assert caught.value.malformed
    else:
        found = parse_period(text)
        assert (found, found.first, found.last) == (text, stored.earliest, stored.latest)


EARLY = ["2001-02-03", "2001-02", "2001", "200X", "2001-22", "2001-24"]
LATE = ["2011-02-03", "2011-02?", "2011", "201X", "2011-22", "2011-24~"]
FORMS = ["{}", "{}?", "{}~", "{}%", "{}/..", "../{}", "{}/", "/{}", "[..{}]", "[{}..]", "[..{}?]"]

EXPLAINED = {
    r"2001-2[24][?~%]$": "it takes no season with a qualifier",
    r"-24~?$": "its winter ends with December, ours with the February after",
    r"^/|/$": "it gives an unknown end a day ten years off, ours has none",
    r"X.*/.*[?~.]|[?~.]/.*X": "it takes no decade in an open, unknown or qualified interval",
    r"^\[.*(X|-2[24]|[?~])": "its sets hold plain dates only",
}
"""The texts on which the `edtf` package differs from us, and why."""


def _oracle_bounds(text: str) -> tuple[str | None, ...]:
    """Bounds by the `edtf` package, its infinities as null; nothing for what it does not take."""
    try:
        parsed: Any = oracle(text)
    except (EDTFParseException, TypeError):  # its own words fail it on an open interval
        return ()
    bounds: list[Any] = [parsed.lower_strict(), parsed.upper_strict()]
    return tuple(
        date(*bound[:3]).isoformat() if isinstance(bound, struct_time) else None for bound in bounds
    )


def test_bounds_agree_with_the_edtf_package_but_for_explained_differences() -> None:
    texts = [form.format(text) for form in FORMS for text in EARLY]
    for text in [*texts, *(f"{start}/{end}" for start in EARLY for end in LATE)]:
        found = parse_edtf(text)
        explained = any(re.search(pattern, text) for pattern in EXPLAINED)
        agrees = _oracle_bounds(text) == (found.earliest, found.latest)
        assert agrees is not explained, text


@given(DAYS | MONTHS | YEARS)
@settings(max_examples=20, deadline=None)
def test_bounds_of_any_plain_date_agree_with_the_edtf_package(text: str) -> None:
    found = parse_edtf(text)
    assert _oracle_bounds(text) == (found.earliest, found.latest)
