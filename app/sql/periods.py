"""Date filters in SQL: the condition for rows that match a period, and the index ranges for it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, case, func, literal, or_

from app.db.binds import bound
from app.edtf.calendar import MIN_KEY, MIN_NUMBER, day_number, day_of, from_sort_key, sort_key
from app.edtf.dates import SPAN_DAYS
from app.query.period import LENGTHS, DateMatch, Period, Step
from app.resources.columns import Key

FROM: BindParameter[str] = bound("period_from", Key)
TO: BindParameter[str] = bound("period_to", Key)
BEFORE: BindParameter[str] = bound("period_before", Key)
"""The day before the period."""
START: BindParameter[str] = bound("period_start", Key)
"""The smallest sort key of a date that starts in the period."""


LOWS: dict[str, BindParameter[str]] = {span: bound(f"period_low_{span}", Key) for span in SPAN_DAYS}
"""The lower bound of each span class: a date of this class with a smaller sort key ends before the
period."""


@lru_cache(maxsize=1_000)
def period_values(period: Period) -> Mapping[str, str]:
    """The bound values of statements about a period. They are cached because many requests have
    the same few periods."""
    start = day_number(from_sort_key(period.first))
    lows = {LOWS[span].key: _before(start, days) for span, days in SPAN_DAYS.items()}
    return {
        FROM.key: period.first,
        TO.key: period.last,
        BEFORE.key: _before(start, 0),
        START.key: _start_key(period.first),
        **lows,
    }


def matches(
    table: FromClause,
    date_match: DateMatch,
    first: BindParameter[str] = FROM,
    last: BindParameter[str] = TO,
) -> ColumnElement[bool]:
    """Whether a dated row of `table` matches the period from `first` to `last`: by default, the
    period of the query."""
    columns = table.c
    if date_match == "possible":
        return and_(columns.date_first <= last, columns.date_last >= first)
    starts = and_(columns.date_first >= first, columns.date_start_last <= last)
    if date_match == "starts":
        return starts
    if date_match == "within":
        return and_(columns.date_last <= last, starts)
    certain = and_(columns.date_certain_first <= last, columns.date_certain_last >= first)
    return or_(certain, starts)


def certainty(table: FromClause, date_match: DateMatch) -> ColumnElement[int]:
    """The column for `match.date`: 1 if the row certainly matches the period, 0 if it only possibly
    does. It can be 0 only with `date_match=possible`."""
    if date_match != "possible":
        return literal(1)
    return case((matches(table, "certain"), literal(1)), else_=literal(0))


def index_ranges(table: FromClause) -> Iterator[ColumnElement[bool]]:
    """For each span class, the index range of the rows that may overlap a period.

    A date of at most n days that overlaps the period starts at most n days before it. The sort key
    of a date is never greater than its first day. So each row that may overlap the period is in
    exactly one of the ranges.
    """
    columns = table.c
    reaches = columns.date_last >= FROM
    for span in SPAN_DAYS:
        started = and_(columns.date_sort >= LOWS[span], columns.date_sort <= TO)
        yield and_(columns.date_span == literal(span), started, reaches)
    yield and_(columns.date_span == literal("longer"), columns.date_first <= TO, reaches)


def starting_range(table: FromClause) -> ColumnElement[bool]:
    """The index range, in date order, of the rows that may start in the period, so that the query
    reads no row that started earlier."""
    columns = table.c
    return and_(
        columns.date_undated == literal(0), columns.date_sort >= START, columns.date_sort <= TO
    )


def candidates(table: FromClause, date_match: DateMatch) -> ColumnElement[bool]:
    """The index range of the dated rows that can match the period."""
    if date_match in ("starts", "within"):
        return starting_range(table)
    return table.c.date_undated == literal(0)


def _start_key(first: str) -> str:
    """The smallest sort key of a date that starts on the day `first` or later.

    A coarse date has a smaller sort key than its first day: `2020-07` starts on 2020-07-01, but has
    the sort key `2020-07-00`.
    """
    if first.endswith("-01-01"):
        return f"{first[:4]}-00-00"
    return f"{first[:8]}00" if first.endswith("-01") else first


def _before(start: int, days: int) -> str:
    """A lower bound, as a sort key, for dates of at most `days` days that end on the day number
    `start` or later."""
    day = start - days - 1
    return sort_key(day_of(day)) if day >= MIN_NUMBER else MIN_KEY[:4] + "-00-00"


def bucket(table: FromClause, step: Step) -> ColumnElement[Any]:
    """The sort key of the decade, year or month that contains the whole date.

    Null for undated rows, qualified dates and dates in more than one bucket.
    """
    length = LENGTHS[step]
    first = func.substr(table.c.date_first, 1, length)
    in_one_bucket = and_(
        table.c.date_undated == 0,
        first == func.substr(table.c.date_last, 1, length),
        table.c.date_qualifier.is_(None),
    )
    return case((in_one_bucket, first.concat("X") if step == "decade" else first), else_=None)
