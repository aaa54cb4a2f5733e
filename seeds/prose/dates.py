"""Finds the date expressions in English prose, as EDTF with the words that carry it.

A date inherits its year by one rule: from the nearest date before it, in the same section, that
states a single year itself (`year_context`, `in_context`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from seeds.prose.date_anaphors import ANAPHORS
from seeds.prose.date_context import between, closed, in_context, interval, opened, year_context
from seeds.prose.date_forms import DASH, FORMS, Form, Found
from seeds.prose.date_lookalikes import is_bare_month, is_no_name, is_unlabelled, is_year
from seeds.prose.date_mention import Bound, DateMention, Modifier, Point, edtf_of
from seeds.prose.number_context import BLANK, is_topic

__all__ = [
    "DateMention", "Point", "between", "closed", "edtf_of", "find_dates", "in_context", "interval",
    "opened", "year_context",
]  # fmt: skip

_PART = re.compile(
    rf"(?i)(?<![\w-])(?:(?P<part>early|mid|late)(?:-|{BLANK}(?:in{BLANK})?)"
    rf"|(?P<of>beginning|start|middle|end|close){BLANK}of{BLANK})(?P<the>the{BLANK})?\Z"
)
_PART_OF = re.compile(rf"(?i)(?:beginning|start|middle|end|close){BLANK}of{BLANK}")
_PARTS: Final[dict[str, Modifier]] = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "end", "close": "end",
}  # fmt: skip
_ABOUT = re.compile(
    rf"(?i)(?<![\w-])(?:(?:about|around|approximately|roughly|circa|ca\.){BLANK}|c\.[^\S\n]*|~)"
    rf"(?P<the>the{BLANK})?\Z"
)
_BOUND = re.compile(
    rf"(?i)(?<![\w-])(?:(?P<word>by|as of|as at|since|until|till|up to|through|before|prior to"
    rf"|after){BLANK}(?:at least{BLANK})?(?P<the>the{BLANK})?|(?P<prefix>pre|post)-)\Z"
)
_BOUNDS: Final[dict[str, Bound]] = {
    "since": "since", "until": "until", "till": "until", "up to": "until", "through": "until",
    "before": "before", "prior to": "before", "pre": "before", "after": "after", "post": "after",
}  # fmt: skip
_FROM = re.compile(rf"(?i)(?<![\w-])(?P<word>from|between){BLANK}(?P<the>the{BLANK})?\Z")
_ONWARDS = re.compile(
    rf"{BLANK}(?:on(?=[^\S\n]*(?:[,.;]|$))|(?P<open>onwards?\b))"
    rf"|(?P<present>(?:{DASH}|{BLANK}(?:to|until){BLANK}(?:the{BLANK})?)present\b)"
)
_MOVED = re.compile(
    rf"(?i)\b(?:postpone|move|delay|defer|reschedule|shift|push)\w*{BLANK}(?:\w+{BLANK})*\Z"
)
_TO = re.compile(rf"{DASH}|{BLANK}(?P<word>to|until|till|through|and){BLANK}(?:the{BLANK})?")
_AND = re.compile(rf",?{BLANK}(?:and|or|&){BLANK}(?:(?:on|in){BLANK})?|,{BLANK}")


def find_dates(text: str) -> list[DateMention]:
    """All date expressions, in order, none overlapping; offsets are code points into `text`."""
    found = sorted(_find_forms(text), key=lambda each: each.start)
    dates = [
        DateMention(each.start, each.end, "", each.first, each.last, relative=each.relative)
        for each in found
    ]
    dates = [_with_part(text, floor, date) for floor, date in _with_floors(dates)]
    dates = _share_years(text, _join(text, dates))
    return [_with_bound(text, floor, date) for floor, date in _with_floors(dates)]


def _find_forms(text: str) -> Iterator[Found]:
    unread = text
    for form in (*FORMS, *ANAPHORS):
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
        case "years" | "decade":
            return is_unlabelled(text, start)
        case "month" | "season":
            return is_no_name(text, start, match[form.name])
        case "bare month":
            return is_bare_month(text, start, end)
        case _:
            return True


def _with_floors(dates: list[DateMention]) -> Iterator[tuple[int, DateMention]]:
    """Each date with the offset before which its words cannot begin: where the last one ended."""
    ends = [0, *(date.end for date in dates)]
    return zip(ends, dates, strict=False)


def _takes_article(text: str, date: DateMention) -> bool:
    """Whether "the" before the date is its own ("the early 1990s", "the end of 2006"), not that of
    a later noun ("the early 2019 protests")."""
    own = date.precision in ("decade", "season")
    return own or _PART_OF.match(text, date.start) is not None


def _with_part(text: str, floor: int, date: DateMention) -> DateMention:
    """The date with "early", "end of" and "about" before it."""
    if date.relative:
        return date
    part = _PART.search(text, max(floor, date.start - 24), date.start)
    if part and date.precision != "day" and (not part["the"] or _takes_article(text, date)):
        modifier = _PARTS[(part["part"] or part["of"]).lower()]
        date = replace(date, start=part.start(), modifier=modifier)
    about = _ABOUT.search(text, max(floor, date.start - 24), date.start)
    if not about or (about["the"] and not _takes_article(text, date)):
        return date
    if is_topic(text, about.start("the") if about["the"] else about.end()):
        return date
    return replace(date, start=about.start(), first=replace(date.first, approximate=True))


def _join(text: str, dates: Iterable[DateMention]) -> list[DateMention]:
    """The dates, with pairs such as "from 2014 to 2016" made intervals."""
    joined: list[DateMention] = []
    for date in dates:
        both = _interval(text, joined[-1], date) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(date)
    return joined


def _interval(text: str, start: DateMention, end: DateMention) -> DateMention | None:
    gap = _TO.fullmatch(text, start.end, end.start)
    simple = not any(date.last or date.relative or date.bound for date in (start, end))
    if not gap or not simple:
        return None
    lead = _FROM.search(text, max(0, start.start - 16), start.start)
    lead_word = lead["word"].lower() if lead else None
    match gap["word"]:
        case "and":
            fits = lead_word == "between"
        case "until" | "till":
            fits = lead_word == "from"
        case "to" | "through":
            fits = lead_word == "from" or start.precision == end.precision
        case _:
            fits = True
    moved = lead and _MOVED.search(text, max(0, lead.start() - 48), lead.start())
    points = _common_year(start.first, end.first) if fits and not moved else None
    if not points:
        return None
    modifier = start.modifier if start.modifier == end.modifier else None
    return replace(start, end=end.end, first=points[0], last=points[1], modifier=modifier)


def _common_year(first: Point, last: Point) -> tuple[Point, Point] | None:
    """Both ends with the year that one of them states; null where they make no interval."""
    if first.year is None and last.year is not None:
        if first.precision != last.precision:
            return None
        first = replace(first, year=last.year)
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


def _share_years(text: str, dates: list[DateMention]) -> list[DateMention]:
    """In "June 9 and July 1, 2019" the year is said of both."""
    for index in range(len(dates) - 2, -1, -1):
        date, following = dates[index], dates[index + 1]
        lacking = date.year is None and not date.relative and date.precision == following.precision
        if lacking and following.year and _AND.fullmatch(text, date.end, following.start):
            dates[index] = date.in_year(following.year)
    return dates


def _with_bound(text: str, floor: int, date: DateMention) -> DateMention:
    """The date with what bounds it: "since", "by", "from .. on"; and with its words."""
    lead = _FROM.search(text, max(floor, date.start - 16), date.start)
    onwards = None if date.last else _ONWARDS.match(text, date.end)
    own_lead = lead and (not lead["the"] or _takes_article(text, date))
    if onwards and (own_lead or onwards["open"] or onwards["present"]):
        date = replace(date, end=onwards.end(), bound="since")
    if own_lead and lead and (date.last or onwards):
        date = replace(date, start=lead.start())
    else:
        date = _bounded(text, floor, date)
    return replace(date, text=text[date.start : date.end])


def _bounded(text: str, floor: int, date: DateMention) -> DateMention:
    found = _BOUND.search(text, max(floor, date.start - 32), date.start)
    if not found or (found["the"] and not _takes_article(text, date)):
        return date
    word = (found["word"] or found["prefix"]).lower()
    if word in _BOUNDS:
        return replace(date, start=found.start(), bound=_BOUNDS[word])
    return replace(date, start=found.start(), modifier="by" if word == "by" else "as-of")
