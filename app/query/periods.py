"""Periods: how a dated row is compared with a period, and which stretch of an index may hold it.

Definitions: `within` (wholly in it), `starts` (its beginning surely lies in it), `certain` (it
surely overlaps) and `possible` (it may overlap) each include the one before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, case, literal, or_

from app.data.binds import bind_name, bound
from app.edtf import MAX_DAY, MIN_DAY, SPAN_DAYS, EdtfError, parse_partial, parse_period
from app.problems import Refused
from app.tables import Key

Matching = Literal["possible", "certain", "starts", "within"]
MATCHINGS: tuple[Matching, ...] = ("possible", "certain", "starts", "within")

FROM: BindParameter[str] = bound("period_from", Key)
TO: BindParameter[str] = bound("period_to", Key)
BEFORE: BindParameter[str] = bound("period_before", Key)
"""The day before the period."""
START: BindParameter[str] = bound("period_start", Key)
"""The least sort key of a date that begins in the period."""

Step = Literal["decade", "year", "month"]
STEPS: tuple[Step, ...] = ("decade", "year", "month")
"""Steps of the calendar, by which dates fall into buckets."""

LENGTHS: dict[Step, int] = {"decade": 3, "year": 4, "month": 7}


def bucket_at(step: Step, day: str) -> str:
    """The bucket that a day lies in: `201X`, `2014`, `2014-07`."""
    head = day[: LENGTHS[step]]
    return f"{head}X" if step == "decade" else head


def _is_first(step: Step, day: str) -> bool:
    return day == MIN_DAY or bucket_at(step, _shifted(day, -1)) != bucket_at(step, day)


def _is_last(step: Step, day: str) -> bool:
    return day == MAX_DAY or bucket_at(step, _shifted(day, 1)) != bucket_at(step, day)


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@dataclass(frozen=True)
class PeriodText:
    """A period, or one bound of a period, in EDTF without qualifiers."""

    partial: bool

    def read(self, text: str) -> str:
        try:
            return (parse_partial if self.partial else parse_period)(text).text
        except EdtfError as error:
            raise Refused(
                error.message,
                code="malformed-date" if error.malformed else "impossible-date",
                expressible=error.malformed,
            ) from None

    def schema(self) -> dict[str, Any]:
        point = r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|[0-9]{3}X)"
        pattern = (
            f"^{point}$" if self.partial else f"^({point}(/({point}|\\.\\.))?|\\.\\./{point})$"
        )
        return {"type": "string", "pattern": pattern, "maxLength": 64}


@dataclass(frozen=True, slots=True)
class Asked:
    """The period of a query, both days inclusive; open ends are the ends of the calendar."""

    first: str
    last: str

    def values(self) -> dict[str, str]:
        """The values that statements about the period are run with."""
        start = date.fromisoformat(self.first).toordinal()
        lows = {bind_name(_low(span)): _before(start, days) for span, days in SPAN_DAYS.items()}
        begun = {FROM.key: self.first, START.key: _start_key(self.first)}
        return {**self.ends, **begun, **lows}

    @property
    def ends(self) -> dict[str, str]:
        """Its last day, and the last one before it."""
        return {TO.key: self.last, BEFORE.key: self.before}

    @property
    def before(self) -> str:
        """The day before it; empty if there is none."""
        return "" if self.first == MIN_DAY else _shifted(self.first, -1)

    def buckets(self, step: Step) -> tuple[str, str] | None:
        """The first and the last bucket of the calendar that make up the period, if any do."""
        if not (_is_first(step, self.first) and _is_last(step, self.last)):
            return None
        return bucket_at(step, self.first), bucket_at(step, self.last)

    @property
    def step(self) -> Step | None:
        """The step of the calendar of which the period is one bucket."""
        for step in STEPS:
            found = self.buckets(step)
            if found and found[0] == found[1]:
                return step
        return None


def matches(table: FromClause, matching: Matching) -> ColumnElement[bool]:
    """Whether a dated row of `table` matches the period."""
    columns = table.c
    if matching == "possible":
        return and_(columns.date_first <= TO, columns.date_last >= FROM)
    starts = and_(columns.date_first >= FROM, columns.date_start_last <= TO)
    if matching == "starts":
        return starts
    if matching == "within":
        return and_(columns.date_last <= TO, starts)
    return or_(and_(columns.date_certain_first <= TO, columns.date_certain_last >= FROM), starts)


def certainty(table: FromClause, matching: Matching) -> ColumnElement[int]:
    """1 where a row that matches the period surely overlaps it, else 0."""
    if matching != "possible":
        return literal(1)
    return case((matches(table, "certain"), literal(1)), else_=literal(0))


def stretches(table: FromClause) -> Iterator[ColumnElement[bool]]:
    """For each span class, the rows that may overlap a period, as a stretch of the index.

    A row that is at most n days long and touches the period cannot start more than n days before
    it, and the sort key of such a row is no later than a day if its first day is not. Together the
    stretches hold every row that possibly matches, and no row twice.
    """
    columns = table.c
    reaches = columns.date_last >= FROM
    for span in SPAN_DAYS:
        low = bound(_low(span), Key)
        started = and_(columns.date_sort >= low, columns.date_sort <= TO)
        yield and_(columns.date_span == literal(span), started, reaches)
    yield and_(columns.date_span == literal("longer"), columns.date_first <= TO, reaches)


def _low(span: str) -> str:
    """The name of the value before which no date of a span class may begin."""
    return f"period_low_{span}"


def beginning(table: FromClause) -> ColumnElement[bool]:
    """The dated rows that begin in the period, as a stretch of the index of the order: where that
    is asked for, no row has to be looked at that began before."""
    columns = table.c
    return and_(
        columns.date_undated == literal(0), columns.date_sort >= START, columns.date_sort <= TO
    )


def in_reach(table: FromClause, matching: Matching) -> ColumnElement[bool]:
    """The dated rows among which those that match the period are looked for."""
    if matching in ("starts", "within"):
        return beginning(table)
    return table.c.date_undated == literal(0)


def _start_key(first: str) -> str:
    """The least sort key of a date that begins on the day or behind it.

    `2020-07` sorts as `2020-07-00`, so it begins on 2020-07-01, but before that sort key.
    """
    if first.endswith("-01-01"):
        return f"{first[:4]}-00-00"
    return f"{first[:8]}00" if first.endswith("-01") else first


def _before(start: int, days: int) -> str:
    """A day before any sort key of a date of so many days that reaches the ordinal `start`."""
    day = start - days - 1
    return date.fromordinal(day).isoformat() if day > 1 else MIN_DAY[:4] + "-00-00"
