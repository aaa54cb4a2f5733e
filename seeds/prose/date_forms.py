"""The forms in which English writes a date: a pattern each, and what its parts say."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from seeds.prose.date_mention import Point, Relative
from seeds.prose.number_context import BLANK

DASH: Final = r"(?:[^\S\n]*[–−-][^\S\n]*|—)"

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_NUMBERS: Final = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NAMES = "|".join([*MONTHS, *(month.upper() for month in MONTHS)])
_MONTH = rf"(?<!\w)(?P<month>{_NAMES}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\w)"
_SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))(?!\w)"

# A numeral is a day or a year only where it is no part of a longer number, time or sum.
_STARTS = r"(?<![\w$£€¥#/])(?<![0-9][.,:–−-])"
_DAY_STARTS = r"(?<![\w$£€¥#/])(?:(?<=[0-9]{4}[–−-])|(?<![0-9][.,:–−-]))"
_ENDS = r"(?!\w|%|°|[.,][0-9]{3}(?![0-9])|[.:/][0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|2100)"
_YEAR_ENDS = rf"{_ENDS}(?![–−-][0-9])"
_IN_YEAR = rf"(?:(?:,?{BLANK}(?:of{BLANK})?|,)(?P<year>{_YEAR}){_ENDS})?"
_AND = rf"(?:,?{BLANK}(?:and|or|&){BLANK})"
_TO = rf"(?:{DASH}|{BLANK}(?:to|until|till|through){BLANK})"
_MORE_DAYS = rf"(?:(?:,{BLANK}{_DAY}{_ORDINAL})*{_AND}|{_TO}){_DAY}{_ORDINAL}"
_BETWEEN = re.compile(rf"(?i)\bbetween{BLANK}\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """One date as a form found it, without the words around it that modify or join it."""

    start: int
    end: int
    first: Point
    last: Point | None = None
    relative: Relative | None = None


class Form(NamedTuple):
    """A way to write a date; `read` yields nothing where the match is no date after all."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Iterator[Found]]


def _month(found: re.Match[str]) -> int:
    return _MONTH_NUMBERS[found["month"][:3].lower()]


def _year(found: re.Match[str]) -> int | None:
    return int(found["year"]) if found["year"] else None


def _read_iso(found: re.Match[str]) -> Iterator[Found]:
    year, month, day = (*(int(part) for part in found[0].split("-")), None)[:3]
    yield Found(*found.span(), Point(year, month, day))


def _read_day(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span(), Point(_year(found), _month(found), int(found["day"])))


def _read_days(found: re.Match[str]) -> Iterator[Found]:
    """Several days of one month: an interval "3 to 5 May", or each of "9, 10 and 16 June"."""
    days = list(re.finditer(_DAY + _ORDINAL, found["days"]))
    numbers = [int(day[0].rstrip("stndrh")) for day in days]
    points = [Point(_year(found), _month(found), number) for number in numbers]
    between = _BETWEEN.search(found.string, max(0, found.start() - 9), found.start())
    to = between or not re.search(_AND, found["days"])
    if to and len(numbers) == 2 and numbers[0] < numbers[1]:
        yield Found(*found.span(), points[0], points[1])
        return
    offset = found.start("days")
    starts = [offset + day.start() for day in days]
    ends = [offset + day.end() for day in days]
    # The month belongs to the day next to it, the year to the last.
    starts[0], ends[-1] = found.start(), found.end()
    for start, end, point in zip(starts, ends, points, strict=True):
        yield Found(start, end, point)


def _read_season(found: re.Match[str]) -> Iterator[Found]:
    year, season = int(found["year"]), _SEASONS[found["season"].lower()]
    short = found["short"]
    if not short or (season == 24 and int(short) == (year + 1) % 100):
        yield Found(*found.span(), Point(year, season))


def _read_bare_season(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span("season"), Point(None, _SEASONS[found["season"].lower()]))


def _read_month(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span(), Point(_year(found), _month(found)))


def _read_bare_month(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span(), Point(None, _month(found)))


def _read_years(found: re.Match[str]) -> Iterator[Found]:
    """Years "2019-2020" or "2019-20"; "2019-07" is none, as 07 does not come after 19."""
    year, last = int(found["year"]), found["last"]
    end = int(last) if len(last) == 4 else year - year % 100 + int(last)
    end += 100 * (last == "00")
    if end == year + 1 or (end > year and "/" not in found[0]):
        yield Found(*found.span(), Point(year), Point(end))


def _read_decade(found: re.Match[str]) -> Iterator[Found]:
    """A decade; "1900s" and its like may as well be centuries, and are left alone."""
    year = int(found["year"])
    if year % 100 or year == 2000:
        yield Found(*found.span(), Point(year, decade=True))


def _read_year(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span(), Point(_year(found)))


def _form(name: str, pattern: str, read: Callable[[re.Match[str]], Iterator[Found]]) -> Form:
    return Form(name, re.compile(pattern), read)


# After "June 9 and 16" a noun would make the 16 a count; after "June 9-16" it cannot.
_DAYS_END = r"(?=[^\S\n]*(?:[,;:)]|\.?$|\.[^\S\n]))(?![^\S\n]*[–−-])"
_DAYS_TO = rf"(?:{_TO}{_DAY}{_ORDINAL}{_ENDS}|{_MORE_DAYS}{_DAYS_END})"
_OF_MONTH = rf"{_ORDINAL}{BLANK}(?:of{BLANK})?{_MONTH}{_IN_YEAR}"
_WHEN = rf"\b(?:in|during|by|until|since|through|throughout|that){BLANK}(?:the{BLANK})?"

FORMS: Final = (
    _form(
        "iso day",
        r"(?<![\w–-])[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9–-])",
        _read_iso,
    ),
    _form("days", rf"{_DAY_STARTS}(?P<days>{_DAY}{_ORDINAL}{_MORE_DAYS}){_OF_MONTH}", _read_days),
    _form("days", rf"{_MONTH}{BLANK}(?P<days>{_DAY}{_ORDINAL}{_DAYS_TO}){_IN_YEAR}", _read_days),
    _form("day", rf"{_DAY_STARTS}(?P<day>{_DAY}){_OF_MONTH}", _read_day),
    _form(
        "day",
        rf"{_MONTH}{BLANK}(?:the{BLANK})?(?P<day>{_DAY}){_ORDINAL}{_ENDS}{_IN_YEAR}",
        _read_day,
    ),
    _form(
        "season",
        rf"(?<!\w){_SEASON}(?:{BLANK}of|,)?{BLANK}(?P<year>{_YEAR})"
        rf"(?:[–/-](?P<short>[0-9]{{2}}))?{_YEAR_ENDS}",
        _read_season,
    ),
    _form("month", rf"{_MONTH}(?:{BLANK}of|,)?{BLANK}(?P<year>{_YEAR}){_YEAR_ENDS}", _read_month),
    _form(
        "years",
        rf"{_STARTS}(?P<year>{_YEAR})(?:{DASH}(?=[0-9]{{4}})|[/–−-])"
        rf"(?P<last>{_YEAR}|[0-9]{{2}}){_YEAR_ENDS}",
        _read_years,
    ),
    _form("iso month", r"(?<![\w–-])[0-9]{4}-(?:0[1-9]|1[0-2])(?![\w–-])", _read_iso),
    _form("decade", rf"{_STARTS}(?P<year>(?:1[0-9]|20)[0-9]0)['’]?s(?!\w)", _read_decade),
    _form("year", rf"{_STARTS}(?P<year>{_YEAR}){_YEAR_ENDS}", _read_year),
    _form("bare month", _MONTH, _read_bare_month),
    _form(
        "bare season",
        rf"(?i){_WHEN}(?:(?:early|mid|late)[-\s])?{_SEASON}(?!{BLANK}of\b)",
        _read_bare_season,
    ),
)
"""In the order in which they are tried: what an earlier form has read, a later does not see."""
