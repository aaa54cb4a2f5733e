"""The meaning of a date expression in prose: its parts, its bounds and its EDTF."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from app.edtf.dates import parse_edtf

Precision = Literal["day", "month", "season", "year", "decade", "century"]
Modifier = Literal["early", "mid", "late", "end", "by", "as-of"]
Bound = Literal["since", "until", "before", "after", "on-or-after"]
Relative = Literal[
    "same-day", "same-month", "same-year",
    "next-day", "next-month", "next-year",
    "previous-day", "previous-month", "previous-year",
]  # fmt: skip

_COARSENESS: Final[tuple[Precision, ...]] = ("day", "month", "season", "year", "decade", "century")
_UNITS: Final[dict[str, Precision]] = {"day": "day", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Point:
    """One date with the parts that the words state.

    A month from 21 to 41 is a part of a year, as in EDTF.
    """

    year: int | None
    """The year in EDTF. For a decade or century, its first year. If `before_christ` is true, the
    absolute value of the year."""
    month: int | None = None
    day: int | None = None
    decade: bool = False
    approximate: bool = False
    century: bool = False
    before_christ: bool = False
    uncertain: bool = False

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month" if self.month <= 12 else "season"
        return "century" if self.century else "decade" if self.decade else "year"

    @property
    def states_year(self) -> bool:
        """Whether the date lies in one year that the words state."""
        return self.year is not None and not self.decade and not self.century

    @property
    def edtf(self) -> str | None:
        """The EDTF; null without a year. It is not checked that the calendar has such a day."""
        if self.year is None:
            return None
        if self.century:
            text = f"{self.year // 100:02}XX"
        elif self.decade:
            text = f"{self.year // 10:03}X"
        else:
            text = f"{self.year:04}"
        if self.before_christ and (self.year or self.century):
            text = f"-{text}"
        for part in (self.month, self.day):
            text += "" if part is None else f"-{part:02}"
        return (
            text
            + ("%" if self.approximate else "?") * self.uncertain
            + ("~" * (self.approximate and not self.uncertain))
        )


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression. `text[start:end]` are its words and the words that change its meaning.

    The span includes by, as of, since, until, before, after, about, early, mid-, late, end of,
    from..to and between..and. It does not include in, on, at, during, of. If the year only
    describes a noun ("since the 1997 handover"), the preposition belongs to the noun. Then it is
    outside the span and is not a bound. In `text` line ends are replaced by blanks.
    """

    start: int
    end: int
    text: str
    first: Point
    last: Point | None = None
    """The end of an interval; null for a single date."""
    modifier: Modifier | None = None
    bound: Bound | None = None
    """The date is the start (since, after) or the end (until, before) of a period. `edtf` is the
    date without the bound."""
    relative: Relative | None = None
    """Set for an anaphoric expression ("the same day"), which needs a context."""
    describes: bool = False
    """The year only describes a noun ("the handover of 1997")."""
    unread: str | None = None
    """The reason why the words have no value ("a fiscal year ..."); null if they have one."""

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
        """The precision of the date; for an interval, that of its less precise end."""
        if self.relative and self.first.month is None:
            return _UNITS[self.relative.partition("-")[2]]
        ends = [self.first, self.last or self.first]
        return _COARSENESS[max(_COARSENESS.index(point.precision) for point in ends)]

    @property
    def qualifier(self) -> Literal["approximate"] | None:
        points = [self.first, self.last or self.first]
        return "approximate" if any(point.approximate for point in points) else None

    @property
    def states_year(self) -> bool:
        """Whether the date lies in one stated year, which other dates can inherit."""
        ends = (self.first, self.last or self.first)
        one = self.first.year == ends[1].year and self.first.before_christ == ends[1].before_christ
        return one and all(point.states_year for point in ends) and not self.unread

    @property
    def edtf(self) -> str | None:
        """The EDTF; null if the mention is unread, needs a context, or is not in the calendar."""
        if self.unread or self.relative or self.first.year is None:
            return None
        try:
            return edtf_of(self.first, self.last, self.modifier)
        except ValueError:
            return None

    def in_year(self, year: int) -> "DateMention":
        """The same mention with this year for each end that states no year."""
        first = replace(self.first, year=self.first.year or year)
        last = self.last and replace(self.last, year=self.last.year or year)
        return replace(self, first=first, last=last)


def edtf_of(first: Point, last: Point | None = None, modifier: Modifier | None = None) -> str:
    """The EDTF of a date or interval. The modifier "by" gives the set of all dates up to the date.

    The modifiers early, mid, late and end do not change the EDTF.

    Raises `EdtfError` for a date that is not in the calendar, for an interval that ends before it
    starts, and for an interval of quarters or halves, which EDTF does not have. Raises `ValueError`
    for a date without a year.
    """
    end = last or first
    if first.edtf is None or end.edtf is None:
        raise ValueError("a date without a year has no EDTF: read it in a context")
    if modifier == "by":
        text = f"[..{end.edtf}]"
    else:
        text = f"{first.edtf}/{end.edtf}" if last else first.edtf
    return parse_edtf(text).text
