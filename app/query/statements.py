"""Statements: from the shape of a query to SQL, compiled once for each shape.

A shape says which parameters are used and how many values each has, never the values. Building and
compiling costs far more than running, so a statement is kept for its shape and run with bound
values.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from app.entries import Rendering
from app.query.conditions import Condition, condition_clause
from app.query.cursor import Direction
from app.query.periods import Matching, certainty, matches, stretches
from app.query.searching import finds
from app.query.sorting import Order, SortKey, orders
from app.resource import Resource, table_of

COUNTED = 10_000
"""Up to here totals are exact unless `count=exact` asks for more."""


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the SQL of a query depends on, but its values."""

    conditions: tuple[Condition, ...]
    matching: Matching | None
    searched: bool
    sort: tuple[SortKey, ...]
    direction: Direction | None
    evidence: bool


def page_statement(resource: Resource, shape: Shape) -> Select[Any]:
    """`limit` rows from where the cursor or the offset points: sort key, body, match, evidence."""
    if shape.matching and shape.sort[0].name == "date":
        keys = _merged_keys(resource, shape)
    else:
        keys = _keys(resource, shape)
    found = keys.subquery("found")
    ordered = orders(resource, resource.table, shape.sort)
    renderings = table_of(Rendering)
    columns = [renderings.c[resource.rendering]]
    if shape.evidence:
        columns.append(renderings.c.evidence)
    if shape.searched and resource.rendering != "body":
        columns.append(renderings.c.body)  # whose texts are highlighted
    return (
        select(*found.c, *columns)
        .join_from(found, renderings, renderings.c.id == found.c.id)
        .order_by(*(_directed(found.c[order.name], order, shape) for order in ordered))
    )


def _keys(resource: Resource, shape: Shape) -> Select[Any]:
    table = resource.table
    ordered = orders(resource, table, shape.sort)
    return (
        select(*_key_columns(table, ordered, shape))
        .where(_wanted(resource, table, shape))
        .order_by(*(_directed(order.column, order, shape) for order in ordered))
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def _merged_keys(resource: Resource, shape: Shape) -> Select[Any]:
    """The same rows as an ordered merge of one index range for each span class."""
    table = resource.table
    ordered = orders(resource, table, shape.sort)
    wanted = _wanted(resource, table, shape)
    merged = union_all(
        *(
            select(*_key_columns(table, ordered, shape)).where(stretch, wanted)
            for stretch in stretches(table)
        )
    ).subquery("merged")
    return (
        select(*merged.c)
        .order_by(*(_directed(merged.c[order.name], order, shape) for order in ordered))
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def wanted_rows(resource: Resource, shape: Shape) -> ColumnElement[bool]:
    """Which rows of the resource's table the shape asks for."""
    return _wanted(resource, resource.table, shape)


def count_statement(resource: Resource, shape: Shape, *, exact: bool) -> Select[Any]:
    """How many rows there are; counting stops behind `COUNTED` unless it shall be exact."""
    return _count(wanted_rows(resource, shape), resource.table, exact=exact)


def undated_statement(resource: Resource, shape: Shape, *, exact: bool) -> Select[Any]:
    """How many rows the period leaves out because they have no date."""
    table = resource.table
    whole = replace(shape, matching=None)
    wanted = and_(wanted_rows(resource, whole), table.c.date_undated == literal(1))
    return _count(wanted, table, exact=exact)


def _count(wanted: ColumnElement[bool], table: FromClause, *, exact: bool) -> Select[Any]:
    rows = select(literal(1).label("one")).select_from(table).where(wanted)
    limited = rows if exact else rows.limit(COUNTED + 1)
    return select(func.count()).select_from(limited.subquery())


def _key_columns(
    table: FromClause, ordered: Sequence[Order], shape: Shape
) -> list[ColumnElement[Any]]:
    columns: list[ColumnElement[Any]] = [order.column.label(order.name) for order in ordered]
    return [*columns, certainty(table).label("certain")] if shape.matching else columns


def _wanted(resource: Resource, table: FromClause, shape: Shape) -> ColumnElement[bool]:
    wanted = _conditions(resource, table, shape)
    if shape.searched:
        wanted.append(finds(table))
    if shape.matching:
        wanted += [table.c.date_undated == literal(0), matches(table, shape.matching)]
    if shape.direction:
        wanted.append(_beyond(orders(resource, table, shape.sort), shape.direction))
    return and_(true(), *wanted)


def _conditions(resource: Resource, table: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
    used = shape.conditions
    scope = [] if resource.scope is None else [resource.scope]
    return [*scope, *(condition_clause(resource, table, each, used) for each in used)]


def _directed(column: ColumnElement[Any], order: Order, shape: Shape) -> ColumnElement[Any]:
    return column.desc() if _is_downwards(order, shape.direction) else column.asc()


def _is_downwards(order: Order, direction: Direction | None) -> bool:
    """Whether values fall along the walk; a walk back turns every order round."""
    return order.descending != (direction == "before")


def _key(order: Order) -> BindParameter[Any]:
    return bindparam(key_bind(order), type_=order.column.type)


def key_bind(order: Order) -> str:
    """The name under which the cursor's value for a column is bound."""
    return f"key_{order.name}"


def _beyond(ordered: Sequence[Order], direction: Direction) -> ColumnElement[bool]:
    """Rows behind (or before) the key of the cursor, column by column.

    The first column is bounded by itself too: from an OR alone no database sees the range.
    """
    steps: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for order in ordered:
        value = _key(order)
        downwards = _is_downwards(order, direction)
        steps.append(and_(*equal, order.column < value if downwards else order.column > value))
        equal.append(order.column == value)
    first = ordered[0]
    value = _key(first)
    bound = first.column <= value if _is_downwards(first, direction) else first.column >= value
    return and_(bound, or_(*steps))
