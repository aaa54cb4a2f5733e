"""The date columns that the loader derives, by which queries find and sort dated rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.edtf import MAX_DAY, MIN_DAY, parse_edtf
from app.query.beginnings import beginning
from app.tables import SPANS
from seeds.publishing.spans import NEVER, span_columns

DATES = (
    "2020", "2020-07", "2020-07-14", "2020~", "201X", "2013-21", "[..2019-06-09]", "[2019-06-09..]",
    "2019-03/2020-06-30", "1997-07-01/..", "../1997", "1997-07-01/", "/1997",
)  # fmt: skip


def test_an_undated_row_sorts_last_and_lies_in_no_period():
    columns = span_columns(None)
    assert str(columns["date_sort"]) > MAX_DAY
    assert columns["date_undated"] == 1
    for first, last in (("date_first", "date_last"), ("date_certain_first", "date_certain_last")):
        assert str(columns[first]) > str(columns[last])


@pytest.mark.parametrize(
    ("edtf", "first", "last", "certain", "start_last"),
    [
        ("2020-07-14", "2020-07-14", "2020-07-14", ("2020-07-14", "2020-07-14"), "2020-07-14"),
        ("2020-07", "2020-07-01", "2020-07-31", None, "2020-07-31"),
        ("2019-03/2020", "2019-03-01", "2020-12-31", ("2019-03-31", "2020-01-01"), "2019-03-31"),
        ("2019?/2020", "2019-01-01", "2020-12-31", None, NEVER),
        ("2019/2019-06", "2019-01-01", "2019-06-30", None, "2019-06-30"),
        ("1997-07-01/..", "1997-07-01", MAX_DAY, ("1997-07-01", MAX_DAY), "1997-07-01"),
        ("../1997-07-01", MIN_DAY, "1997-07-01", (MIN_DAY, "1997-07-01"), "1997-07-01"),
        ("/1997-07-01", MIN_DAY, "1997-07-01", ("1997-07-01", "1997-07-01"), "1997-07-01"),
        ("[..2019-06-09]", MIN_DAY, "2019-06-09", None, "2019-06-09"),
        ("[2019-06-09..]", "2019-06-09", MAX_DAY, None, MAX_DAY),
    ],
)
def test_open_and_missing_bounds_become_days_that_compare(
    edtf: str, first: str, last: str, certain: tuple[str, str] | None, start_last: str
):
    columns = span_columns(edtf)
    assert (columns["date_first"], columns["date_last"]) == (first, last)
    found = (columns["date_certain_first"], columns["date_certain_last"])
    assert found == (certain or (MAX_DAY, MIN_DAY))
    assert columns["date_start_last"] == start_last


@given(st.sampled_from(DATES))
def test_a_dated_row_is_classed_and_sorted_as_its_date_says(edtf: str):
    columns, date = span_columns(edtf), parse_edtf(edtf)
    assert columns["date_undated"] == 0
    assert columns["date_span"] == date.span
    assert columns["date_span"] in SPANS
    assert columns["date_sort"] == date.sort_key
    assert str(columns["date_first"]) <= str(columns["date_last"])


years = st.integers(2018, 2021)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.builds("{}-{:02}".format, months, st.integers(1, 28))
seasons = st.builds("{}-{}".format, years, st.integers(21, 24))
points = st.one_of(years.map(str), months, days, seasons, st.sampled_from(["201X", "202X"]))
stored = st.one_of(
    points, points.map("{}/..".format), points.map("../{}".format), days.map("[..{}]".format),
    days.map("[{}..]".format), points.map("{}?".format),
    st.tuples(points, st.integers(2022, 2029)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
)  # fmt: skip


@given(st.lists(stored, max_size=40), st.tuples(days, days).map(sorted), st.booleans())
def test_how_many_begin_in_a_period_follows_from_what_ends_and_begins_until_its_bounds(
    dates: list[str], period: list[str], is_open: bool
):
    first, last = (MIN_DAY if is_open else period[0]), period[1]
    begins = [(str(c["date_first"]), str(c["date_start_last"])) for c in map(span_columns, dates)]
    kinds: dict[str, list[tuple[str, str]]] = {}
    for begin in begins:
        if begin[1] != NEVER:
            kinds.setdefault(beginning(*begin), []).append(begin)
    for found in kinds.values():
        ended, begun = (
            sum(end <= last for _, end in found),
            sum(start < first for start, _ in found),
        )
        assert max(0, ended - begun) == sum(first <= a and b <= last for a, b in found)
