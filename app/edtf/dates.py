"""Our profile of EDTF (ISO 8601-2): dates that are no more precise than their source.

Accepted are, of level 0, `2020`, `2020-07`, `2020-07-14` and intervals `A/B`; of level 1, one
qualifier `?` `~` `%` behind a date, decades `201X`, seasons `2020-21` to `2020-24` and intervals
open (`A/..`) or unknown (`A/`) at one end; of level 2, `[..B]` and `[A..]`, one day on or before,
on or after. A and B are any of these dates, years run from 0001 to 9999, and an accepted text is
its own canonical form.

Seasons are the northern meteorological ones: 21 spring is March to May, 22 summer, 23 autumn, and
24 winter is December to February of the next year, so that every season is one unbroken span.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple, Self

from app.edtf.syntax import EdtfError, Syntax, Written, refuse, split_syntax

__all__ = [
    "MAX_DAY", "MIN_DAY", "SPAN_DAYS", "UNDATED_SORT_KEY", "Edtf", "EdtfError", "EdtfPeriod",
    "Precision", "Qualifier", "SpanClass", "parse_edtf", "parse_partial", "parse_period",
]  # fmt: skip

Precision = Literal["day", "month", "season", "year", "decade"]
Qualifier = Literal["uncertain", "approximate", "uncertain-approximate"]
SpanClass = Literal["day", "month", "year", "decade", "longer"]

MIN_DAY: Final = "0001-01-01"
MAX_DAY: Final = "9999-12-31"
UNDATED_SORT_KEY: Final = "9999-99-99"

SPAN_DAYS: Final[dict[SpanClass, int]] = {"day": 1, "month": 31, "year": 366, "decade": 3653}
"""Most days of a span class, from earliest to latest, both counted."""

_COARSENESS: Final[tuple[Precision, ...]] = ("day", "month", "season", "year", "decade")
_MARKS: Final = {"": 0, "?": 1, "~": 2, "%": 3}
_QUALIFIERS: Final[tuple[Qualifier | None, ...]] = (
    None, "uncertain", "approximate", "uncertain-approximate",
)  # fmt: skip
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A stored date with all that follows from its text; days are ISO, inclusive."""

    text: str
    earliest: str | None
    """First day that it may touch; null where its start is open or unknown."""
    latest: str | None
    """Last day that it may touch; null where its end is open or unknown."""
    certain: tuple[str | None, str | None] | None
    """First and last of the days on which it surely held; a null inside is an open end."""
    interval: bool
    precision: Precision
    """Of an interval, the coarser of its ends."""
    qualifier: Qualifier | None
    """Of an interval, joined over its ends."""
    sort_key: str
    """Its start, else its end, as `2020-07-14`, `2020-07-00` or `2020-00-00`: coarse first."""
    span: SpanClass


class EdtfPeriod(str):
    """A period asked for in a query: its canonical text, which knows the first and the last day;
    these are null where it is open."""

    __slots__ = ("first", "last")
    first: str | None
    last: str | None

    def __new__(cls, text: str, first: str | None, last: str | None) -> Self:
        period = super().__new__(cls, text)
        period.first, period.last = first, last
        return period


def parse_edtf(text: str) -> Edtf:
    """Read a stored date; raises `EdtfError`."""
    return _edtf(text)


def parse_period(text: str) -> EdtfPeriod:
    """Read the period of a query: like a stored date, but no qualifier, unknown end or set."""
    return _period(text)


def parse_partial(text: str) -> EdtfPeriod:
    """Read one bound of a query, a day, month, year or decade, as its first and last day."""
    return _partial(text)


class _Point(NamedTuple):
    """One date with its days."""

    first: str
    last: str
    precision: Precision
    key: str


@lru_cache(maxsize=4096)
def _edtf(text: str) -> Edtf:
    syntax = split_syntax(text)
    start, end = _resolve(text, syntax)
    known = [point for point in (start, end) if point]
    mark = 0
    for written in (syntax.start, syntax.end):
        mark |= _MARKS[written.mark] if isinstance(written, Written) else 0
    earliest, latest = start and start.first, end and end.last
    return Edtf(
        text=text,
        earliest=earliest,
        latest=latest,
        certain=None if mark else _certain(syntax, start, end),
        interval=syntax.form == "interval",
        precision=_COARSENESS[max(_COARSENESS.index(point.precision) for point in known)],
        qualifier=_QUALIFIERS[mark],
        sort_key=known[0].key,
        span=_span(earliest, latest),
    )


@lru_cache(maxsize=4096)
def _period(text: str) -> EdtfPeriod:
    return _as_period(text, split_syntax(text))


def _as_period(text: str, syntax: Syntax) -> EdtfPeriod:
    if syntax.form == "set":
        refuse(text, 0, "a query takes no set: write '../B' or 'A/..' for an open period")
    for place, written in ((0, syntax.start), (len(text), syntax.end)):
        if isinstance(written, Written) and written.mark:
            cure = f"a query takes no qualifier: leave out {written.mark!r}"
            refuse(text, written.end - 1, cure)
        if written == "":
            refuse(text, place, "a query takes no unknown end: write '..' for an open one")
    start, end = _resolve(text, syntax)
    return EdtfPeriod(text, start and start.first, end and end.last)


@lru_cache(maxsize=4096)
def _partial(text: str) -> EdtfPeriod:
    syntax = split_syntax(text)
    if syntax.form != "date":
        refuse(text, max(text.find("/"), 0), "one date is wanted here, no interval and no set")
    period = _as_period(text, syntax)
    if text[5:7] in ("21", "22", "23", "24"):
        cure = "a season is no bound: write its first or its last month"
        refuse(text, 5, cure, malformed=False)
    return period


def _resolve(text: str, syntax: Syntax) -> tuple[_Point | None, _Point | None]:
    """The days of both ends; an end without a date is null."""
    start = _point(text, syntax.start) if isinstance(syntax.start, Written) else None
    if syntax.form == "date":
        return start, start
    end = None
    if isinstance(syntax.end, Written):
        end = _point(text, syntax.end)
        if start and start.first > end.last:
            cure = "the interval ends before it starts: swap its ends"
            refuse(text, syntax.end.position, cure, malformed=False)
    return start, end


def _point(text: str, written: Written) -> _Point:
    position, _, year, month, day, decade, _ = written
    if year == 0:
        refuse(text, position, "years run from 0001 to 9999", malformed=False)
    if month is None:
        last = f"{year + 9 if decade else year:04}-12-31"
        precision: Precision = "decade" if decade else "year"
        return _Point(f"{year:04}-01-01", last, precision, f"{year:04}-00-00")
    if day is None and month in _SEASONS:
        return _season(text, position, year, month)
    if not 1 <= month <= 12:
        cure = "months run from 01 to 12; 21 to 24 are seasons, of a year and without a day"
        refuse(text, position + 5, f"there is no month {month:02}: {cure}", malformed=False)
    stem, days = f"{year:04}-{month:02}", _days_in(year, month)
    if day is None:
        return _Point(f"{stem}-01", f"{stem}-{days}", "month", f"{stem}-00")
    if not 1 <= day <= days:
        cure = f"there is no day {day:02} in {stem}: its days run from 01 to {days}"
        refuse(text, position + 8, cure, malformed=False)
    return _Point(f"{stem}-{day:02}", f"{stem}-{day:02}", "day", f"{stem}-{day:02}")


def _season(text: str, position: int, year: int, code: int) -> _Point:
    first, last = _SEASONS[code]
    ending = year if first < last else year + 1
    if ending > 9999:
        refuse(text, position, "that winter ends after the year 9999", malformed=False)
    end = f"{ending:04}-{last:02}-{_days_in(ending, last)}"
    return _Point(f"{year:04}-{first:02}-01", end, "season", f"{year:04}-{first:02}-00")


def _days_in(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _MONTH_DAYS[month - 1]


def _certain(
    syntax: Syntax, start: _Point | None, end: _Point | None
) -> tuple[str | None, str | None] | None:
    """From the latest day that can be its first, to the earliest that can be its last."""
    if syntax.form == "set":
        return None
    if syntax.form == "date":
        return (start.first, start.last) if start and start.precision == "day" else None
    # Nothing is sure beyond an unknown end: there the known end stands for both, if it is a day.
    known = start or end
    if "" in (syntax.start, syntax.end) and not (known and known.precision == "day"):
        return None
    first = start.last if start else None if syntax.start == ".." else end and end.first
    last = end.first if end else None if syntax.end == ".." else start and start.last
    return None if first and last and first > last else (first, last)


def _span(earliest: str | None, latest: str | None) -> SpanClass:
    if earliest is None or latest is None:
        return "longer"
    days = date.fromisoformat(latest).toordinal() - date.fromisoformat(earliest).toordinal() + 1
    for span, most in SPAN_DAYS.items():
        if days <= most:
            return span
    return "longer"
