"""Our profile of EDTF (ISO 8601-2): dates that are only as precise as their source.

The profile has these forms. Each accepted text is its own canonical form:

- Level 0: `2020`, `2020-07`, `2020-07-14` and intervals `A/B`.
- Level 1: a qualifier `?`, `~` or `%` after a date; decades `201X` and centuries `18XX`; seasons
  `2020-21` to `2020-24`; intervals with an open end (`A/..`, `../B`) or an unknown end (`A/`,
  `/B`); years before Christ (`-0205`).
- Level 2: quarters `2020-33` to `2020-36`, halves `2020-40` and `2020-41`; one day on or before
  (`[..B]`), on or after (`[A..]`) or between (`[A..B]`).

Years are from -9999 to 9999; 0000 is 1 BC. A quarter or half cannot be an end of an interval.

Seasons are the northern meteorological seasons: 21 spring is March to May, 22 summer is June to
August, 23 autumn is September to November, 24 winter is December to February of the next year. So
each season is one continuous span.

There are two kinds of errors. A text with wrong syntax is `malformed`. A text with correct syntax
can still be a date that does not exist in the calendar. The parser checks the syntax of the whole
text first, so a text with both errors is reported as `malformed`.
"""

import re
from calendar import isleap
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, NoReturn, Self

from app.edtf.calendar import MAX_DAY, MIN_DAY, day_number, sort_key, year_text

__all__ = [
    "COARSENESS", "MAX_DAY", "MAX_LENGTH", "MIN_DAY", "SPAN_DAYS", "UNDATED_SORT_KEY", "Edtf",
    "EdtfError", "EdtfPeriod", "Precision", "Qualifier", "SpanClass", "parse_edtf",
    "parse_partial", "parse_period",
]  # fmt: skip

Precision = Literal[
    "day", "month", "season", "quarter", "half", "year", "decade", "century"
]  # fmt: skip
Qualifier = Literal["uncertain", "approximate", "uncertain-approximate"]
SpanClass = Literal["day", "month", "year", "decade", "longer"]

UNDATED_SORT_KEY: Final = "9999-99-99"
"""The sort key of undated rows. It sorts after all dates."""

MAX_LENGTH: Final = 64
"""Maximum length of a text, in characters. The longest valid date has 25."""

SPAN_DAYS: Final[dict[SpanClass, int]] = {"day": 1, "month": 31, "year": 366, "decade": 3653}
"""Maximum number of days of each span class, from the earliest to the latest day, inclusive."""

COARSENESS: Final[tuple[Precision, ...]] = (
    "day", "month", "season", "quarter", "half", "year", "decade", "century",
)  # fmt: skip
"""The precisions, from fine to coarse."""

_MARKS: Final = {"": 0, "?": 1, "~": 2, "%": 3}
_QUALIFIERS: Final[tuple[Qualifier | None, ...]] = (
    None, "uncertain", "approximate", "uncertain-approximate",
)  # fmt: skip
_PARTS: Final[dict[int, tuple[Precision, int, int]]] = {
    21: ("season", 3, 5), 22: ("season", 6, 8), 23: ("season", 9, 11), 24: ("season", 12, 2),
    33: ("quarter", 1, 3), 34: ("quarter", 4, 6), 35: ("quarter", 7, 9), 36: ("quarter", 10, 12),
    40: ("half", 1, 6), 41: ("half", 7, 12),
}  # fmt: skip
"""The codes that replace a month: precision, first month, last month."""

_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_DATE = re.compile(
    r"(?:(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?|(-?(?:[0-9]{3}X|[0-9]{2}XX)))([?~%]?)"
)
_CURE = (
    "write YYYY, YYYY-MM, YYYY-MM-DD, a decade such as 201X or a century such as 19XX, in ASCII "
    "digits without blanks; '-' before the year is before Christ"
)


class EdtfError(ValueError):
    """A text that is not a date of the profile. The message says how to correct it.

    `position` is the offset of the error, from 0 to the length of the text. `malformed` is true for
    wrong syntax, and false for a date with correct syntax that does not exist.
    """

    def __init__(self, message: str, position: int, *, malformed: bool) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.malformed = malformed


@dataclass(frozen=True, slots=True)
class Edtf:
    """A stored date and the values that the parser derives from it.

    Days are in ISO 8601, and inclusive.
    """

    text: str
    earliest: str | None
    """The first possible day; null if the start is open or unknown."""
    latest: str | None
    """The last possible day; null if the end is open or unknown."""
    certain: tuple[str | None, str | None] | None
    """The first and last day of the certain range, which the date surely covers. Null if there is
    no certain range. A null in the tuple is an open end."""
    interval: bool
    precision: Precision
    """For an interval or set, the precision of the coarser end."""
    qualifier: Qualifier | None
    """For an interval or set, the qualifiers of both ends together."""
    sort_key: str
    """The sort key of the start; of the end if there is no known start. An unknown month or day is
    `00`, so that a coarse date sorts before the fine dates in it: `2020-00-00`, `2020-07-00`,
    `2020-07-14`."""
    span: SpanClass
    has_unknown_end: bool
    """Whether the date is an interval with an unknown end: `A/`."""


class EdtfPeriod(str):
    """The period of a query: its canonical text, with the first and the last day in ISO 8601 and
    their sort keys. A day is null if this end is open."""

    __slots__ = ("first", "first_key", "last", "last_key")
    first: str | None
    last: str | None
    first_key: str
    last_key: str

    def __new__(cls, text: str, first: str | None, last: str | None) -> Self:
        period = super().__new__(cls, text)
        period.first, period.last = first, last
        period.first_key, period.last_key = sort_key(first or MIN_DAY), sort_key(last or MAX_DAY)
        return period


class _Written(NamedTuple):
    """The syntax of one date, at `[position, end)` of the text."""

    position: int
    end: int
    year: int
    """For a decade or century, its year that is nearest to year 0."""
    month: int | None
    day: int | None
    years: int
    """The number of years that it covers: 1, 10 or 100."""
    negative: bool
    mark: str
    """`?`, `~`, `%` or nothing."""


_End = _Written | Literal["..", ""]
"""One end of an interval or set: a date, `..` for an open end, or "" for an unknown end."""


class _Syntax(NamedTuple):
    """The parsed parts of a text. A single date is both start and end."""

    form: Literal["date", "interval", "set"]
    start: _End
    end: _End


class _Point(NamedTuple):
    """One date in the calendar: its first and last day, and the sort key of its start."""

    first: str
    last: str
    precision: Precision
    key: str


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> Edtf:
    """Parse a stored date; raises `EdtfError`."""
    syntax = _split(text)
    start, end = _resolve(text, syntax)
    points = [point for point in (start, end) if point]
    mark = 0
    for written in (syntax.start, syntax.end):
        mark |= _MARKS[written.mark] if isinstance(written, _Written) else 0
    earliest, latest = start and start.first, end and end.last
    return Edtf(
        text=text,
        earliest=earliest,
        latest=latest,
        certain=None if mark else _certain(syntax, start, end),
        interval=syntax.form == "interval",
        precision=COARSENESS[max(COARSENESS.index(point.precision) for point in points)],
        qualifier=_QUALIFIERS[mark],
        sort_key=points[0].key,
        span=_span(earliest, latest),
        has_unknown_end=syntax.end == "",
    )


@lru_cache(maxsize=4096)
def parse_period(text: str) -> EdtfPeriod:
    """Parse the period of a query; raises `EdtfError`.

    It has the forms of a stored date, but no qualifiers, unknown ends or sets.
    """
    syntax = _split(text)
    period = _as_period(text, syntax)
    if syntax.form == "interval":
        for written in (syntax.start, syntax.end):
            if isinstance(written, _Written):
                _refuse_bound(text, written, seasons=False)
    return period


def _as_period(text: str, syntax: _Syntax) -> EdtfPeriod:
    if syntax.form == "set":
        _refuse(text, 0, "a query takes no set: write 'A/B', '../B' or 'A/..' for a period")
    for position, written in ((0, syntax.start), (len(text), syntax.end)):
        if isinstance(written, _Written) and written.mark:
            cure = f"a query takes no qualifier: leave out {written.mark!r}"
            _refuse(text, written.end - 1, cure)
        if written == "":
            _refuse(text, position, "a query takes no unknown end: write '..' for an open one")
    start, end = _resolve(text, syntax)
    return EdtfPeriod(text, start and start.first, end and end.last)


@lru_cache(maxsize=4096)
def parse_partial(text: str) -> EdtfPeriod:
    """Parse one bound of the period of a query: a day, month, year or decade. Raises `EdtfError`.

    The result has its first and last day.
    """
    syntax = _split(text)
    if syntax.form != "date":
        _refuse(text, max(text.find("/"), 0), "write one date here, no interval and no set")
    period = _as_period(text, syntax)
    if isinstance(syntax.start, _Written):
        _refuse_bound(text, syntax.start, seasons=True)
    return period


def _refuse_bound(text: str, written: _Written, *, seasons: bool) -> None:
    """Raise `EdtfError` if a bound is a century, quarter or half; also for a season if
    `seasons`."""
    if written.years == 100:
        cure = "a century is no bound: write its first or its last year"
        _refuse(text, written.position, cure)
    precision = _PARTS[written.month][0] if written.month in _PARTS else "month"
    if precision != "month" and (seasons or precision != "season"):
        cure = f"a {precision} is no bound: write its first or its last month"
        _refuse(text, _month_position(written), cure, malformed=False)


def _refuse(text: str, position: int, cure: str, *, malformed: bool = True) -> NoReturn:
    """Raise `EdtfError`. The message has the text, the position and the cure."""
    quoted = text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH] + "..."
    where = f"character {position + 1}" if position < len(text) else "its end"
    raise EdtfError(f"{quoted!r}, at {where}: {cure}", position, malformed=malformed)


# Syntax: split a text into parts, without the calendar.


def _split(text: str) -> _Syntax:
    """Split a text into its parts; raises `EdtfError` (`malformed`) for wrong syntax."""
    if len(text) > MAX_LENGTH:
        _refuse(text, MAX_LENGTH, f"a date has at most {MAX_LENGTH} characters")
    if text.startswith("["):
        return _split_set(text)
    left, slash, right = text.partition("/")
    if not slash:
        only = _scan(text, 0, text)
        return _Syntax("date", only, only)
    if left in ("", "..") and right in ("", ".."):
        _refuse(text, 0, "an interval needs a date at one end at least, as in '1997-07-01/..'")
    return _Syntax("interval", _scan_end(text, 0, left), _scan_end(text, len(left) + 1, right))


def _split_set(text: str) -> _Syntax:
    """Split the set `[A..B]`, `[A..]` or `[..B]`. An end without a date is open."""
    if not text.endswith("]"):
        _refuse(text, len(text), "the bracket is not closed: write '[..2020]' or '[2020..]'")
    left, dots, right = text[1:-1].partition("..")
    if not dots:
        _refuse(
            text, 1, "write '[..B]' (on or before), '[A..]' (on or after) or '[A..B]' (between)"
        )
    if not left and not right:
        _refuse(text, 3, "a set needs a date at one end at least, as in '[..2020]'")
    end = len(left) + 3
    return _Syntax(
        "set", _scan(text, 1, left) if left else "..", _scan(text, end, right) if right else ".."
    )


def _scan_end(text: str, position: int, part: str) -> _End:
    if part == "..":
        return ".."
    return _scan(text, position, part) if part else ""


def _scan(text: str, position: int, part: str) -> _Written:
    """Parse the syntax of the date `part`, which begins at `position` of `text`."""
    match = _DATE.fullmatch(part)
    if not match:
        _refuse(text, position + _fault(part), _CURE)
    year, month, day, unspecified, mark = match.groups()
    return _Written(
        position=position,
        end=position + len(part),
        year=int(year or unspecified.replace("X", "0")),
        month=int(month) if month else None,
        day=int(day) if day else None,
        years=10 ** unspecified.count("X") if unspecified else 1,
        negative=part[0] == "-",
        mark=mark,
    )


def _fault(part: str) -> int:
    """The offset of the first wrong character, or of the first missing one."""
    sign = part[:1] == "-"
    unsigned = part[sign:]
    shapes = {"XX": "00XX", "X": "000X"}
    shape = shapes.get(unsigned[2:4], shapes.get(unsigned[3:4], "0000-00-00"))
    body = unsigned[:-1] if unsigned[-1:] in ("?", "~", "%") else unsigned
    for offset, (expected, actual) in enumerate(zip(shape, body, strict=False)):
        if actual != expected and not (expected == "0" and actual in "0123456789"):
            return sign + offset
    return sign + min(len(body), len(shape))


# Calendar: find the days of the parsed dates.


def _resolve(text: str, syntax: _Syntax) -> tuple[_Point | None, _Point | None]:
    """The dates of both ends in the calendar. An end without a date is null."""
    start = _point(text, syntax.start) if isinstance(syntax.start, _Written) else None
    if syntax.form == "date":
        return start, start
    for written in (syntax.start, syntax.end):
        if syntax.form == "interval" and isinstance(written, _Written) and _is_level_2(written):
            cure = "an interval has no quarter or half at its ends: write a month"
            _refuse(text, _month_position(written), cure, malformed=False)
    end = None
    if isinstance(syntax.end, _Written):
        end = _point(text, syntax.end)
        if start and sort_key(start.first) > sort_key(end.last):
            cure = f"the {syntax.form} ends before it starts: swap its ends"
            _refuse(text, syntax.end.position, cure, malformed=False)
    return start, end


def _is_level_2(written: _Written) -> bool:
    """Whether the date is a quarter or half, which belong to EDTF level 2."""
    return written.day is None and written.month in _PARTS and written.month > 24


def _month_position(written: _Written) -> int:
    return written.position + written.negative + 5


def _point(text: str, written: _Written) -> _Point:
    year, month, day = written.year, written.month, written.day
    if written.years > 1:
        return _years(written)
    if written.negative and year == 0:
        cure = "there is no year -0000: 0000 is 1 BC, -0001 is 2 BC"
        _refuse(text, written.position, cure, malformed=False)
    stem = year_text(year)
    if month is None:
        return _Point(f"{stem}-01-01", f"{stem}-12-31", "year", sort_key(f"{stem}-00-00"))
    if day is None and month in _PARTS:
        return _part_of_year(text, written.position, year, month)
    if not 1 <= month <= 12:
        cure = (
            "months run from 01 to 12; 21 to 24 are seasons, 33 to 36 quarters, 40 and 41 halves, "
            "of a year and without a day"
        )
        message = f"there is no month {month:02}: {cure}"
        _refuse(text, _month_position(written), message, malformed=False)
    stem, days = f"{stem}-{month:02}", _days_in(year, month)
    if day is None:
        return _Point(f"{stem}-01", f"{stem}-{days}", "month", sort_key(f"{stem}-00"))
    if not 1 <= day <= days:
        cure = f"there is no day {day:02} in {stem}: its days run from 01 to {days}"
        _refuse(text, _month_position(written) + 3, cure, malformed=False)
    only = f"{stem}-{day:02}"
    return _Point(only, only, "day", sort_key(only))


def _years(written: _Written) -> _Point:
    """A decade or century. `-020X` is -0209 to -0200. `-000X` ends with -0001, because year 0000
    belongs to `000X`."""
    nearest, width = written.year, written.years - 1
    first, last = (
        (nearest - width, min(nearest, -1)) if written.negative else (nearest, nearest + width)
    )
    stem = year_text(first)
    precision: Precision = "decade" if written.years == 10 else "century"
    key = sort_key(f"{stem}-00-00")
    return _Point(f"{stem}-01-01", f"{year_text(last)}-12-31", precision, key)


def _part_of_year(text: str, position: int, year: int, code: int) -> _Point:
    """A season, quarter or half."""
    precision, first, last = _PARTS[code]
    ending = year if first < last else year + 1
    if ending > 9999:
        _refuse(text, position, "that winter ends after the year 9999", malformed=False)
    stem, end = f"{year_text(year)}-{first:02}", f"{year_text(ending)}-{last:02}"
    return _Point(
        f"{stem}-01", f"{end}-{_days_in(ending, last)}", precision, sort_key(f"{stem}-00")
    )


def _days_in(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _MONTH_DAYS[month - 1]


def _certain(
    syntax: _Syntax, start: _Point | None, end: _Point | None
) -> tuple[str | None, str | None] | None:
    """The certain range: from the latest possible first day to the earliest possible last day."""
    if syntax.form == "set":
        return None
    if syntax.form == "date":
        return (start.first, start.last) if start and start.precision == "day" else None
    # With an unknown end, only the known end is certain, and only if it is a day.
    known = start or end
    if "" in (syntax.start, syntax.end) and not (known and known.precision == "day"):
        return None
    first = start.last if start else None if syntax.start == ".." else end and end.first
    last = end.first if end else None if syntax.end == ".." else start and start.last
    return None if first and last and sort_key(first) > sort_key(last) else (first, last)


def _span(earliest: str | None, latest: str | None) -> SpanClass:
    if earliest is None or latest is None:
        return "longer"
    days = day_number(latest) - day_number(earliest) + 1
    for span, most in SPAN_DAYS.items():
        if days <= most:
            return span
    return "longer"
