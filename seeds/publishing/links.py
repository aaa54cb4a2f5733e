"""How many rows each row is linked to: counted while the rows go by, for `links` of item routes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Table

from app.entries import LinkCount
from app.query.filters import Filter
from app.query.values import Named
from app.resource import Resource, table_of
from app.resources import RESOURCES
from seeds.publishing.columns import Value
from seeds.publishing.shredding import TableRow, TableRows


@dataclass(frozen=True, slots=True)
class _Counted:
    """A filter by the id of another row, as places in the rows of its table."""

    path: str
    name: str
    table: Table
    target: int
    where: tuple[tuple[int, str], ...]

    def targets(self, rows: Iterable[TableRow]) -> set[Value]:
        """The ids by which the filter finds the row that `rows` belong to."""
        fitting = (row for row in rows if all(row[at] == value for at, value in self.where))
        return {row[self.target] for row in fitting} - {None}


class LinkCounter:
    """Counts, for each row and each filter that takes its id, the rows which that finds."""

    def __init__(self, resources: Sequence[Resource] = RESOURCES) -> None:
        self._filters = {resource.kind: _counted(resource) for resource in resources}
        self._counts: Counter[tuple[Value, str, str]] = Counter()

    def count(self, kind: str, rows: Sequence[TableRows]) -> None:
        """Take the table rows of one row into account."""
        by_table = dict(rows)
        for counted in self._filters[kind]:
            if found := by_table.get(counted.table):
                for target in counted.targets(found):
                    self._counts[target, counted.path, counted.name] += 1

    def rows(self) -> TableRows:
        """The rows of the table of counts; there are none for counts of zero."""
        return _TABLE, [(*key, count) for key, count in self._counts.items()]


def _counted(resource: Resource) -> tuple[_Counted, ...]:
    return tuple(
        _places(resource, filter)
        for filter in resource.filters
        if isinstance(filter.values, Named) and filter.comparison == "equal" and not filter.through
    )


def _places(resource: Resource, filter: Filter) -> _Counted:
    table = table_of(filter.column.class_)
    names = [column.name for column in table.columns]
    where = tuple((names.index(attribute.key), value) for attribute, value in filter.where)
    return _Counted(resource.path, filter.name, table, names.index(filter.column.key), where)


_TABLE = table_of(LinkCount)
