"""The derived date columns: queries use them to filter and sort dated rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.edtf.calendar import MAX_KEY, MIN_KEY
from app.edtf.dates import parse_edtf
from app.resources.bases import SPANS
from seeds.publish.date_columns import NEVER, date_range_columns

DATES = (
    "2020", "2020-07", "2020-07-14", "2020~", "201X", "2013-21", "[..2019-06-09]", "[2019-06-09..]",
    "2019-03/2020-06-30", "1997-07-01/..", "../1997", "1997-07-01/", "/1997",
)  # fmt: skip


def test_an_undated_row_sorts_last_and_lies_in_no_period():
    columns = date_range_columns(None)
    assert str(columns["date_sort"]) > MAX_KEY
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
        ("1997-07-01/..", "1997-07-01", MAX_KEY, ("1997-07-01", MAX_KEY), "1997-07-01"),
        ("../1997-07-01", MIN_KEY, "1997-07-01", (MIN_KEY, "1997-07-01"), "1997-07-01"),
        ("/1997-07-01", MIN_KEY, "1997-07-01", ("1997-07-01", "1997-07-01"), "1997-07-01"),
        ("[..2019-06-09]", MIN_KEY, "2019-06-09", None, "2019-06-09"),
        ("[2019-06-09..]", "2019-06-09", MAX_KEY, None, MAX_KEY),
        ("[2019..2019-06-09]", "2019-01-01", "2019-06-09", None, "2019-06-09"),
        ("1997-07-01/", "1997-07-01", "unknown", ("1997-07-01", "1997-07-01"), "1997-07-01"),
        ("1997/", "1997-01-01", "unknown", None, "1997-12-31"),
        ("-0205/-0044", "/794-01-01", "/955-12-31", ("/794-12-31", "/955-01-01"), "/794-12-31"),
        ("../-0044", MIN_KEY, "/955-12-31", (MIN_KEY, "/955-01-01"), "/955-12-31"),
        ("-0205/..", "/794-01-01", MAX_KEY, ("/794-12-31", MAX_KEY), "/794-12-31"),
    ],
)
def test_open_and_missing_bounds_become_days_that_compare(
    edtf: str, first: str, last: str, certain: tuple[str, str] | None, start_last: str
):
    columns = date_range_columns(edtf)
    assert (columns["date_first"], columns["date_last"]) == (first, last)
    found = (columns["date_certain_first"], columns["date_certain_last"])
    assert found == (certain or (MAX_KEY, MIN_KEY))
    assert columns["date_start_last"] == start_last


@given(st.sampled_from(DATES))
def test_a_dated_row_is_classed_and_sorted_as_its_date_says(edtf: str):
    columns, date = date_range_columns(edtf), parse_edtf(edtf)
    assert columns["date_undated"] == 0
    assert columns["date_span"] == date.span
    assert columns["date_span"] in SPANS
    assert columns["date_sort"] == date.sort_key
    assert str(columns["date_first"]) <= str(columns["date_last"])


def test_an_open_end_that_may_begin_after_its_document_is_certain_on_no_day():
    columns = date_range_columns("1980/..", has_certain=False)
    assert (columns["date_certain_first"], columns["date_certain_last"]) == (MAX_KEY, MIN_KEY)
    assert columns["date_last"] == MAX_KEY
