"""The period of a query, the ways in which a date can match it, and the calendar steps.

A date matches a period in one of four ways:

- `within`: the date lies wholly in the period.
- `starts`: the beginning of the date surely lies in the period.
- `certain`: the date surely overlaps the period.
- `possible`: the date may overlap the period.

Each way includes all dates of the ways above it.
"""

from dataclasses import dataclass
from typing import Literal

from app.edtf.calendar import MAX_KEY, MIN_KEY, day_number, day_of, from_sort_key, sort_key

DateMatch = Literal["possible", "certain", "starts", "within"]
DATE_MATCHES: tuple[DateMatch, ...] = ("possible", "certain", "starts", "within")

Step = Literal["decade", "year", "month"]
STEPS: tuple[Step, ...] = ("decade", "year", "month")
"""Calendar steps. Each step divides the calendar into buckets."""

LENGTHS: dict[Step, int] = {"decade": 3, "year": 4, "month": 7}
"""Length of the prefix of a day's sort key that identifies its decade, year or month."""


def bucket_at(step: Step, day: str) -> str:
    """The bucket that contains a day, both as sort keys: `201X`, `2014`, `2014-07`."""
    prefix = day[: LENGTHS[step]]
    return f"{prefix}X" if step == "decade" else prefix


def _is_first(step: Step, day: str) -> bool:
    return day == MIN_KEY or bucket_at(step, _shifted(day, -1)) != bucket_at(step, day)


def _is_last(step: Step, day: str) -> bool:
    return day == MAX_KEY or bucket_at(step, _shifted(day, 1)) != bucket_at(step, day)


def _shifted(day: str, days: int) -> str:
    return sort_key(day_of(day_number(from_sort_key(day)) + days))


def bucket_of(step: Step, first: str, last: str, *, unqualified: bool) -> str | None:
    """The bucket that contains the whole date, or null. `first` and `last` are the sort keys of the
    first and the last day. A qualified date has no bucket."""
    found = bucket_at(step, first)
    return found if unqualified and found == bucket_at(step, last) else None


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a query: the sort keys of its first and last day, both inclusive.

    An open end is the first or last day of the calendar.
    """

    first: str
    last: str

    def buckets(self, step: Step) -> tuple[str, str] | None:
        """The first and the last bucket; null if the period does not consist of whole buckets."""
        if not (_is_first(step, self.first) and _is_last(step, self.last)):
            return None
        return bucket_at(step, self.first), bucket_at(step, self.last)

    @property
    def step(self) -> Step | None:
        """The calendar step if the period is exactly one bucket, else null."""
        for step in STEPS:
            found = self.buckets(step)
            if found and found[0] == found[1]:
                return step
        return None
