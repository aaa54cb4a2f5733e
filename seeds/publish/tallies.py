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
from app.resources.derived import Tally, TallyUntil
from app.resources.lists import LISTS
from app.resources.resource import Resource, table_of
from app.resources.tally_slots import tallied_filters
from app.sql.cumulative import ALL, UNDATED
from seeds.publish.columns import Columns, TableRow, TableRows
from seeds.publish.packed_counts import PackedCounts

AT_ONCE = 5_000
"""Maximum number of rows in a batch of cumulative counts. It limits memory: the texts are long."""
MOST_BEYOND = 200
"""Maximum number of dates outside all buckets that have their own count, the most frequent first.
The other dates share one count, with an empty date."""

_DATE = ("date_undated", "date_first", "date_last", "date_qualifier", "date_edtf")


class Tallies:
    """Counts the rows of all lists."""

    def __init__(self) -> None:
        self._lists = [_List(each) for each in LISTS]
        kinds = {kind for each in self._lists for kind in each.kinds}
        self._of_kind = {
            kind: [each for each in self._lists if kind in each.kinds] for kind in kinds
        }

    def count(self, kind: str, tables: Mapping[Table, Columns]) -> None:
        """Count the rows of one kind, from the columns of their tables."""
        for each in self._of_kind[kind]:
            each.count(tables[each.table])

    def rows(self) -> Iterator[TableRows]:
        """The rows of the tables `Tally` and `TallyUntil`. A count of zero has no row."""
        for each in self._lists:
            each.tally()
            yield table_of(Tally), [*each.tallies(), *each.tallies_beyond()]
            until = each.tallies_until()
            while some := list(islice(until, AT_ONCE)):
                yield table_of(TallyUntil), some


class _List:
    """The counts of the rows of one list, by date."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self.table, self.kinds = resource.table, resource.listed
        place = [column.name for column in self.table.columns].index
        codes = [place(filter.column.key) for filter, _ in tallied_filters(resource)]
        self._picked = [place(name) for name in _DATE if resource.dated], codes
        self._abreast = PackedCounts(resource)
        self._dates = defaultdict[Any, int](int)
        self._buckets = defaultdict[tuple[str, str], int](int)
        self._undated = 0
        self._begun, self._ended = defaultdict[str, int](int), defaultdict[str, int](int)
        self._beyond = defaultdict[str, Counter[str]](Counter)

    def count(self, columns: Columns) -> None:
        """Count rows, from the columns of the list's table."""
        dates, one = self._dates, self._abreast.one
        for date, codes in zip(*(_picked(columns, of) for of in self._picked), strict=True):
            dates[date] += one(codes)

    def tally(self) -> None:
        """Add the counts of dates to the counts of days and buckets."""
        for date, number in self._dates.items():
            self._buckets["all", ""] += number
            if date:
                self._tally(number, *date)

    def _tally(self, number: int, undated: int, *date: Any) -> None:
        if undated:
            self._buckets[UNDATED, ""] += number
            self._undated += number
            return
        first, last, qualifier, edtf = date
        self._begun[first] += number
        self._ended[last] += number
        for step in STEPS:
            bucket = bucket_of(step, first, last, unqualified=qualifier is None)
            if bucket:
                self._buckets[step, bucket] += number
            else:
                self._beyond[step][edtf] += self._abreast.every(number)

    def tallies(self) -> Iterator[TableRow]:
        for (step, bucket), number in self._buckets.items():
            for filter, code, count in self._abreast.counts(number):
                yield self._resource.path, filter, step, bucket, code, count

    def tallies_beyond(self) -> Iterator[TableRow]:
        path = self._resource.path
        for step, dates in self._beyond.items():
            told = nsmallest(MOST_BEYOND, dates.items(), key=lambda item: (-item[1], item[0]))
            yield from ((path, "", BEYOND + step, edtf, "", number) for edtf, number in told)
            if others := dates.total() - sum(number for _, number in told):
                yield path, "", BEYOND + step, "", "", others

    def tallies_until(self) -> Iterator[TableRow]:
        path = self._resource.path
        if self._undated:
            yield path, UNDATED, MIN_KEY, *self._abreast.texts([self._undated, 0])
        days = sorted(self._begun.keys() | self._ended.keys())
        begun, ended = self._until(days, self._begun), self._until(days, self._ended)
        for day, *counts in zip(days, begun, ended, strict=True):
            yield path, ALL, day, *counts

    def _until(self, days: Sequence[str], numbers: Mapping[str, int]) -> Iterator[str]:
        return self._abreast.texts(accumulate(numbers.get(day, 0) for day in days))


def _picked(columns: Columns, places: Sequence[int]) -> Iterable[TableRow]:
    """The columns at the indexes `places`, as rows. Without indexes, the rows are empty."""
    picked = [columns[place] for place in places]
    return zip(*picked, strict=True) if picked else repeat((), len(columns[0]))
