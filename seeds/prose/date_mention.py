"""What a date expression in prose says: its parts, how they are bounded, and its EDTF."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from app.edtf.dates import EdtfError, Precision, parse_edtf

Modifier = Literal["early", "mid", "late", "end", "by", "as-of"]
Bound = Literal["since", "until", "before", "after"]
Relative = Literal[
    "same-day", "same-month", "same-year",
    "next-day", "next-month", "next-year",
    "previous-day", "previous-month", "previous-year",
]  # fmt: skip

_COARSENESS: Final[tuple[Precision, ...]] = ("day", "month", "season", "year", "decade")
_UNITS: Final[dict[str, Precision]] = {"day": "day", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Point:
    """One date as far as the words give it; month 21 to 24 is a season, as in EDTF."""

    year: int | None
    month: int | None = None
    day: int | None = None
    decade: bool = False
    approximate: bool = False

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month" if self.month <= 12 else "season"
        return "decade" if self.decade else "year"

    @property
    def edtf(self) -> str | None:
        """Its EDTF, whether or not the calendar has such a day; null without a year."""
        if self.year is None:
            return None
        text = f"{self.year // 10:03}X" if self.decade else f"{self.year:04}"
        for part in (self.month, self.day):
            text += "" if part is None else f"-{part:02}"
        return text + "~" * self.approximate


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression; `text[start:end]` are its words, with those that change its meaning.

    In the span are by, as of, since, until, before, after, about, early, mid-, late, end of, and
    from..to, between..and; not in, on, at, during, of. A preposition that governs a noun which the
    year only describes ("since the 1997 handover") is not in the span and bounds nothing.
    """

    start: int
    end: int
    text: str
    first: Point
    last: Point | None = None
    """The end of an interval; null for a single date."""
    modifier: Modifier | None = None
    bound: Bound | None = None
    """The date opens (since, after) or closes (until, before) a period; `edtf` is the date."""
    relative: Relative | None = None
    """An anaphoric expression ("the same day"), which needs a context."""

    @property
    def year(self) -> int | None:
        return self.first.year

    @property
    def month(self) -> int | None:
        return self.first.month

    @property
    def day(self) -> int | None:
        return self.first.day

    @property
    def precision(self) -> Precision:
        """Of an interval, the coarser of its ends."""
        if self.relative:
            return _UNITS[self.relative.partition("-")[2]]
        ends = [self.first, self.last or self.first]
        return _COARSENESS[max(_COARSENESS.index(point.precision) for point in ends)]

    @property
    def qualifier(self) -> Literal["approximate"] | None:
        points = [self.first, self.last or self.first]
        return "approximate" if any(point.approximate for point in points) else None

    @property
    def edtf(self) -> str | None:
        """Its EDTF; null when it needs a context, or when the calendar has no such day."""
        if self.relative or self.first.year is None:
            return None
        try:
            return edtf_of(self.first, self.last, self.modifier)
        except EdtfError:
            return None

    def in_year(self, year: int) -> "DateMention":
        """The same words, with the year that their context gives to what states none."""
        first = replace(self.first, year=self.first.year or year)
        last = self.last and replace(self.last, year=self.last.year or year)
        return replace(self, first=first, last=last)


def edtf_of(first: Point, last: Point | None = None, modifier: Modifier | None = None) -> str:
    """The EDTF of a date or interval; "by" makes it one day on or before.

    Early, mid, late and end keep the coarse date. Raises `EdtfError` for what the calendar does not
    have, and for an interval that ends before it starts.
    """
    end = last or first
    if first.edtf is None or end.edtf is None:
        raise ValueError("a date without a year has no EDTF: read it in a context")
    if modifier == "by":
        text = f"[..{end.edtf}]"
    else:
        text = f"{first.edtf}/{end.edtf}" if last else first.edtf
    return parse_edtf(text).text
