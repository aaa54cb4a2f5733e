"""The calendar under the drawing: days as numbers, and the units of the axis."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.edtf.calendar import MAX_NUMBER, day_number, day_of
from app.edtf.dates import parse_period
from app.web.dates import decade_words, year_words

__all__ = ["STEPS", "Step", "Unit", "day_number", "step_for", "unit_of", "units"]

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
    while day <= min(last, MAX_NUMBER):
        unit = unit_of(day, step)
        yield unit
        day = unit.last + 1


def unit_of(day: int, step: Step) -> Unit:
    """The unit that holds a day."""
    text = day_of(day)
    year, month = text[:-6], text[:-3]
    if step == "day":
        return Unit(step, text, str(int(text[-2:])), day, day)
    if step == "month":
        return _unit(step, month, SHORT_MONTHS[int(month[-2:]) - 1])
    if step == "year":
        return _unit(step, year, year_words(int(year)))
    decade = f"{year[:-1]}X"
    return _unit(step, decade, decade_words(decade))


@lru_cache(maxsize=4096)
def _unit(step: Step, edtf: str, words: str) -> Unit:
    period = parse_period(edtf)
    return Unit(step, edtf, words, day_number(period.first or ""), day_number(period.last or ""))
