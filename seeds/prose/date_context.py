"""What a context adds to a date: the year it inherits, the day it points back to, its other end."""

from collections.abc import Sequence

from app.edtf.calendar import from_sort_key
from app.edtf.dates import Edtf, parse_edtf
from seeds.prose.date_anaphors import resolve
from seeds.prose.date_mention import DateMention, Point, edtf_of


def year_context(mentions: Sequence[DateMention], index: int, start: int = 0) -> DateMention | None:
    """The mention that gives its year to `mentions[index]`: the nearest before it that states one.

    `start` is where the section begins; nothing before it counts. Decades and intervals over
    several years state no year.
    """
    for mention in reversed(mentions[:index]):
        if mention.start < start:
            return None
        if _states_a_year(mention):
            return mention
    return None


def in_context(mention: DateMention, context: DateMention | Edtf) -> str:
    """The EDTF of a mention, with the year, or the date it points back to, from its context.

    Raises `ValueError` if the context is too coarse, and `EdtfError` (which is one) if the calendar
    has no such date.
    """
    point = context.first if isinstance(context, DateMention) else _first_point(context)
    if mention.relative:
        return edtf_of(resolve(mention.relative, point), None, mention.modifier)
    if mention.first.year is None:
        several = isinstance(context, DateMention) and not _states_a_year(context)
        if point.year is None or point.decade or several:
            raise ValueError(f"{mention.text!r} needs a context that states one year")
        mention = mention.in_year(point.year)
    return edtf_of(mention.first, mention.last, mention.modifier)


def opened(edtf: str) -> str:
    """The period that a date opens, `A/..`; raises `EdtfError` unless it is a single date."""
    return parse_edtf(f"{edtf}/..").text


def closed(edtf: str) -> str:
    """The period that a date closes, `../B`; raises `EdtfError` unless it is a single date."""
    return parse_edtf(f"../{edtf}").text


def between(start: str, by: str) -> str:
    """The set `[A..B]` of a date and a set `[..B]`; raises `EdtfError` if B is before A."""
    return parse_edtf(by.replace("[..", f"[{start}..")).text


def interval(start: str, end: str) -> str:
    """The interval `A/B` of two dates; raises `EdtfError` if it is reversed."""
    return parse_edtf(f"{start}/{end}").text


def _states_a_year(mention: DateMention) -> bool:
    ends = {mention.first.year, (mention.last or mention.first).year}
    return len(ends) == 1 and None not in ends and not mention.first.decade


def _first_point(edtf: Edtf) -> Point:
    """The first date of an EDTF, or the only one."""
    start = from_sort_key(edtf.sort_key)
    month, day = int(start[-5:-3]) or None, int(start[-2:]) or None
    several_years = edtf.precision in ("decade", "century")
    return Point(int(start[:-6]), month, day, decade=several_years)
