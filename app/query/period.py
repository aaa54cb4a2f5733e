"""The period of a query, the ways in which a date may match it, and the steps of the calendar.

Definitions: `within` (wholly in it), `starts` (its beginning surely lies in it), `certain` (it
surely overlaps) and `possible` (it may overlap) each include the one before.
"""

from dataclasses import dataclass
from typing import Literal

from app.edtf.calendar import MAX_KEY, MIN_KEY, day_number, day_of, from_sort_key, sort_key

DateMatch = Literal["possible", "certain", "starts", "within"]
DATE_MATCHES: tuple[DateMatch, ...] = ("possible", "certain", "starts", "within")

Step = Literal["decade", "year", "month"]
STEPS: tuple[Step, ...] = ("decade", "year", "month")
"""Steps of the calendar, by which dates fall into buckets."""

LENGTHS: dict[Step, int] = {"decade": 3, "year": 4, "month": 7}
"""How many characters of the sort key of a day name its decade, year or month."""


def bucket_at(step: Step, day: str) -> str:
    """The bucket that holds a day, both as sort keys: `201X`, `2014`, `2014-07`."""
    prefix = day[: LENGTHS[step]]
    return f"{prefix}X" if step == "decade" else prefix


def _is_first(step: Step, day: str) -> bool:
    return day == MIN_KEY or bucket_at(step, _shifted(day, -1)) != bucket_at(step, day)


def _is_last(step: Step, day: str) -> bool:
    return day == MAX_KEY or bucket_at(step, _shifted(day, 1)) != bucket_at(step, day)


def _shifted(day: str, days: int) -> str:
    return sort_key(day_of(day_number(from_sort_key(day)) + days))


def bucket_of(step: Step, first: str, last: str, *, unqualified: bool) -> str | None:
    """The bucket that holds all of a date, by the sort keys of its first and last day."""
    found = bucket_at(step, first)
    return found if unqualified and found == bucket_at(step, last) else None


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a query: the sort keys of its first and last day, both inclusive.

    Open ends are the ends of the calendar.
    """

    first: str
    last: str

    def buckets(self, step: Step) -> tuple[str, str] | None:
        """The first and the last bucket if the period consists of whole buckets, else null."""
        if not (_is_first(step, self.first) and _is_last(step, self.last)):
            return None
        return bucket_at(step, self.first), bucket_at(step, self.last)

    @property
    def step(self) -> Step | None:
        """The step of which the period is exactly one bucket, or null."""
        for step in STEPS:
            found = self.buckets(step)
            if found and found[0] == found[1]:
                return step
        return None
