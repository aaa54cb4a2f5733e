"""The period of a query, the ways in which a date may match it, and the steps of the calendar.

Definitions: `within` (wholly in it), `starts` (its beginning surely lies in it), `certain` (it
surely overlaps) and `possible` (it may overlap) each include the one before.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.edtf.dates import MAX_DAY, MIN_DAY

DateMatch = Literal["possible", "certain", "starts", "within"]
DATE_MATCHES: tuple[DateMatch, ...] = ("possible", "certain", "starts", "within")

Step = Literal["decade", "year", "month"]
STEPS: tuple[Step, ...] = ("decade", "year", "month")
"""Steps of the calendar, by which dates fall into buckets."""

LENGTHS: dict[Step, int] = {"decade": 3, "year": 4, "month": 7}


def bucket_at(step: Step, day: str) -> str:
    """The bucket that a day lies in: `201X`, `2014`, `2014-07`."""
    head = day[: LENGTHS[step]]
    return f"{head}X" if step == "decade" else head


def _is_first(step: Step, day: str) -> bool:
    return day == MIN_DAY or bucket_at(step, _shifted(day, -1)) != bucket_at(step, day)


def _is_last(step: Step, day: str) -> bool:
    return day == MAX_DAY or bucket_at(step, _shifted(day, 1)) != bucket_at(step, day)


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def bucket_of(step: Step, first: str, last: str, *, unqualified: bool) -> str | None:
    """The bucket that a date lies wholly in, by its first and its last day."""
    found = bucket_at(step, first)
    return found if unqualified and found == bucket_at(step, last) else None


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a query, both days inclusive; open ends are the ends of the calendar."""

    first: str
    last: str

    def buckets(self, step: Step) -> tuple[str, str] | None:
        """The first and the last bucket of the calendar that make up the period, if any do."""
        if not (_is_first(step, self.first) and _is_last(step, self.last)):
            return None
        return bucket_at(step, self.first), bucket_at(step, self.last)

    @property
    def step(self) -> Step | None:
        """The step of the calendar of which the period is one bucket."""
        for step in STEPS:
            found = self.buckets(step)
            if found and found[0] == found[1]:
                return step
        return None
