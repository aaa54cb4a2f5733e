"""Link counts: how many rows refer to each row. They are counted while the rows are loaded.

Item routes return them in `links`. Queries use another plan for an id with a high count.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress
from operator import itemgetter

from sqlalchemy import Table

from app.resources.derived import LinkCount
from app.resources.filter_types import Filter
from app.resources.lists import LISTS
from app.resources.resource import Resource, owner_column, table_of
from seeds.publish.columns import Columns, TableRow, TableRows, Value


@dataclass(frozen=True, slots=True)
class _FilterCount:
    """A filter by the id of another row, and how many rows match each id.

    `owner`, `target` and `where` are indexes of columns in `table`.
    """

    path: str
    name: str
    table: Table
    owner: int
    target: int
    once: bool
    """Whether a row can refer to only one other row."""
    where: tuple[int, ...]
    required: tuple[str | bool, ...]
    """The values that the columns of `where` must have."""
    of_parent: bool
    """Whether the table belongs to the parents of derived rows. Then each row of the table counts
    as often as its parent has derived rows."""
    found: Counter[Value] = field(default_factory=Counter[Value])

    def count(self, columns: Columns, derived: Mapping[Value, int]) -> None:
        """Count the rows of the table. A row that refers to the same row twice counts once.

        `derived` has the number of derived rows for the id of each parent.
        """
        pairs = zip(columns[self.owner], columns[self.target], strict=True)
        if self.where:
            actual = zip(*(columns[index] for index in self.where), strict=True)
            pairs = compress(pairs, map(self.required.__eq__, actual))
        if self.of_parent:
            for owner, target in set(pairs):
                if owner in derived:
                    self.found[target] += derived[owner]
        else:
            self.found.update(map(itemgetter(1), pairs if self.once else set(pairs)))


_NONE: Mapping[Value, int] = {}


class LinkCounter:
    """For each row and each filter by id, such as `events?actor=`: counts the rows that refer to
    this row."""

    def __init__(self) -> None:
        self._lists = [(resource.listed_kinds, _filter_counts(resource)) for resource in LISTS]

    def count(
        self, kind: str, tables: Mapping[Table, Columns], derived: Mapping[Value, int] = _NONE
    ) -> None:
        """Count the rows of one kind, from the columns of their tables. For derived rows, the
        tables include those of their parents, and `derived` has their number for each parent."""
        for kinds, filters in self._lists:
            for filter_count in filters if kind in kinds else ():
                filter_count.count(tables[filter_count.table], derived)

    def rows(self) -> TableRows:
        """The rows of the table of link counts. A count of zero has no row."""
        return _TABLE, sorted(self._rows())

    def _rows(self) -> Iterator[TableRow]:
        for _, filters in self._lists:
            for filter_count in filters:
                for target, count in filter_count.found.items():
                    if target is not None:
                        yield target, filter_count.path, filter_count.name, count


def _filter_counts(resource: Resource) -> tuple[_FilterCount, ...]:
    return tuple(_filter_count(resource, filter) for filter in resource.filters if filter.is_by_id)


def _filter_count(resource: Resource, filter: Filter) -> _FilterCount:
    table = table_of(filter.column.class_)
    names = [column.name for column in table.columns]
    once = table is resource.table
    owner = "id" if once else owner_column(table).name
    where = tuple(names.index(attribute.key) for attribute, _ in filter.where)
    required = tuple(value for _, value in filter.where)
    indexes = (names.index(owner), names.index(filter.column.key))
    of_parent = not once and resource.key_of(table) != "id"
    return _FilterCount(
        resource.path, filter.name, table, *indexes, once, where, required, of_parent
    )


_TABLE = table_of(LinkCount)
