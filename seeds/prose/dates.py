"""Finds the date expressions in English prose: their words and their EDTF.

A date without a year inherits the year of the nearest earlier date in the same section that states
a single year (`year_context`, `in_context`). If that year may be wrong, it inherits no year. If a
form matches words but cannot read them, the mention has `unread`, so that no code reads a part of
these words as a date.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from seeds.prose.date_affixes import FROM, with_bound, with_part
from seeds.prose.date_anaphors import ANAPHORS, DEICTICS
from seeds.prose.date_context import between, closed, in_context, interval, opened, year_context
from seeds.prose.date_forms import DASH, FORMS, SHORT_YEAR, Form, Found
from seeds.prose.date_habits import YEARLY, is_yearly
from seeds.prose.date_lookalikes import is_bare_month, is_no_name, is_unlabelled, is_year
from seeds.prose.date_mention import DateMention, Point, edtf_of
from seeds.prose.line_ends import unwrapped
from seeds.prose.number_grammar import BLANK

__all__ = [
    "DateMention", "Point", "between", "closed", "edtf_of", "find_dates", "in_context", "interval",
    "opened", "year_context",
]  # fmt: skip

_STARTING = re.compile(
    rf"(?i)(?<![\w-])(?:in|on|at|since|starting|beginning|from|between)(?:{BLANK}(?:in"
    rf"|on))?{BLANK}\Z"
)
_MOVED = re.compile(
    rf"(?i)\b(?:postpone|move|delay|defer|reschedule|shift|push|adjourn|put{BLANK}off)\w*{BLANK}"
    rf"(?:\w+{BLANK})*\Z"
)
_TO = re.compile(
    rf"{DASH}|{BLANK}(?P<word>to|until|till|through|and){BLANK}(?:the{BLANK})?|(?P<slash>/)"
)
_AND = re.compile(rf",?{BLANK}(?:and|or|&){BLANK}(?:(?:on|in){BLANK})?(?:the{BLANK})?|,{BLANK}|/")
_SHORT_GAP = re.compile(rf",?(?:{BLANK})?(?:of{BLANK})?")
_SHORT = re.compile(r"['’‘]?([0-9]0)s\Z")
_SHORT_JOIN = re.compile(
    rf"{DASH}|/|,{BLANK}(?:and{BLANK})?(?:the{BLANK})?|{BLANK}(?:and|or|to|&){BLANK}(?:the{BLANK})?"
)
_ADVERBIAL = re.compile(
    rf"(?i)(?:\b(?:in|during|throughout|for|on|around|about|of{BLANK}(?:january|february|march"
    rf"|april|may|june"
    rf"|july|august|september|october|november|december)|and|or){BLANK}(?:the{BLANK}year{BLANK}"
    rf")?|[.!?(\n“\"]\s*|\A)\Z"
)
PERIODS: Final = "a period between two periods is not read"
PARTS_OF_YEARS: Final = "EDTF has no period between two quarters or halves of years"
_UNCLEAR: Final = "the year of the words beside it is not clear"


def find_dates(text: str) -> list[DateMention]:
    """All date expressions, in order, without overlaps. Offsets are code points in `text`."""
    text = unwrapped(text)
    found = sorted(_find_forms(text), key=lambda each: each.start)
    dates = [
        DateMention(
            each.start, each.end, "", each.first, each.last,
            relative=each.relative, unread=each.unread,
        )
        for each in found
    ]  # fmt: skip
    dates = _merge_short_years(text, dates)
    dates = [with_part(text, floor, date) for floor, date in _with_floors(dates)]
    dates = _share_years(text, _join(text, dates))
    ceilings = [*(date.start for date in dates[1:]), len(text) + 1][: len(dates)]
    dates = [
        with_bound(text, floor, ceiling, date)
        for (floor, date), ceiling in zip(_with_floors(dates), ceilings, strict=True)
    ]
    return [_finished(text, date) for date in dates]


def _finished(text: str, date: DateMention) -> DateMention:
    """The date with its text and `describes`. A date of every year becomes unread."""
    date = replace(date, text=text[date.start : date.end])
    if date.unread or date.relative:
        return date
    if date.first.year is None:
        yearly = is_yearly(text, date.start, date.end)
        return replace(date, unread=YEARLY) if yearly else date
    plain = date.precision == "year" and not (date.last or date.modifier or date.bound)
    adverbial = _ADVERBIAL.search(text, max(0, date.start - 24), date.start)
    return replace(date, describes=plain and adverbial is None)


def _find_forms(text: str) -> Iterator[Found]:
    unread = text
    for form in (*DEICTICS, *FORMS, *ANAPHORS):
        rest: list[str] = []
        position = 0
        for match in form.pattern.finditer(unread):
            for found in form.read(match) if _is_date(text, form, match) else ():
                rest += unread[position : found.start], "\0" * (found.end - found.start)
                position = found.end
                yield found
        unread = "".join((*rest, unread[position:]))


def _is_date(text: str, form: Form, match: re.Match[str]) -> bool:
    start, end = match.span()
    match form.name:
        case "year":
            return is_year(text, start, end)
        case "years" | "decade" | "decades":
            return is_unlabelled(text, start)
        case "month" | "season":
            return is_no_name(text, start, match[form.name])
        case "bare month":
            return is_bare_month(text, start, end)
        case _:
            return True


def _with_floors(dates: list[DateMention]) -> Iterator[tuple[int, DateMention]]:
    """Each date with its floor, the end of the previous date. Its words cannot start before it."""
    ends = [0, *(date.end for date in dates)]
    return zip(ends, dates, strict=False)


def _merge_short_years(text: str, dates: list[DateMention]) -> list[DateMention]:
    """Merge short years into the date before them.

    "July '97" becomes one unread date. "'90s" after "the 1980s" becomes a decade.
    """
    merged: list[DateMention] = []
    for date in dates:
        last = merged[-1] if merged else None
        if last is None or date.unread != SHORT_YEAR:
            merged.append(date)
            continue
        decade = _SHORT.search(text[date.start : date.end])
        lacks_year = last.first.year is None and last.first.month is not None and not last.unread
        if lacks_year and _SHORT_GAP.fullmatch(text, last.end, date.start):
            merged[-1] = replace(last, end=date.end, unread=SHORT_YEAR)
        elif (
            decade
            and last.first.decade
            and not last.last
            and not last.unread
            and (gap := _SHORT_JOIN.fullmatch(text, last.end, date.start))
        ):
            year = (last.first.year or 0) // 100 * 100 + int(decade[1])
            point = Point(year, decade=True)
            if year <= (last.first.year or 0):
                merged.append(date)
            elif re.search(r"and|or|,|&", gap[0]):
                merged.append(replace(date, first=point, unread=None))
            else:
                merged[-1] = replace(last, end=date.end, last=point)
        else:
            merged.append(date)
    return merged


def _join(text: str, dates: Iterable[DateMention]) -> list[DateMention]:
    """The dates. Pairs such as "from 2014 to 2016" become intervals."""
    joined: list[DateMention] = []
    for date in dates:
        both = _interval(text, joined[-1], date) if joined else None
        if both:
            joined[-1] = both
            continue
        if joined and _is_cut_off(text, joined[-1], date):
            joined[-1] = replace(joined[-1], unread=_UNCLEAR)
        joined.append(date)
    return joined


def _is_cut_off(text: str, start: DateMention, end: DateMention) -> bool:
    """Whether the dates look like a period that `_interval` refused: only the end has a year."""
    gap = _TO.fullmatch(text, start.end, end.start)
    if not gap or gap["slash"] or gap["word"] == "and" or start.unread or start.relative:
        return False
    return start.year is None and end.year is not None


def _interval(text: str, start: DateMention, end: DateMention) -> DateMention | None:
    gap = _TO.fullmatch(text, start.end, end.start)
    lead = FROM.search(text, max(0, start.start - 16), start.start)
    if gap and lead and (start.last or end.last) and not (start.unread or end.unread):
        return replace(start, end=end.end, unread=PERIODS)
    simple = not any(
        date.last or date.relative or date.bound or date.unread for date in (start, end)
    )
    if not gap or not simple:
        return None
    both = (start.first, end.first)
    lead_word = lead["word"].lower() if lead else None
    starting = _STARTING.search(text, max(0, start.start - 24), start.start)
    match gap["word"]:
        case "and":
            fits = lead_word == "between"
        case "until" | "till":
            fits = lead_word == "from" or starting is not None
        case "to" | "through":
            fits = starting is not None or start.precision == end.precision
        case _:
            fits = not gap["slash"] or (start.precision in ("decade", "century"))
    moved = starting and _MOVED.search(text, max(0, starting.start() - 48), starting.start())
    if not fits or moved:
        return None
    if any(point.precision == "season" and (point.month or 0) > 24 for point in both):
        return replace(start, end=end.end, unread=PARTS_OF_YEARS)
    points = _common_year(start.first, end.first)
    if not points:
        return None
    modifier = start.modifier if start.modifier == end.modifier else None
    begins = starting.start() if starting and _begins_period(starting[0]) else start.start
    return replace(
        start, start=begins, end=end.end, first=points[0], last=points[1], modifier=modifier
    )


def _begins_period(words: str) -> bool:
    return words.lower().split()[0] in ("starting", "beginning", "since")


def _common_year(first: Point, last: Point) -> tuple[Point, Point] | None:
    """Both ends of an interval, with the year that one end states; null if it is no interval."""
    if first.year is None and last.year is not None:
        months = first.month is not None and last.month is not None
        year = _year_before(first, last) if months else None
        if year is None:
            return None
        first = replace(first, year=year)
    elif last.year is None and first.month is not None:
        last = replace(last, year=first.year)
    if first.year is None:
        ordered = (first.month or 0, first.day or 0) < (last.month or 0, last.day or 0)
        return (first, last) if ordered else None
    try:
        edtf_of(first, last)
    except ValueError:
        return None
    return first, last


def _year_before(first: Point, last: Point) -> int | None:
    """The year of `first`, which has no year and comes before `last`, which has one.

    It is the same year, or the previous year if the dates cross a new year ("31 December and
    1 January 2002"). It is null if the year is not clear ("June and March 2002").
    """
    if last.year is None or not last.states_year:
        return None
    if (first.month or 0, first.day or 0) <= (last.month or 0, last.day or 0):
        return last.year
    crosses = (first.month or 0) - (last.month or 0) > 6 and (first.month or 0) <= 12
    return last.year - 1 if crosses else None


def _share_years(text: str, dates: list[DateMention]) -> list[DateMention]:
    """Give a date without a year the year of the next date: "June 9 and July 1, 2019"."""
    for index in range(len(dates) - 2, -1, -1):
        date, following = dates[index], dates[index + 1]
        lacking = (
            date.year is None
            and not date.relative
            and not date.unread
            and date.precision == following.precision
        )
        if not lacking or not _AND.fullmatch(text, date.end, following.start):
            continue
        if following.unread == SHORT_YEAR or following.unread == _UNCLEAR:
            dates[index] = replace(date, unread=following.unread)
        elif following.year:
            year = _year_before(date.last or date.first, following.first)
            dates[index] = date.in_year(year) if year else replace(date, unread=_UNCLEAR)
    return dates
