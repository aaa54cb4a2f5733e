"""The calendar under the drawing: days as numbers, and the units of the axis."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Step = Literal["decade", "year", "month", "day"]
STEPS: tuple[Step, ...] = ("decade", "year", "month", "day")
_LONGEST_BY_DAY = 62
"""The longest period, in days, whose axis has a unit for each day."""
_LONGEST_BY_MONTH = 900
_LONGEST_BY_YEAR = 150 * 366
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Unit:
    """A day, month, year or decade: its EDTF form, its text on the axis, its first and last day."""

    step: Step
    edtf: str
    text: str
    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def day_number(text: str) -> int:
    """The number of an ISO day, counted from the year 1. Earlier days count as the first one."""
    return 1 if text.startswith(("-", "0000")) else date.fromisoformat(text).toordinal()


def step_for(first: int, last: int) -> Step:
    """The unit of the axis for a period."""
    days = last - first + 1
    if days <= _LONGEST_BY_DAY:
        return "day"
    if days <= _LONGEST_BY_MONTH:
        return "month"
    return "year" if days <= _LONGEST_BY_YEAR else "decade"


def units(first: int, last: int, step: Step) -> Iterator[Unit]:
    """The whole units that cover a period."""
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
        text = SHORT_MONTHS[at.month - 1]
        return Unit(step, at.isoformat()[:7], text, first.toordinal(), last.toordinal())
    length = 10 if step == "decade" else 1
    year = at.year - at.year % length
    name = f"{year // 10:03}X" if step == "decade" else f"{year:04}"
    text = f"{year}s" if step == "decade" else str(year)
    last = date(min(year + length - 1, 9999), 12, 31)
    return Unit(step, name, text, date(max(year, 1), 1, 1).toordinal(), last.toordinal())
