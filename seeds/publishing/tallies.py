"""Tallies: how many rows have which value when, counted while the rows go by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import accumulate, groupby, repeat
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Table

from app.entries import Tally, TallyUntil
from app.query.dimensions import BEYOND
from app.query.tallies import tallied_filters
from app.resource import Resource, table_of
from app.resources import BY_KIND, LISTS
from seeds.publishing.shredding import TableRow, TableRows
from seeds.publishing.tallied_dates import Day, When, days_of

MOST_BEYOND = 200
"""So many dates that no bucket holds are told apart; the others are told together, as empty."""

K = TypeVar("K")

_DATE = (
    "date_undated", "date_first", "date_last", "date_start_last", "date_qualifier", "date_edtf",
)  # fmt: skip


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
        self._counts = defaultdict[str, Counter[tuple[Any, When | None]]](Counter)
        self._begun, self._ended = Counter[Day](), Counter[Day]()
        self._beyond = defaultdict[str, Counter[str]](Counter)

    def has(self, resource: Resource) -> bool:
        """Whether rows of that resource are in it."""
        return resource is self._resource or resource.kind in self._resource.kinds

    def count(self, rows: Sequence[TableRow]) -> None:
        """Take rows of its table into account."""
        whens = self._whens(map(self._date, rows)) if self._date else [None] * len(rows)
        self._counts[""].update(zip(repeat(""), whens, strict=False))
        for name, value in self._values:
            self._counts[name].update(zip(map(value, rows), whens, strict=True))

    def _whens(self, dates: Iterable[tuple[Any, ...]]) -> list[When | None]:
        """Count the days of the dates, and tell as which the rows count for their values."""
        whens: list[When | None] = []
        begun: list[Day] = []
        ended: list[Day] = []
        for undated, first, last, start_last, qualifier, edtf in dates:
            if undated:
                whens.append(None)
                continue
            begins, ends, when = days_of(first, last, start_last, qualifier is None)
            whens.append(when)
            begun += begins
            ended += ends
            for step in when.beyond:
                self._beyond[step][edtf] += 1
        self._begun.update(begun)
        self._ended.update(ended)
        return whens

    def _by_value(self) -> Iterator[tuple[str, str, list[tuple[When | None, int]]]]:
        """Each dimension and value, and how many of its rows have which date."""
        for name, counts in self._counts.items():
            found = defaultdict[str, list[tuple[When | None, int]]](list)
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
            begins = _summed((of, n) for when, n in dates if when for of, _ in when.begun[1:])
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
            begun = _summed((day, n) for when, n in dates if when for day in when.begun)
            ended = _summed((day, n) for when, n in dates if when for day in when.ended)
            for of, *row in _until(begun, ended) if name else _until(self._begun, self._ended):
                yield path, name, of, value, *row


def _until(
    begun: Mapping[Day, int], ended: Mapping[Day, int]
) -> Iterator[tuple[str, str, int, int]]:
    """What begins and ends, a day, and how many have begun and ended until it."""
    for of, places in groupby(sorted(begun.keys() | ended.keys()), key=itemgetter(0)):
        days = list(places)
        started = accumulate(begun[day] for day in days)
        over = accumulate(ended[day] for day in days)
        yield from zip(repeat(of), (day for _, day in days), started, over, strict=False)


def _summed(numbers: Iterable[tuple[K, int]]) -> Mapping[K, int]:
    total = defaultdict[K, int](int)
    for key, number in numbers:
        total[key] += number
    return total
