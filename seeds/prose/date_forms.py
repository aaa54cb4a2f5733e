"""The forms of written dates in English. Each form has a pattern and a function that reads it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from seeds.prose.date_mention import Point, Relative
from seeds.prose.number_grammar import BLANK, DASH, ORDINAL_WORD, ORDINALS, any_of

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_NUMBERS: Final = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NAMES = "|".join([*MONTHS, *(month.upper() for month in MONTHS)])
MONTH: Final = (
    rf"(?<!\w)(?P<month>{_NAMES}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\w)"
)
_SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))(?!\w)"

_NAMED_DAYS: Final[dict[str, tuple[int, int] | None]] = {
    "new year's day": (1, 1), "epiphany": (1, 6), "valentine's day": (2, 14),
    "saint valentine's day": (2, 14), "st. valentine's day": (2, 14), "leap day": (2, 29),
    "saint patrick's day": (3, 17), "st. patrick's day": (3, 17), "st patrick's day": (3, 17),
    "april fools' day": (4, 1), "april fool's day": (4, 1), "may day": (5, 1),
    "midsummer's day": (6, 24), "bastille day": (7, 14), "halloween": (10, 31),
    "all saints' day": (11, 1), "all souls' day": (11, 2), "armistice day": (11, 11),
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
    "st. stephen's day": (12, 26), "new year's eve": (12, 31),
    # Days whose date changes from year to year, differs by country, or is a whole season.
    "christmas": None, "easter": None, "easter sunday": None, "easter monday": None,
    "good friday": None, "palm sunday": None, "whit sunday": None, "whit monday": None,
    "ash wednesday": None, "ascension day": None, "pentecost": None, "thanksgiving": None,
    "thanksgiving day": None, "independence day": None, "national day": None, "labor day": None,
    "labour day": None, "memorial day": None, "veterans day": None, "remembrance day": None,
    "mother's day": None, "father's day": None, "columbus day": None, "australia day": None,
    "canada day": None, "anzac day": None, "chinese new year": None, "lunar new year": None,
    "new year": None, "passover": None, "yom kippur": None, "ramadan": None, "diwali": None,
    "hanukkah": None, "eid al-fitr": None, "eid": None, "mardi gras": None, "double tenth": None,
    "mid-autumn festival": None, "dragon boat festival": None, "ching ming": None,
    "election day": None, "victory day": None, "ve day": None, "v-e day": None, "vj day": None,
    "v-j day": None, "d-day": None, "black friday": None, "midsummer": None, "tet": None,
}  # fmt: skip
"""Named days with month and day. The value is null if the name does not determine the day."""

_NAMED = rf"(?P<name>(?i:{any_of(_NAMED_DAYS)}))".replace("'", "['’]")

# A numeral is a day or a year only if it is not part of a longer number, a time or an amount.
_STARTS = r"(?<![\w$£€¥#/])(?<![0-9][.,:–−-])"
_DAY_STARTS = r"(?<![\w$£€¥#])(?<![^A-Za-z]/)(?:(?<=[0-9]{4}[–−-])|(?<![0-9][.,:–−-]))"
_ENDS = r"(?!\w|%|°|[.,][0-9]{3}(?![0-9])|[.:/][0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)?"
YEAR: Final = r"(?:1[0-9]{3}|20[0-9]{2}|2100)"
_YEAR_ENDS = rf"{_ENDS}(?![–−-][0-9])"
_IN_YEAR = rf"(?:(?:,?{BLANK}(?:(?:of|in){BLANK})?|,)(?P<year>{YEAR}){_ENDS})?"
_AND = rf"(?:,?{BLANK}(?:and|or|&){BLANK})"
_TO = rf"(?:{DASH}|{BLANK}(?:to|until|till|through){BLANK})"
_MAX_DAYS = 30
_MORE_DAYS = rf"(?:(?:,{BLANK}{_DAY}{_ORDINAL}){{0,{_MAX_DAYS}}}{_AND}|{_TO}){_DAY}{_ORDINAL}"
_BETWEEN = re.compile(rf"(?i)\bbetween{BLANK}(?:the{BLANK})?\Z")

_ERA = r"(?P<era>B\.C\.E\.|B\.C\.|A\.D\.|C\.E\.|BCE|BC|AD|CE)(?!\w)"
_NUMBERED = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD}|[IVX]{{1,5}}(?:th|st|nd|rd)?)"
_PART = r"(?:(?i:early|mid|late)(?:-|[^\S\n]+))?"
_CENTURY_GAP = (
    rf"(?:,?{BLANK}(?:and|or|to|through|until|&){BLANK}|,{BLANK}|[^\S\n]*[–−-][^\S\n]*|—|/)"
    rf"(?:the{BLANK})?{_PART}"
)

SHORT_YEAR: Final = "a year of two digits leaves its century open"
FISCAL: Final = "a fiscal year is not a calendar year"
NUMERIC: Final = "a date in numbers leaves the order of day and month open"
MOVEABLE: Final = "the name of the day does not settle its date"
STEPS: Final = "a time counted from another date is not computed"
DEICTIC: Final = "the date depends on when the words were written"


@dataclass(frozen=True, slots=True)
class Found:
    """A date that a form found, without words around it that modify it or join it to another."""

    start: int
    end: int
    first: Point
    last: Point | None = None
    relative: Relative | None = None
    unread: str | None = None


class Form(NamedTuple):
    """A form of written dates. `read` yields the dates of a match, or nothing if it is no date."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Iterator[Found]]


def _month(found: re.Match[str]) -> int:
    return _MONTH_NUMBERS[found["month"][:3].lower()]


def _year(found: re.Match[str]) -> int | None:
    return int(found["year"]) if found["year"] else None


def _read_iso(found: re.Match[str]) -> Iterator[Found]:
    year, month, day = (*(int(part) for part in re.split("[-/.]", found[0])), None)[:3]
    yield Found(*found.span(), Point(year, month, day))


def _read_day(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span(), Point(_year(found), _month(found), int(found["day"])))


def _read_days(found: re.Match[str]) -> Iterator[Found]:
    """Several days of one month: one interval ("3 to 5 May") or single dates ("9 and 16 June")."""
    days = list(re.finditer(_DAY + _ORDINAL, found["days"]))
    numbers = [int(day[0].rstrip("stndrh")) for day in days]
    points = [Point(_year(found), _month(found), number) for number in numbers]
    between = _BETWEEN.search(found.string, max(0, found.start() - 14), found.start())
    to = between or not re.search(_AND, found["days"])
    if to and len(numbers) == 2 and numbers[0] < numbers[1]:
        yield Found(*found.span(), points[0], points[1])
        return
    offset = found.start("days")
    starts = [offset + day.start() for day in days]
    ends = [offset + day.end() for day in days]
    # The span of the first day includes a month before it. The span of the last day includes the
    # year.
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
    """An interval of years: "2019-2020" or "2019-20". "2019-07" is not one, because 07 < 19."""
    year, last = int(found["year"]), found["last"]
    end = year - year % 10 ** len(last) + int(last)
    end += 100 * (last == "00")
    if end == year + 1 or (end > year and "/" not in found[0]):
        yield Found(*found.span(), Point(year), Point(end))


def _read_roman_month(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span(), Point(int(found["year"]), _roman(found["roman"]), int(found["day"])))


def _read_decade(found: re.Match[str]) -> Iterator[Found]:
    """A decade. "The 1800s" and "the 1900s" are centuries, but "the 2000s" is a decade."""
    yield Found(*found.span(), _decade(int(found["year"])))


def _read_decades(found: re.Match[str]) -> Iterator[Found]:
    """An interval of decades ("1980s–90s") or two decades ("the 1980s and '90s")."""
    year, last = int(found["year"]), int(found["last"])
    end = year - year % 100 + last if last < 100 else last
    first, second = _decade(year), _decade(end)
    one, other = found.span("one"), found.span("other")
    if end <= year or (last < 100 and first.century):
        yield Found(*one, first)
        yield Found(*other, Point(None), unread=SHORT_YEAR)
    elif found["and"]:
        yield Found(*one, first)
        yield Found(*other, second)
    else:
        yield Found(*found.span(), first, second)


def _decade(year: int) -> Point:
    century = year % 100 == 0 and year != 2000
    return Point(year, decade=not century, century=century)


def _read_year(found: re.Match[str]) -> Iterator[Found]:
    yield Found(*found.span(), Point(_year(found)))


def _century(ordinal: str, before_christ: bool) -> Point | None:
    low = re.sub(rf"{BLANK}|‐", "-", ordinal.lower())
    if low[0].isdigit():
        number = int(re.sub(r"\D", "", low))
    elif low in ORDINALS:
        number = ORDINALS[low]
    else:
        number = _roman(re.sub("(?:th|st|nd|rd)$", "", ordinal))
    if not 1 <= number <= 30:
        return None
    return Point(100 * (number - 1), century=True, before_christ=before_christ)


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(
        -value if value < max(values[index:]) else value for index, value in enumerate(values)
    )


def _read_centuries(found: re.Match[str]) -> Iterator[Found]:
    """Single centuries ("16th and 17th centuries") or an interval ("16th to 18th centuries")."""
    era = found["era"] or ""
    ordinals = list(re.finditer(_NUMBERED, found["list"]))
    points = [_century(ordinal[0], era.startswith("B")) for ordinal in ordinals]
    offset = found.start("list")
    between = _BETWEEN.search(found.string, max(0, found.start() - 14), found.start())
    gap = found["list"][ordinals[0].end() : ordinals[-1].start()]
    several = re.search(r"(?i),|\b(?:and|or|early|mid|late)\b|&", gap)
    first, last = points[0], points[-1]
    if len(points) == 2 and first and last and (between or not several):
        if (first.year or 0) != (last.year or 0):
            yield Found(*found.span(), first, last)
        return
    for index, (ordinal, point) in enumerate(zip(ordinals, points, strict=True)):
        if point:
            end = found.end() if index == len(points) - 1 else offset + ordinal.end()
            yield Found(offset + ordinal.start(), end, point)


def _read_decade_of_century(found: re.Match[str]) -> Iterator[Found]:
    century = _century(found["century"], (found["era"] or "").startswith("B"))
    if century is None or century.year is None or century.before_christ:
        return
    rank = 10 if found["rank"].lower() in ("last", "final") else ORDINALS[found["rank"].lower()]
    if rank <= 10:
        yield Found(*found.span(), Point(century.year + 10 * (rank - 1), decade=True))


def _era_point(number: str, era: str, month: int | None = None, day: int | None = None) -> Point:
    before_christ = era.startswith("B")
    year = int(number) - before_christ
    return Point(year, month, day, before_christ=before_christ)


def _read_era(found: re.Match[str]) -> Iterator[Found]:
    if int(found["number"]):
        month = _month(found) if found["month"] else None
        day = int(found["day"]) if found["day"] else None
        yield Found(*found.span(), _era_point(found["number"], found["era"], month, day))


def _read_eras(found: re.Match[str]) -> Iterator[Found]:
    """An interval of two years with one era after them: "221–206 BC"."""
    first, last = (_era_point(found[name], found["era"]) for name in ("number", "last"))
    down = int(found["number"]) > int(found["last"])
    if down == first.before_christ and int(found["last"]):
        yield Found(*found.span(), first, last)


def _read_part_of_year(found: re.Match[str]) -> Iterator[Found]:
    """A quarter or half in digits: "Q3 2019", "H1 2020"."""
    number = int(re.sub(r"\D", "", found["part"]))
    base = 32 if "Q" in found["part"].upper() else 39
    yield Found(*found.span(), Point(int(found["year"]), base + number))


def _read_quarter(found: re.Match[str]) -> Iterator[Found]:
    """A quarter or half in words: "the third quarter of 2019"."""
    part = _part_of_year(found)
    if part:
        yield Found(*found.span(), Point(int(found["year"]), part))


def _read_named_day(found: re.Match[str]) -> Iterator[Found]:
    day = _NAMED_DAYS[re.sub(BLANK, " ", found["name"].lower()).replace("’", "'")]
    year = _year(found)
    if day is None:
        yield Found(*found.span(), Point(year), unread=MOVEABLE)
    else:
        yield Found(*found.span(), Point(year, *day))


def _read_in_that_year(found: re.Match[str]) -> Iterator[Found]:
    """A month or day of a relative year: "June of the same year", "3 May of the next year".

    "The same year" gives a date without a year, which then inherits its year.
    """
    month = _month(found) if found["month"] else _SEASONS[found["season"].lower()]
    number = found["day"] or found["day2"]
    day = int(number) if number else None
    step = _YEAR_STEPS[(found["which"] or "same").lower()]
    yield Found(*found.span(), Point(None, month, day), relative=step)


def _read_part_of_that_year(found: re.Match[str]) -> Iterator[Found]:
    """A quarter or half of a relative year: "the second quarter of that year"."""
    step = _YEAR_STEPS[(found["which"] or "same").lower()]
    part = _part_of_year(found)
    if part:
        yield Found(*found.span(), Point(None, part), relative=step)


def _part_of_year(found: re.Match[str]) -> int | None:
    """The EDTF code of a quarter or half in words; null if there is no such part."""
    rank, half = found["rank"].lower(), found["unit"].lower() == "half"
    last = 2 if half else 4
    number = last if rank in ("last", "final", "latter", "closing") else _RANKS.get(rank, 0)
    return (39 if half else 32) + number if 1 <= number <= last else None


def _unread(reason: str) -> Callable[[re.Match[str]], Iterator[Found]]:
    def read(found: re.Match[str]) -> Iterator[Found]:
        yield Found(*found.span(), Point(None), unread=reason)

    return read


def _form(name: str, pattern: str, read: Callable[[re.Match[str]], Iterator[Found]]) -> Form:
    return Form(name, re.compile(pattern), read)


_YEAR_STEPS: Final[dict[str, Relative | None]] = {
    "same": None, "very same": None, "following": "next-year", "next": "next-year",
    "subsequent": "next-year", "previous": "previous-year", "preceding": "previous-year",
}  # fmt: skip
_RANKS: Final = {
    "first": 1, "1st": 1, "opening": 1, "former": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3,
    "fourth": 4, "4th": 4,
}  # fmt: skip
_RANK = rf"(?P<rank>(?i:{any_of([*_RANKS, 'last', 'final', 'latter', 'closing'])}))"
_FISCAL = r"(?i:fiscal|financial|tax|budget|school|academic|crop|marketing)"
_SHORT_OR_YEAR = rf"(?:{YEAR}(?:[–−/-](?:{YEAR}|[0-9]{{2}}))?|['’]?[0-9]{{2}}(?:[–−/-][0-9]{{2}})?)"

# In "June 9 and 16 people" the 16 is a count. So after "and" a punctuation mark or a line end must
# follow the day. In "June 9-16" the 16 is always a day.
_DAYS_END = r"(?=[^\S\n]*(?:[,;:)]|\.?$|\.[^\S\n]))(?![^\S\n]*[–−-])"
_DAYS_TO = rf"(?:{_TO}{_DAY}{_ORDINAL}{_ENDS}|{_MORE_DAYS}{_DAYS_END})"
_OF_MONTH = rf"{_ORDINAL}{BLANK}(?:of{BLANK})?{MONTH}{_IN_YEAR}"
_WHEN = rf"\b(?:in|during|by|until|since|through|throughout|that){BLANK}(?:the{BLANK})?"
_THAT_YEAR = (
    rf"(?:,?{BLANK}(?:(?:of|in){BLANK})?|,)(?:the{BLANK}(?P<which>(?i:(?:very{BLANK})?same"
    rf"|following"
    rf"|next|subsequent|previous|preceding))|that(?:{BLANK}(?:very|same))*){BLANK}year(?!\w)"
)

FORMS: Final = (
    _form(
        "iso day",
        r"(?<![\w–-])[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9–-])",
        _read_iso,
    ),
    _form(
        "year first",
        rf"(?<![\w/.–-]){YEAR}(?P<sign>[/.])(?:0?[1-9]|1[0-2])(?P=sign){_DAY}(?![\w/–-]|[.][0-9])",
        _read_iso,
    ),
    _form(
        "numeric",
        r"(?<![\w/.–-])(?:[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})"
        r"|[0-9]{1,2}(?P<sign>[.–-])[0-9]{1,2}(?P=sign)[12][0-9]{3})(?![\w/–-]|[.][0-9])",
        _unread(NUMERIC),
    ),
    _form(
        "roman month",
        rf"(?<![\w/.–-])(?P<day>{_DAY})(?P<sign>[./-])(?P<roman>I{{1,3}}|I?V|VI{{1,3}}|I?X|XI{{1,2}})"
        rf"(?P=sign)(?P<year>{YEAR})(?![\w/–-]|[.][0-9])",
        _read_roman_month,
    ),
    _form(
        "eras",
        rf"(?<![\w.,–−-])(?P<number>[0-9]{{1,4}})(?:{DASH}|{BLANK}(?:to|until){BLANK})"
        rf"(?P<last>[0-9]{{1,4}})[^\S\n]?{_ERA}",
        _read_eras,
    ),
    _form(
        "era",
        rf"(?<![\w.,])(?<![0-9][–−-])(?:(?:(?P<day>{_DAY}){_ORDINAL}{BLANK}(?:of{BLANK})?)?"
        rf"{MONTH},?{BLANK})?(?P<number>[0-9]{{1,4}})[^\S\n]?{_ERA}",
        _read_era,
    ),
    _form(
        "era",
        r"(?<![\w.])(?P<month>(?!))?(?P<day>(?!))?(?P<era>A\.D\.|AD|CE)"
        rf"{BLANK}(?P<number>[0-9]{{1,4}}){_ENDS}",
        _read_era,
    ),
    _form(
        "fiscal",
        rf"(?<!\w)(?:{_RANK}{BLANK}quarter{BLANK}of{BLANK}(?:the{BLANK})?|Q[1-4]{BLANK}"
        rf"(?:of{BLANK})?)?"
        rf"(?:{_FISCAL}{BLANK}(?:(?i:years?){BLANK})?(?:ended{BLANK}|ending{BLANK}|of{BLANK}"
        rf"|in{BLANK})?"
        rf"|FYs?[^\S\n]?){_SHORT_OR_YEAR}(?![\w/–-])",
        _unread(FISCAL),
    ),
    _form(
        "fiscal",
        rf"(?<!\w){YEAR}(?:[–−/-](?:{YEAR}|[0-9]{{2}}))?(?:{BLANK}|-){_FISCAL}{BLANK}years?(?!\w)",
        _unread(FISCAL),
    ),
    _form(
        "fiscal",
        rf"(?<!\w)(?i:(?:(?:year|months|quarter|half){BLANK}(?:to|ended|ending|through)))"
        rf"{BLANK}(?:in{BLANK})?(?:(?:(?:the{BLANK})?(?:end{BLANK}of{BLANK})?{_DAY}?{_ORDINAL}"
        rf"{BLANK})?"
        rf"{MONTH}(?:{BLANK}{_DAY}{_ORDINAL})?,?{BLANK})(?P<year>{YEAR}){_ENDS}",
        _unread(FISCAL),
    ),
    _form(
        "decade of a century",
        rf"(?<!\w)(?P<rank>(?i:{ORDINAL_WORD}|last|final)){BLANK}decade{BLANK}of{BLANK}the{BLANK}"
        rf"(?P<century>{_NUMBERED})(?:{BLANK}|-)century(?!\w)(?:{BLANK}{_ERA})?",
        _read_decade_of_century,
    ),
    _form(
        "centuries",
        rf"(?<![\w.,])(?:(?<![–−-])|(?<=\b[Mm]id-)|(?<=\b[Ll]ate-)"
        rf"|(?<=\b[Ee]arly-))(?P<list>{_NUMBERED}(?:{_CENTURY_GAP}{_NUMBERED}){{0,8}})(?:{BLANK}|-)"
        rf"(?i:century|centuries)(?![\w]|-old)(?:['’]s(?!\w))?(?:{BLANK}{_ERA})?",
        _read_centuries,
    ),
    _form(
        "quarter",
        rf"(?<![\w-]){_RANK}(?:{BLANK}|-)(?P<unit>(?i:quarter|half))(?:{BLANK}of{BLANK}"
        rf"(?:the{BLANK}year{BLANK})?"
        rf"|{BLANK}in{BLANK}|{BLANK})(?P<year>{YEAR}){_YEAR_ENDS}",
        _read_quarter,
    ),
    _form(
        "part of a year",
        rf"(?<!\w)(?P<part>Q[1-4]|[1-4]Q|H[12]|[12]H)(?:{BLANK}(?:of{BLANK})?|/"
        rf"|-)?(?P<year>{YEAR}){_YEAR_ENDS}",
        _read_part_of_year,
    ),
    _form(
        "part of a year",
        rf"(?<!\w)(?P<year>{YEAR})[\s/-]?(?P<part>Q[1-4]|H[12])(?!\w)",
        _read_part_of_year,
    ),
    _form(
        "named day",
        rf"(?<![\w]){_NAMED}(?:,?{BLANK}(?:(?:of|in){BLANK})?)(?P<year>{YEAR}){_YEAR_ENDS}",
        _read_named_day,
    ),
    _form(
        "named day",
        rf"(?<!\w)(?<=\b[Oo]n[^\S\n]){_NAMED}(?!\w)(?P<year>(?!))?",
        _read_named_day,
    ),
    _form("days", rf"{_DAY_STARTS}(?P<days>{_DAY}{_ORDINAL}{_MORE_DAYS}){_OF_MONTH}", _read_days),
    _form("days", rf"{MONTH}{BLANK}(?P<days>{_DAY}{_ORDINAL}{_DAYS_TO}){_IN_YEAR}", _read_days),
    _form(
        "in that year",
        rf"(?:{_DAY_STARTS}(?P<day>{_DAY}){_ORDINAL}{BLANK}(?:of{BLANK})?)?(?:{MONTH}"
        rf"(?:{BLANK}(?P<day2>{_DAY}){_ORDINAL})?|(?<!\w){_SEASON}){_THAT_YEAR}",
        _read_in_that_year,
    ),
    _form(
        "part of that year",
        rf"(?<![\w-]){_RANK}(?:{BLANK}|-)(?P<unit>(?i:quarter|half)){BLANK}(?:of|in){BLANK}"
        rf"(?:the{BLANK}(?P<which>(?i:(?:very{BLANK})?same|following|next|subsequent|previous"
        rf"|preceding))|that(?:{BLANK}(?:very|same))*){BLANK}year(?!\w)",
        _read_part_of_that_year,
    ),
    _form("day", rf"{_DAY_STARTS}(?P<day>{_DAY}){_OF_MONTH}", _read_day),
    _form(
        "day",
        rf"{MONTH}{BLANK}(?:the{BLANK})?(?P<day>{_DAY}){_ORDINAL}{_ENDS}{_IN_YEAR}",
        _read_day,
    ),
    _form(
        "bare season",
        rf"(?i)(?<![\w-]){_SEASON}(?=(?:/|[–−-]|{BLANK}(?:and|or|to){BLANK})(?:(?:early|mid"
        rf"|late)[-\s])?"
        rf"(?:spring|summer|autumn|fall|winter)(?:{BLANK}of)?{BLANK}{YEAR})",
        _read_bare_season,
    ),
    _form(
        "season",
        rf"(?<!\w){_SEASON}(?:{BLANK}of|,)?{BLANK}(?P<year>{YEAR})"
        rf"(?:[–/-](?P<short>[0-9]{{2}}))?{_YEAR_ENDS}",
        _read_season,
    ),
    _form("month", rf"{MONTH}(?:{BLANK}of|,)?{BLANK}(?P<year>{YEAR}){_YEAR_ENDS}", _read_month),
    _form(
        "decades",
        rf"{_STARTS}(?P<one>(?P<year>(?:1[0-9]|20)[0-9]0)['’]?s)(?!\w)"
        rf"(?:{DASH}|/|{BLANK}to{BLANK}(?:the{BLANK})?|(?P<and>,?{BLANK}(?:and|or|&){BLANK}"
        rf"(?:the{BLANK})?(?:early|mid|late)?[-\s]?))"
        r"(?P<other>['’‘]?(?P<last>(?:1[0-9]|20)?[0-9]0)s)(?!\w)",
        _read_decades,
    ),
    _form(
        "years",
        rf"{_STARTS}(?P<year>{YEAR})(?:{DASH}(?=[0-9]{{4}})|[/–−-])"
        rf"(?P<last>{YEAR}|[0-9]{{1,2}}){_YEAR_ENDS}",
        _read_years,
    ),
    _form("iso month", r"(?<![\w–-])[0-9]{4}-(?:0[1-9]|1[0-2])(?![\w–-])", _read_iso),
    _form(
        "decade", rf"(?:{_STARTS}|(?<=s/))(?P<year>(?:1[0-9]|20)[0-9]0)['’]?s(?!\w)", _read_decade
    ),
    _form("decade", r"(?<=\bthe[^\S\n])(?P<year>[1-9]00)s(?!\w)", _read_decade),
    _form(
        "short decade",
        r"(?<![\w$£€¥])(?:['’‘][0-9]0s|(?<=\b[Tt]he[^\S\n])[0-9]0s"
        r"|(?<=\b[Tt]he[^\S\n])(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties"
        r"|nineties))(?!\w)",
        _unread(SHORT_YEAR),
    ),
    _form("short year", r"(?<![\w.,])['’‘][0-9]{2}(?![\w%]|[.,][0-9])", _unread(SHORT_YEAR)),
    _form("year", rf"{_STARTS}(?P<year>{YEAR}){_YEAR_ENDS}", _read_year),
    _form("bare month", MONTH, _read_bare_month),
    _form(
        "bare season",
        rf"(?i){_WHEN}(?:(?:early|mid|late)[-\s])?{_SEASON}(?!{BLANK}of\b)",
        _read_bare_season,
    ),
)
"""All forms, in the order of the search. A later form does not see text that an earlier one read.
"""
