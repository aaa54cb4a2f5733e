"""Keyset pagination: the sort keys of the rows on a page, read from an index in their order.

A scan by date merges index ranges. First come the ranges of the dated rows (with a period, one
range for each span class), then the range of the undated rows. With a cursor, each range starts
after the key of the cursor. So the cost of a page depends on its number of rows, not on the length
of the list or the position of the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from app.db.binds import LIMIT, OFFSET, bind_name, bound
from app.params.types import Scalar
from app.query.cursor import Direction
from app.query.list_query import ListQuery
from app.query.query_shape import Shape
from app.query.sort import UNDATED
from app.resources.resource import Resource
from app.sql.by_database import either
from app.sql.driving import DrivingTable, driving_tables
from app.sql.order import Order, orders
from app.sql.periods import index_ranges, matches, starting_range
from app.sql.where import conditions_on, in_period

ROWS_TO_READ: ColumnElement[int] = LIMIT + OFFSET
"""The number of rows that the database reads for a page."""

RENDER_RANK = "render_rank"
"""The column with the render rank of a row. It is selected together with the sort key."""


@dataclass(frozen=True)
class _IndexScan:
    """The index scan for a shape: its order and, if there is one, its driving table (`driving`)."""

    resource: Resource
    shape: Shape
    driving: DrivingTable | None
    ordered: tuple[Order, ...]

    @property
    def by_date(self) -> bool:
        """Whether the scan is in date order, with several index ranges. If the order does not
        matter, this is the fastest scan. If conditions drive from their values, a single range is
        read and sorted, so that each row is read once."""
        if self.driving is None and any(each.drive_from_values for each in self.shape.conditions):
            return False
        return self.shape.sort[0].name == "date" if self.shape.sort else self.resource.dated

    def range(
        self, conditions: Sequence[ColumnElement[bool]], cursor_columns: Sequence[Order] = ()
    ) -> Select[Any]:
        """The keys of the rows that fulfil `conditions`, and are after the cursor by the columns
        `cursor_columns`."""
        table, driving, shape = self.resource.table, self.driving, self.shape
        other_conditions = driving.other_conditions if driving else shape.conditions
        with_pairs = driving is None or not driving.has_pairs
        clauses = conditions_on(self.resource, shape, other_conditions, with_pairs=with_pairs)
        after_cursor = (
            [_after_cursor(cursor_columns, shape.direction)]
            if shape.direction and cursor_columns
            else []
        )
        where = [*conditions, *after_cursor, *(driving.conditions if driving else ()), *clauses]
        source = table
        if driving:
            is_enough = not clauses and with_pairs and shape.date_match != "certain"
            source = (
                driving.part if is_enough else driving.part.join(table, table.c.id == driving.owner)
            )
        return select(*self._columns()).select_from(source).where(*where)

    def _columns(self) -> Iterator[ColumnElement[Any]]:
        if not self.shape.sort:
            yield literal(1).label("one")
            return
        for order in self.ordered:
            dated = self.shape.date_match and order.name == UNDATED
            column: ColumnElement[Any] = literal(0) if dated else order.column
            yield column.label(order.name)
        in_lead = self.driving and not self.driving.has_pairs
        yield (
            self.driving.column(RENDER_RANK)
            if self.driving and in_lead
            else self.resource.table.c[RENDER_RANK]
        )

    def ranges(self) -> Iterator[Select[Any]]:
        """One SELECT for each index range; a single one if not `by_date`. Each row is in one."""
        if self.by_date:
            yield from self._dated()
            yield from self.undated()
        else:
            yield self.range(in_period(self.resource.table, self.shape), self.ordered)

    def _dated(self) -> Iterator[Select[Any]]:
        """The ranges of dated rows. Dated rows come before undated rows."""
        shape, table = self.shape, self.driving.part if self.driving else self.resource.table
        cursor_columns = () if shape.from_undated else self.ordered[1:]
        if shape.direction == "after" and shape.from_undated:
            return
        if shape.date_match is None:
            yield self.range([table.c.date_undated == literal(0)], cursor_columns)
            return
        if shape.date_match in ("starts", "within"):
            yield self.range(
                [starting_range(table), matches(table, shape.date_match)], cursor_columns
            )
            return
        certain = shape.date_match == "certain"
        residual = [matches(self.resource.table, "certain")] if certain else []
        for index_range in index_ranges(table):
            yield self.range([index_range, *residual], cursor_columns)

    def undated(self) -> Iterator[Select[Any]]:
        """The range of undated rows; none with a period, because undated rows match no period."""
        shape, table = self.shape, self.driving.part if self.driving else self.resource.table
        if shape.date_match or (shape.direction == "before" and not shape.from_undated):
            return
        cursor_columns = self.ordered[2:] if shape.from_undated else ()
        yield self.range([table.c.date_undated == literal(1)], cursor_columns)


def page_keys(resource: Resource, shape: Shape) -> Select[Any]:
    """The sort keys and render ranks of `limit` rows from the cursor or offset."""
    ranges = _ranges(resource, shape)
    keys = ranges[0] if len(ranges) == 1 else _merged(resource, shape, ranges)
    ordered = keys.order_by(*in_order(resource, shape, keys.selected_columns))
    return ordered.limit(LIMIT).offset(OFFSET)


def _merged(resource: Resource, shape: Shape, ranges: Sequence[Select[Any]]) -> Select[Any]:
    """The rows of all ranges, merged so that the database reads only the rows of the page.

    SQLite merges ordered ranges row by row. PostgreSQL would read and sort all rows, so there each
    range has its own order and limit.
    """
    parts = [
        each.order_by(*in_order(resource, shape, each.selected_columns)).limit(ROWS_TO_READ)
        for each in ranges
    ]
    limited = [select(*part.subquery().c) for part in parts]
    merged = either(sqlite=union_all(*ranges), postgresql=union_all(*limited), name="merged")
    return select(*merged.c)


def every_row(resource: Resource, shape: Shape) -> CompoundSelect[Any] | Select[Any]:
    """The literal 1 for each row that matches the shape, in no order; for counts."""
    return _union(_ranges(resource, replace(shape, sort=())))


def every_undated_row(resource: Resource, shape: Shape) -> CompoundSelect[Any] | Select[Any]:
    """The literal 1 for each undated row that matches the shape without its period; for counts."""
    scans = _index_scans(resource, replace(shape, sort=(), date_match=None))
    return _union([each for scan in scans for each in scan.undated()])


def _union(ranges: Sequence[Select[Any]]) -> CompoundSelect[Any] | Select[Any]:
    return ranges[0] if len(ranges) == 1 else union_all(*ranges)


def in_order(resource: Resource, shape: Shape, columns: Any) -> list[ColumnElement[Any]]:
    """The ORDER BY of a page. `columns` have the names of the parts of the sort key.

    With a period all rows are dated, so the column `date_undated` is constant. It is left out,
    because the database cannot use an index for an order with a constant.
    """
    ordered = orders(resource, shape.sort)
    varying = [order for order in ordered if not (shape.date_match and order.name == UNDATED)]
    return [_directed(columns[order.name], order, shape.direction) for order in varying]


def _ranges(resource: Resource, shape: Shape) -> list[Select[Any]]:
    return [each for scan in _index_scans(resource, shape) for each in scan.ranges()]


def _index_scans(resource: Resource, shape: Shape) -> Iterator[_IndexScan]:
    """One scan for each driving table; one scan in all if there is no driving table."""
    ordered = orders(resource, shape.sort)
    by_date = not shape.sort or (len(shape.sort) == 1 and shape.sort[0].name == "date")
    tables = driving_tables(resource, shape) if by_date else []
    for driving in tables:
        driven_order = tuple(replace(order, column=driving.column(order.name)) for order in ordered)
        yield _IndexScan(resource, shape, driving, driven_order)
    if not tables:
        yield _IndexScan(resource, shape, None, ordered)


def _directed(
    column: ColumnElement[Any], order: Order, direction: Direction | None
) -> ColumnElement[Any]:
    return column.desc() if _is_downwards(order, direction) else column.asc()


def _is_downwards(order: Order, direction: Direction | None) -> bool:
    """Whether the values decrease in this page direction. `before` reverses each order."""
    return order.descending != (direction == "before")


def _key(order: Order) -> BindParameter[Any]:
    return bound(f"key_{order.name}", order.column.type)


def key_values(query: ListQuery) -> dict[str, Scalar]:
    """The bound values for the key of the cursor; empty without a cursor."""
    key = query.cursor.key if query.cursor else ()
    names = (bind_name(f"key_{part.name}") for part in query.key_parts)
    return dict(zip(names, key, strict=bool(key)))


def _after_cursor(ordered: Sequence[Order], direction: Direction) -> ColumnElement[bool]:
    """The condition for rows after (or before) the key of the cursor.

    If all columns have the same direction, the condition compares them as one tuple. Otherwise it
    compares them column by column with OR. Databases find no index range from an OR, so there is an
    additional bound on the first column. For `sort=-name`, after the row (n, p, i):

        name <= n AND (name < n OR name = n AND position > p
                       OR name = n AND position = p AND id > i)
    """
    directions = {_is_downwards(order, direction) for order in ordered}
    if len(directions) == 1:
        row_key = tuple_(*(order.column for order in ordered))
        cursor_key = tuple_(*map(_key, ordered))
        return row_key < cursor_key if directions == {True} else row_key > cursor_key
    steps: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for order in ordered:
        value = _key(order)
        downwards = _is_downwards(order, direction)
        steps.append(and_(*equal, order.column < value if downwards else order.column > value))
        equal.append(order.column == value)
    first = ordered[0]
    value = _key(first)
    is_downwards = _is_downwards(first, direction)
    first_bound = first.column <= value if is_downwards else first.column >= value
    return and_(first_bound, or_(*steps))
