"""The calendar under the drawing: days as numbers, and the units that time is cut into."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Step = Literal["decade", "year", "month", "day"]
STEPS: tuple[Step, ...] = ("decade", "year", "month", "day")
_MOST_MONTHS = 900
"""So many days are told by months; longer stretches by years, and longer ones still by decades."""
_MOST_DAYS = 62
_MOST_YEARS = 150 * 366
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Unit:
    """A day, month, year or decade: how the API names it, what the axis says, where it lies."""

    step: Step
    edtf: str
    words: str
    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def day_number(text: str) -> int:
    """An ISO day as a number."""
    return date.fromisoformat(text).toordinal()


def step_for(first: int, last: int) -> Step:
    """The unit that suits a stretch of so many days."""
    days = last - first + 1
    if days <= _MOST_DAYS:
        return "day"
    if days <= _MOST_MONTHS:
        return "month"
    return "year" if days <= _MOST_YEARS else "decade"


def units(first: int, last: int, step: Step) -> Iterator[Unit]:
    """The units that cover a stretch, whole ones."""
    day = first
    while day <= min(last, date.max.toordinal()):
        unit = unit_of(day, step)
        yield unit
        day = unit.last + 1


def unit_of(day: int, step: Step) -> Unit:
    """The unit that holds a day."""
    at = date.fromordinal(day)
    if step == "day":
        return Unit(step, at.isoformat(), str(at.day), day, day)
    if step == "month":
        first = at.replace(day=1)
        last = at.replace(day=monthrange(at.year, at.month)[1])
        words = SHORT_MONTHS[at.month - 1]
        return Unit(step, at.isoformat()[:7], words, first.toordinal(), last.toordinal())
    length = 10 if step == "decade" else 1
    year = at.year - at.year % length
    name = f"{year // 10:03}X" if step == "decade" else f"{year:04}"
    words = f"{year}s" if step == "decade" else str(year)
    last = date(min(year + length - 1, 9999), 12, 31)
    return Unit(step, name, words, date(max(year, 1), 1, 1).toordinal(), last.toordinal())
