"""Dates as tallies tell them apart: when they begin and end, and in which buckets they lie."""

from dataclasses import dataclass

from app.query.beginnings import beginning
from app.query.dimensions import bucket_of
from app.query.periods import STEPS
from seeds.publishing.spans import NEVER

Day = tuple[str, str]
"""What begins or ends (all of a date, or a beginning that is known so exactly), and the day."""
Bucket = tuple[str, str]
"""A step of the calendar, and a bucket of it."""


@dataclass(frozen=True, slots=True)
class When:
    """A date as it is tallied."""

    begun: tuple[Day, ...]
    """When the whole of it begins, and its beginning, if it surely has one."""
    ended: tuple[Day, ...]
    """When they end."""
    wholly: tuple[Bucket, ...]
    """The buckets that it lies wholly in."""
    beyond: tuple[str, ...]
    """The steps of which no bucket holds it."""


def when(first: str, last: str, start_last: str, *, unqualified: bool) -> When:
    """When a date is, by its first day, its last one, and the last by which it surely has begun."""
    spans = [("all", first, last)]
    if start_last != NEVER:
        spans.append((beginning(first, start_last), first, start_last))
    buckets: list[tuple[str, str | None]] = [
        (step, bucket_of(step, first, last, unqualified=unqualified)) for step in STEPS
    ]
    return When(
        tuple((of, day) for of, day, _ in spans),
        tuple((of, day) for of, _, day in spans),
        tuple((step, bucket) for step, bucket in buckets if bucket),
        tuple(step for step, bucket in buckets if not bucket),
    )
