"""Completes a date by its context: an inherited year, the day that it refers to, its other end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.edtf.calendar import from_sort_key
from app.edtf.dates import Edtf, parse_edtf
from seeds.prose.date_anaphors import resolve
from seeds.prose.date_forms import STEPS
from seeds.prose.date_mention import DateMention, Point, edtf_of

_NEAR: Final = 400
"""Distance in characters. Within it, a later date can contradict the inherited year of a date."""
_YEARS = re.compile(r"(?i)\b(?:year|decade|centur)")
_SEVERAL_YEARS: Final = ("decade", "century")


def year_context(mentions: Sequence[DateMention], index: int, start: int = 0) -> DateMention | None:
    """The mention that gives its year to `mentions[index]`: the nearest earlier one with a year.

    The search stops at `start`, the offset of the section. Decades and intervals over several years
    do not state a year. The result is null if there is no such mention, or if its year is not safe:

    - the nearest mention only describes a noun ("the handover of 1997"), and no earlier date
      confirms its year;
    - a new year may have begun between the two dates;
    - the dates that follow contradict the year.
    """
    mention = mentions[index]
    before = _stating(mentions, index, start)
    context = next(before, None)
    if context is None or mention.unread or context.first.before_christ:
        return None
    if context.describes and not _is_confirmed(context, before):
        return None
    if not mention.relative and (
        _may_have_turned(context, mention) or _is_contradicted(context, mentions, index)
    ):
        return None
    return context


def _stating(mentions: Sequence[DateMention], index: int, start: int) -> Iterator[DateMention]:
    for rank in range(index - 1, -1, -1):
        if mentions[rank].start < start or _changes_year(mentions[rank]):
            return
        if mentions[rank].states_year:
            yield mentions[rank]


def _changes_year(mention: DateMention) -> bool:
    """Whether the words move the story to another year: "the next year", "Thirteen years later"."""
    if mention.relative:
        return mention.relative in ("next-year", "previous-year")
    return mention.unread == STEPS and _YEARS.search(mention.text) is not None


def _is_confirmed(context: DateMention, before: Iterator[DateMention]) -> bool:
    """Whether an earlier date confirms the year: the last one that does not describe a noun."""
    story = next((mention for mention in before if not mention.describes), None)
    return story is not None and story.year == context.year


def _may_have_turned(context: DateMention, mention: DateMention) -> bool:
    """Whether a new year may have begun between the two dates: "December 2019", "3 January"."""
    month, following = (context.last or context.first).month, mention.first.month
    if month is None or following is None or max(month, following) > 12:
        return False
    return month - following > 6


def _is_contradicted(context: DateMention, mentions: Sequence[DateMention], index: int) -> bool:
    """Whether a date soon after the mention contradicts the year that it would inherit.

    This is so if the context is a bare year, and the later date has another year and the same month
    (or any later month, if the years differ by more than one).
    """
    mention = mentions[index]
    if context.first.month is not None or mention.first.month is None:
        return False
    for other in mentions[index + 1 : index + 4]:
        if other.start - mention.end > _NEAR:
            return False
        if other.states_year and other.first.month is not None and other.year != context.year:
            same = other.first.month == mention.first.month
            far = abs((other.year or 0) - (context.year or 0)) > 1
            return same or (far and other.first.month >= mention.first.month)
    return False


def in_context(mention: DateMention, context: DateMention | Edtf) -> str:
    """The EDTF of a mention. The context gives the year, or the date that the mention refers to.

    Raises `ValueError` if the mention is unread or the context is not precise enough, and
    `EdtfError` (a `ValueError`) if the calendar has no such date.
    """
    if mention.unread:
        raise ValueError(f"{mention.text!r}: {mention.unread}")
    point = context.first if isinstance(context, DateMention) else _first_point(context)
    if mention.relative:
        first = mention.first if mention.first.month else None
        return edtf_of(resolve(mention.relative, point, first), None, mention.modifier)
    if mention.first.year is None:
        several = isinstance(context, DateMention) and not context.states_year
        if point.year is None or not point.states_year or point.before_christ or several:
            raise ValueError(f"{mention.text!r} needs a context that states one year")
        mention = mention.in_year(point.year)
    return edtf_of(mention.first, mention.last, mention.modifier)


def opened(edtf: str) -> str:
    """The period that starts at a date, `A/..`. Raises `EdtfError` unless it is a single date."""
    return parse_edtf(f"{edtf}/..").text


def closed(edtf: str) -> str:
    """The period that ends at a date, `../B`. Raises `EdtfError` unless it is a single date."""
    return parse_edtf(f"../{edtf}").text


def between(start: str, by: str) -> str:
    """The set `[A..B]` from a date A and a set `[..B]`. Raises `EdtfError` if B is before A."""
    return parse_edtf(by.replace("[..", f"[{start}..")).text


def interval(start: str, end: str) -> str:
    """The interval `A/B` from two dates. Raises `EdtfError` if B is before A."""
    return parse_edtf(f"{start}/{end}").text


def _first_point(edtf: Edtf) -> Point:
    """The first date of an EDTF (its only date if it is not an interval).

    A season, quarter or half becomes a date without a month, because it does not state one.
    """
    start = from_sort_key(edtf.sort_key)
    year = int(start[:-6])
    point = Point(abs(year), before_christ=year < 0, decade=edtf.precision in _SEVERAL_YEARS)
    if edtf.precision not in ("day", "month"):
        return point
    return replace(point, month=int(start[-5:-3]), day=int(start[-2:]) or None)
