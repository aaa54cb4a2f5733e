"""Tallies: the number of rows by value and date, counted while the rows are loaded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import accumulate, islice, repeat
from typing import Any

from sqlalchemy import Table

from app.edtf.calendar import MIN_KEY
from app.query.dimensions import BEYOND
from app.query.period import STEPS, bucket_of
from app.resources.derived import CumulativeCounts, Tally
from app.resources.lists import LISTS
from app.resources.resource import Resource, table_of
from app.resources.tally_slots import tallied_filters
from app.sql.cumulative import DATED, UNDATED
from seeds.publish.columns import Columns, TableRow, TableRows
from seeds.publish.packed_counts import PackedCounts

BATCH_ROWS = 5_000
"""Maximum number of rows in a batch of cumulative counts. It limits memory: the texts are long."""
MAX_UNBUCKETED_DATES = 200
"""Maximum number of dates outside all buckets that have their own count, the most frequent first.
The other dates share one count, with an empty date."""

_DATE = ("date_undated", "date_first", "date_last", "date_qualifier", "date_edtf")


class Tallies:
    """Counts the rows of all lists."""

    def __init__(self) -> None:
        self._lists = [_ListCounts(resource) for resource in LISTS]
        kinds = {kind for counts in self._lists for kind in counts.kinds}
        self._of_kind = {
            kind: [counts for counts in self._lists if kind in counts.kinds] for kind in kinds
        }

    def count(self, kind: str, tables: Mapping[Table, Columns]) -> None:
        """Count the rows of one kind, from the columns of their tables."""
        for counts in self._of_kind[kind]:
            counts.count(tables[counts.table])

    def rows(self) -> Iterator[TableRows]:
        """The rows of the tables `Tally` and `CumulativeCounts`. A count of zero has no row."""
        for counts in self._lists:
            counts.add_dates()
            yield table_of(Tally), [*counts.tallies(), *counts.unbucketed_tallies()]
            cumulative = counts.cumulative_counts()
            while batch := list(islice(cumulative, BATCH_ROWS)):
                yield table_of(CumulativeCounts), batch


class _ListCounts:
    """The counts of the rows of one list, by date."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self.table, self.kinds = resource.table, resource.listed_kinds
        index_of = [column.name for column in self.table.columns].index
        codes = [index_of(filter.column.key) for filter, _ in tallied_filters(resource)]
        self._indexes = [index_of(name) for name in _DATE if resource.dated], codes
        self._packed = PackedCounts(resource)
        self._dates = defaultdict[Any, int](int)
        self._buckets = defaultdict[tuple[str, str], int](int)
        self._undated = 0
        self._started_on, self._ended_on = defaultdict[str, int](int), defaultdict[str, int](int)
        self._unbucketed = defaultdict[str, Counter[str]](Counter)

    def count(self, columns: Columns) -> None:
        """Count rows, from the columns of the list's table."""
        dates, of_row = self._dates, self._packed.of_row
        selected = (_select_columns(columns, indexes) for indexes in self._indexes)
        for date, codes in zip(*selected, strict=True):
            dates[date] += of_row(codes)

    def add_dates(self) -> None:
        """Add the counts of dates to the counts of days and buckets."""
        for date, number in self._dates.items():
            self._buckets["all", ""] += number
            if date:
                self._add_date(number, *date)

    def _add_date(self, number: int, undated: int, *date: Any) -> None:
        if undated:
            self._buckets[UNDATED, ""] += number
            self._undated += number
            return
        first, last, qualifier, edtf = date
        self._started_on[first] += number
        self._ended_on[last] += number
        for step in STEPS:
            bucket = bucket_of(step, first, last, unqualified=qualifier is None)
            if bucket:
                self._buckets[step, bucket] += number
            else:
                self._unbucketed[step][edtf] += self._packed.total(number)

    def tallies(self) -> Iterator[TableRow]:
        for (step, bucket), number in self._buckets.items():
            for filter, code, count in self._packed.counts(number):
                yield self._resource.path, filter, step, bucket, code, count

    def unbucketed_tallies(self) -> Iterator[TableRow]:
        path = self._resource.path
        for step, dates in self._unbucketed.items():
            listed = nsmallest(MAX_UNBUCKETED_DATES, dates.items(), key=_most_frequent_first)
            yield from ((path, "", BEYOND + step, edtf, "", number) for edtf, number in listed)
            if others := dates.total() - sum(number for _, number in listed):
                yield path, "", BEYOND + step, "", "", others

    def cumulative_counts(self) -> Iterator[TableRow]:
        path = self._resource.path
        if self._undated:
            yield path, UNDATED, MIN_KEY, *self._packed.texts([self._undated, 0])
        days = sorted(self._started_on.keys() | self._ended_on.keys())
        started = self._cumulative(days, self._started_on)
        ended = self._cumulative(days, self._ended_on)
        for day, *counts in zip(days, started, ended, strict=True):
            yield path, DATED, day, *counts

    def _cumulative(self, days: Sequence[str], numbers: Mapping[str, int]) -> Iterator[str]:
        return self._packed.texts(accumulate(numbers.get(day, 0) for day in days))


def _most_frequent_first(date_and_count: tuple[str, int]) -> tuple[int, str]:
    date, count = date_and_count
    return -count, date


def _select_columns(columns: Columns, indexes: Sequence[int]) -> Iterable[TableRow]:
    """The columns at these indexes, as rows. Without indexes, the rows are empty."""
    selected = [columns[index] for index in indexes]
    return zip(*selected, strict=True) if selected else repeat((), len(columns[0]))
