"""Tallies: how many rows have which value when, counted while the rows go by."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import Table

from app.edtf import MAX_DAY, MIN_DAY
from app.entries import Tally, TallyUntil
from app.query.dimensions import BEYOND, bucket_of
from app.query.periods import STEPS, Step
from app.query.tallies import tallied_filters
from app.resource import Resource, table_of
from app.resources import BY_KIND, LISTS
from seeds.publishing.shredding import TableRow, TableRows

MOST_BEYOND = 200
"""So many dates that no bucket holds are told apart; the others are told together, as empty."""

Key = tuple[str, str, str]
"""List, dimension, value."""


@dataclass(slots=True)
class _Count:
    """The count of one value of one list."""

    rows: int = 0
    wholly: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    begun: Counter[str] = field(default_factory=Counter[str])
    ended: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True)
class _Counted:
    """A list, as places in the rows of its table."""

    path: str
    table: Table
    dimensions: tuple[tuple[str, int], ...]
    dated: tuple[int, int, int, int, int] | None

    def values(self, row: TableRow) -> Iterator[tuple[str, str]]:
        for name, place in self.dimensions:
            value = row[place]
            if value is not None:
                yield name, str(value)

    def date(self, row: TableRow) -> "_Date | None":
        if self.dated is None or row[self.dated[0]]:
            return None
        _, first, last, edtf, qualifier = (row[place] for place in self.dated)
        return _Date(str(first), str(last), str(edtf), qualifier is None)


class _Date(NamedTuple):
    """The date of a row: its first and last day, and whether it has no qualifier."""

    first: str
    last: str
    edtf: str
    unqualified: bool

    def bucket(self, step: Step) -> str | None:
        return bucket_of(step, self.first, self.last, unqualified=self.unqualified)


class Tallies:
    """Counts the rows of each list."""

    def __init__(self) -> None:
        self._lists = {kind: tuple(_lists_of(resource)) for kind, resource in BY_KIND.items()}
        self._counts: defaultdict[Key, _Count] = defaultdict(_Count)
        self._beyond: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def count(self, kind: str, rows: Sequence[TableRows]) -> None:
        """Take the table rows of one row into account."""
        by_table = dict(rows)
        for counted in self._lists[kind]:
            [row] = by_table[counted.table]
            self._add(counted, row)

    def _add(self, counted: _Counted, row: TableRow) -> None:
        date = counted.date(row)
        buckets = [(step, date.bucket(step)) for step in STEPS] if date else []
        whole = [(step, bucket) for step, bucket in buckets if bucket]
        self._count((counted.path, "", ""), (date.first, date.last) if date else None, whole)
        months = (_month_end(date.first), _month_end(date.last)) if date else None
        for name, value in counted.values(row):
            self._count((counted.path, name, value), months, whole)
        for step, bucket in buckets:
            if date and bucket is None:
                self._beyond[counted.path, f"{BEYOND}{step}"][date.edtf] += 1

    def _count(
        self, key: Key, days: tuple[str, str] | None, whole: Sequence[tuple[str, str]]
    ) -> None:
        count = self._counts[key]
        count.rows += 1
        for bucket in whole:
            count.wholly[bucket] += 1
        if days:
            count.begun[days[0]] += 1
            count.ended[days[1]] += 1

    def rows(self) -> Iterator[TableRows]:
        """The rows of both tables; there are none for counts of zero."""
        yield table_of(Tally), [*self._tallies(), *self._tallies_beyond()]
        yield table_of(TallyUntil), list(self._until())

    def _tallies(self) -> Iterator[tuple[Any, ...]]:
        for (path, name, value), count in self._counts.items():
            yield path, name, "all", "", value, count.rows
            for (step, bucket), number in count.wholly.items():
                yield path, name, step, bucket, value, number

    def _tallies_beyond(self) -> Iterator[tuple[Any, ...]]:
        for (path, step), dates in self._beyond.items():
            told = nsmallest(MOST_BEYOND, dates.items(), key=lambda item: (-item[1], item[0]))
            yield from ((path, "", step, edtf, "", number) for edtf, number in told)
            if others := dates.total() - sum(number for _, number in told):
                yield path, "", step, "", "", others

    def _until(self) -> Iterator[tuple[Any, ...]]:
        for (path, name, value), count in self._counts.items():
            days = sorted(count.begun.keys() | count.ended.keys())
            begun = accumulate(count.begun[day] for day in days)
            ended = accumulate(count.ended[day] for day in days)
            for day, started, over in zip(days, begun, ended, strict=True):
                yield path, name, value, day, started, over


def _lists_of(resource: Resource) -> Iterator[_Counted]:
    """The lists that a row of the resource is in: its own, and those across kinds."""
    for each in LISTS:
        if each is resource or resource.kind in each.kinds:
            names = [column.name for column in each.table.columns]
            found = tuple(
                (filter.name, names.index(filter.column.key)) for filter in tallied_filters(each)
            )
            yield _Counted(each.path, each.table, found, _dated(each, names))


def _dated(resource: Resource, names: list[str]) -> tuple[int, int, int, int, int] | None:
    if not resource.dated:
        return None
    undated, first, last = (names.index(f"date_{n}") for n in ("undated", "first", "last"))
    return undated, first, last, names.index("date_edtf"), names.index("date_qualifier")


@lru_cache(maxsize=1 << 15)
def _month_end(day: str) -> str:
    """The last day of its month; open ends stay as they are."""
    if day in (MIN_DAY, MAX_DAY):
        return day
    return f"{day[:8]}{monthrange(int(day[:4]), int(day[5:7]))[1]:02}"
