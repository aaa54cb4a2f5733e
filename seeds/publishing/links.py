"""How many rows each row is linked to: counted while the rows go by, for `links` of item routes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import itemgetter

from sqlalchemy import Table

from app.entries import LinkCount
from app.query.filters import Filter
from app.query.values import Named
from app.resource import Resource, owner_column, table_of
from app.resources import RESOURCES
from seeds.publishing.columns import Columns, TableRow, TableRows, Value


@dataclass(frozen=True, slots=True)
class _Counted:
    """A filter by the id of another row, as columns of its table by number, and how many rows it
    finds by each id."""

    path: str
    name: str
    table: Table
    owner: int
    target: int
    once: bool
    """Whether a row can name but one other."""
    where: tuple[int, ...]
    held: tuple[str, ...]
    """What those columns hold in the rows that it is about."""
    found: Counter[Value] = field(default_factory=Counter[Value])

    def count(self, columns: Columns) -> None:
        """A row that names another one twice is still one row."""
        pairs = zip(columns[self.owner], columns[self.target], strict=True)
        if self.where:
            held = zip(*(columns[at] for at in self.where), strict=True)
            pairs = compress(pairs, map(self.held.__eq__, held))
        self.found.update(map(itemgetter(1), pairs if self.once else set(pairs)))


class LinkCounter:
    """Counts, for each row and each filter that takes its id, the rows which that finds."""

    def __init__(self, resources: Sequence[Resource] = RESOURCES) -> None:
        self._filters = {resource.kind: _counted(resource) for resource in resources}

    def count(self, kind: str, tables: Mapping[Table, Columns]) -> None:
        """Take the table rows of rows of one kind into account."""
        for counted in self._filters[kind]:
            counted.count(tables[counted.table])

    def rows(self) -> TableRows:
        """The rows of the table of counts; there are none for counts of zero."""
        return _TABLE, sorted(self._rows())

    def _rows(self) -> Iterator[TableRow]:
        for filters in self._filters.values():
            for counted in filters:
                for target, count in counted.found.items():
                    if target is not None:
                        yield target, counted.path, counted.name, count


def _counted(resource: Resource) -> tuple[_Counted, ...]:
    return tuple(
        _places(resource, filter)
        for filter in resource.filters
        if isinstance(filter.values, Named) and filter.comparison == "equal" and not filter.through
    )


def _places(resource: Resource, filter: Filter) -> _Counted:
    table = table_of(filter.column.class_)
    names = [column.name for column in table.columns]
    once = table is resource.table
    owner = "id" if once else owner_column(table).name
    where = tuple(names.index(attribute.key) for attribute, _ in filter.where)
    held = tuple(value for _, value in filter.where)
    places = (names.index(owner), names.index(filter.column.key))
    return _Counted(resource.path, filter.name, table, *places, once, where, held)


_TABLE = table_of(LinkCount)
