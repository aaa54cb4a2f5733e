"""Tallies: how many rows have which value when, counted while the rows go by."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate, groupby, repeat
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Table

from app.edtf import MAX_DAY, MIN_DAY
from app.entries import Tally, TallyUntil
from app.query.beginnings import beginning
from app.query.dimensions import BEYOND, bucket_of
from app.query.periods import STEPS
from app.query.tallies import tallied_filters
from app.resource import Resource, table_of
from app.resources import BY_KIND, LISTS
from seeds.publishing.shredding import TableRow, TableRows
from seeds.publishing.spans import NEVER

MOST_BEYOND = 200
"""So many dates that no bucket holds are told apart; the others are told together, as empty."""

K = TypeVar("K")

_DATE = (
    "date_undated", "date_first", "date_last", "date_start_last", "date_qualifier", "date_edtf",
)  # fmt: skip

_Span = tuple[str, str, str]
"""What begins and ends (all of it, or a beginning that is known so exactly), and when."""


@dataclass(frozen=True, slots=True, eq=False)
class _When:
    """Dates that the tallies of a value do not tell apart: those of the same months."""

    spans: tuple[_Span, ...]
    """Their spans, from the last day of a month to that of another."""
    wholly: tuple[tuple[str, str], ...]
    """The buckets that they lie wholly in."""
    beyond: tuple[str, ...]
    """The steps of which no bucket holds them."""


class Tallies:
    """Counts the rows of each list."""

    def __init__(self) -> None:
        self._lists = [_List(each) for each in LISTS]
        self._of_kind = {
            kind: [each for each in self._lists if each.has(resource)]
            for kind, resource in BY_KIND.items()
        }

    def count(self, kind: str, tables: Mapping[Table, Sequence[TableRow]]) -> None:
        """Take the table rows of rows of one kind into account."""
        for each in self._of_kind[kind]:
            each.count(tables[each.table])

    def rows(self) -> Iterator[TableRows]:
        """The rows of both tables; there are none for counts of zero."""
        for each in self._lists:
            yield table_of(Tally), [*each.tallies(), *each.tallies_beyond()]
            yield table_of(TallyUntil), list(each.tallies_until())


class _List:
    """A list, and the counts of its rows."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self.table = resource.table
        place = [column.name for column in self.table.columns].index
        filters = tallied_filters(resource)
        self._values = [(f.name, itemgetter(place(f.column.key))) for f in filters]
        self._date = itemgetter(*map(place, _DATE)) if resource.dated else None
        self._counts = defaultdict[str, Counter[tuple[Any, _When | None]]](Counter)
        self._spans = Counter[_Span]()
        self._beyond = defaultdict[str, Counter[str]](Counter)

    def has(self, resource: Resource) -> bool:
        """Whether rows of that resource are in it."""
        return resource is self._resource or resource.kind in self._resource.kinds

    def count(self, rows: Sequence[TableRow]) -> None:
        """Take rows of its table into account."""
        whens = [self._when(*self._date(row)) for row in rows] if self._date else [None] * len(rows)
        self._counts[""].update(zip(repeat(""), whens, strict=False))
        for name, value in self._values:
            self._counts[name].update(zip(map(value, rows), whens, strict=True))

    def _when(self, undated: int, *date: Any) -> _When | None:
        if undated:
            return None
        *days, qualifier, edtf = date
        spans = _spans(*days)
        self._spans.update(spans)
        months = tuple((of, _month_end(begun), _month_end(ended)) for of, begun, ended in spans)
        when = _same_when(months, qualifier is None)
        for step in when.beyond:
            self._beyond[step][edtf] += 1
        return when

    def _by_value(self) -> Iterator[tuple[str, str, list[tuple[_When | None, int]]]]:
        """Each dimension and value, and how many of its rows have which date."""
        for name, counts in self._counts.items():
            found = defaultdict[str, list[tuple[_When | None, int]]](list)
            for (value, when), number in counts.items():
                if value is not None:
                    found[str(value)].append((when, number))
            for value, dates in found.items():
                yield name, value, dates

    def tallies(self) -> Iterator[TableRow]:
        path = self._resource.path
        for name, value, dates in self._by_value():
            yield path, name, "all", "", value, sum(number for _, number in dates)
            wholly = _summed((bucket, n) for when, n in dates if when for bucket in when.wholly)
            begins = _summed((of, n) for when, n in dates if when for of, *_ in when.spans[1:])
            for of, number in begins.items():
                yield path, name, of, "", value, number
            for (step, bucket), number in wholly.items():
                yield path, name, step, bucket, value, number

    def tallies_beyond(self) -> Iterator[TableRow]:
        path = self._resource.path
        for step, dates in self._beyond.items():
            told = nsmallest(MOST_BEYOND, dates.items(), key=lambda item: (-item[1], item[0]))
            yield from ((path, "", BEYOND + step, edtf, "", number) for edtf, number in told)
            if others := dates.total() - sum(number for _, number in told):
                yield path, "", BEYOND + step, "", "", others

    def tallies_until(self) -> Iterator[TableRow]:
        path = self._resource.path
        for name, value, dates in self._by_value():
            spans = _summed((span, n) for when, n in dates if when for span in when.spans)
            for of, *row in _until(spans if name else self._spans):
                yield path, name, of, value, *row


def _until(spans: Counter[_Span]) -> Iterator[tuple[str, str, int, int]]:
    """What begins and ends, a day, and how many have begun and ended until it."""
    begun = _summed(((of, first), number) for (of, first, _), number in spans.items())
    ended = _summed(((of, last), number) for (of, _, last), number in spans.items())
    for of, places in groupby(sorted(begun.keys() | ended.keys()), key=itemgetter(0)):
        days = list(places)
        started = accumulate(begun[day] for day in days)
        over = accumulate(ended[day] for day in days)
        yield from zip(repeat(of), (day for _, day in days), started, over, strict=False)


@lru_cache(maxsize=1 << 15)
def _spans(first: str, last: str, start_last: str) -> tuple[_Span, ...]:
    """The whole of a date, and its beginning, if it surely has one."""
    whole = ("all", first, last)
    if start_last == NEVER:
        return (whole,)
    return whole, (beginning(first, start_last), first, start_last)


def _summed(numbers: Iterable[tuple[K, int]]) -> Counter[K]:
    total = Counter[K]()
    for key, number in numbers:
        total[key] += number
    return total


@lru_cache(maxsize=1 << 15)
def _same_when(spans: tuple[_Span, ...], unqualified: bool) -> _When:
    _, begun, ended = spans[0]
    buckets: list[tuple[str, str | None]] = [
        (step, bucket_of(step, begun, ended, unqualified=unqualified)) for step in STEPS
    ]
    return _When(
        spans,
        tuple((step, bucket) for step, bucket in buckets if bucket),
        tuple(step for step, bucket in buckets if not bucket),
    )


@lru_cache(maxsize=1 << 15)
def _month_end(day: str) -> str:
    """The last day of its month; open ends stay as they are."""
    if day in (MIN_DAY, MAX_DAY):
        return day
    return f"{day[:8]}{monthrange(int(day[:4]), int(day[5:7]))[1]:02}"
