"""Dates as tallies tell them apart: by their days, and for values only by their months."""

from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from app.edtf import MAX_DAY, MIN_DAY
from app.query.beginnings import beginning
from app.query.dimensions import bucket_of
from app.query.periods import STEPS
from seeds.publishing.spans import NEVER

Day = tuple[str, str]
"""What begins or ends (all of a date, or a beginning that is known so exactly), and the day."""
Ends = tuple[Day, ...]


@dataclass(frozen=True, slots=True, eq=False)
class When:
    """Dates that the tallies of a value do not tell apart: those of the same months."""

    begun: Ends
    """When they begin: the last day of the month."""
    ended: Ends
    """When they end, likewise."""
    wholly: tuple[tuple[str, str], ...]
    """The buckets that they lie wholly in."""
    beyond: tuple[str, ...]
    """The steps of which no bucket holds them."""


@lru_cache(maxsize=1 << 15)
def days_of(first: str, last: str, start_last: str, unqualified: bool) -> tuple[Ends, Ends, When]:
    """The days on which a date begins and ends, and as which it counts for values.

    Of the whole of it first, then of its beginning, if it surely has one.
    """
    spans = [("all", first, last)]
    if start_last != NEVER:
        spans.append((beginning(first, start_last), first, start_last))
    begun = tuple((of, day) for of, day, _ in spans)
    ended = tuple((of, day) for of, _, day in spans)
    return begun, ended, _same_when(_in_months(begun), _in_months(ended), unqualified)


def _in_months(days: Ends) -> Ends:
    return tuple((of, _month_end(day)) for of, day in days)


@lru_cache(maxsize=1 << 15)
def _same_when(begun: Ends, ended: Ends, unqualified: bool) -> When:
    (_, first), (_, last) = begun[0], ended[0]
    buckets: list[tuple[str, str | None]] = [
        (step, bucket_of(step, first, last, unqualified=unqualified)) for step in STEPS
    ]
    return When(
        begun,
        ended,
        tuple((step, bucket) for step, bucket in buckets if bucket),
        tuple(step for step, bucket in buckets if not bucket),
    )


@lru_cache(maxsize=1 << 15)
def _month_end(day: str) -> str:
    """The last day of its month; open ends stay as they are."""
    if day in (MIN_DAY, MAX_DAY):
        return day
    return f"{day[:8]}{monthrange(int(day[:4]), int(day[5:7]))[1]:02}"
