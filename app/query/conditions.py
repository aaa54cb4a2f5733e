"""Conditions: how the filters that a query uses, and their variants, become SQL."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Table,
    and_,
    distinct,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)

from app.data.binds import bound_each, values_of_each
from app.query.filters import Filter
from app.query.parameters import Parameter
from app.query.values import Coded, Flag, Named, Scalar, Slug
from app.resource import Resource, owner_column

MOST_APART = 4
"""So many values that a row has to have all of are looked for one by one. The statement is as long
for each of them as for all others together, and as often as there are ranges in a walk."""

Operation = Literal["any", "none", "all", "has", "has-not"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter in use: its parameter, what is done with the values, and how many there are."""

    parameter: str
    filter: str
    operation: Operation
    count: int = 0
    values_first: bool = False
    """Whether its rows are found from the values on, instead of each row being asked for them."""


@dataclass(frozen=True)
class Variant:
    """A parameter that a filter brings along."""

    parameter: Parameter
    filter: Filter
    operation: Operation


def variants(resource: Resource, filter: Filter) -> Iterator[Variant]:
    """`x`; `x_not` for codes and references, `x_all` for many-valued ones, and `has_x` for what
    can be missing."""
    many = is_many(resource, filter)
    listed = isinstance(filter.values, Coded | Named | Slug)

    def variant(name: str, text: str, operation: Operation) -> Variant:
        other = filter.example_not if operation == "none" else None
        parameter = Parameter(
            name, filter.values, f"{filter.description}{text}", other or filter.example,
            many=filter.comparison == "equal" and not isinstance(filter.values, Flag),
        )  # fmt: skip
        return Variant(parameter, filter, operation)

    yield variant(filter.name, " Any of the values." if listed else "", "any")
    if listed:
        yield variant(
            f"{filter.name}_not", " None of the values; a row without any passes.", "none"
        )
        if many:
            yield variant(f"{filter.name}_all", " All of the values.", "all")
    if listed and (many or _column(resource.table, filter).nullable):
        has = Parameter(
            f"has_{filter.name}", Flag(), f"Whether there is any. {filter.description}", True
        )
        yield Variant(has, filter, "has")


def is_many(resource: Resource, filter: Filter) -> bool:
    """Whether a row can hold several values of the filter."""
    return filter.part_table is not resource.table


def condition_clause(
    resource: Resource, table: FromClause, condition: Condition, used: Sequence[Condition]
) -> ColumnElement[bool]:
    """The condition over `table`, the resource's own table or an alias of it.

    Parameters that narrow others (such as `role`) take effect in the condition that they narrow.
    """
    filters = resource.filters_by_name
    if only_narrows(resource, condition, used):
        return true()
    narrowing = [
        filters[other.filter].column.in_(bound_in(other))
        for other in used
        if other.operation == "any" and is_narrowed(resource, condition, other.filter)
    ]
    return narrowed_clause(resource, table, condition, narrowing)


def only_narrows(resource: Resource, condition: Condition, used: Sequence[Condition]) -> bool:
    """Whether a condition takes effect in others alone, which it narrows."""
    narrowed = (is_narrowed(resource, other, condition.filter) for other in used)
    return condition.operation == "any" and any(narrowed)


def is_narrowed(resource: Resource, condition: Condition, by: str) -> bool:
    """Whether the filter `by` narrows the parts that a condition looks at."""
    narrows = resource.filters_by_name[by].narrows
    return condition.filter in narrows and condition.operation in ("any", "none", "all")


def narrowed_clause(
    resource: Resource,
    table: FromClause,
    condition: Condition,
    narrowing: Sequence[ColumnElement[bool]],
) -> ColumnElement[bool]:
    """The condition over `table`, of only those parts for which `narrowing` holds."""
    filter = resource.filters_by_name[condition.filter]
    if not is_many(resource, filter):
        return _own_clause(own_column(table, filter), filter, condition)
    return _part_clause(table, filter, condition, narrowing)


def _own_clause(
    column: ColumnElement[Any], filter: Filter, condition: Condition
) -> ColumnElement[bool]:
    binds = bound_in(condition)
    match condition.operation, filter.comparison:
        case "has", _:
            return column.is_not(None)
        case "has-not", _:
            return column.is_(None)
        case "none", _:
            return or_(column.is_(None), column.not_in(binds))
        case _, "least":
            return column >= binds[0]
        case _, "most":
            return column <= binds[0]
        case _:
            return column.in_(binds)


def _part_clause(
    table: FromClause,
    filter: Filter,
    condition: Condition,
    narrowing: Sequence[ColumnElement[bool]],
) -> ColumnElement[bool]:
    part = filter.part_table
    fits = [*(column == value for column, value in filter.where), *narrowing]
    if filter.through:
        left, right = filter.through
        fits.append(left == right)
    own = [each for each in (part, filter.far_table) if each is not None]

    of_row = owner_column(part) == table.c.id

    def some(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists(select(1).where(of_row, *fits, *conditions).correlate_except(*own))

    def some_of(values: ColumnElement[bool]) -> ColumnElement[bool]:
        if condition.values_first:
            return table.c.id.in_(select(owner_column(part)).where(values, *fits).correlate(None))
        return some(values)

    binds = bound_in(condition)
    match condition.operation:
        case "has":
            return some()
        case "has-not":
            return not_(some())
        case "none":
            return not_(some(filter.column.in_(binds)))
        case "all":
            if len(binds) <= MOST_APART:
                return and_(*(some_of(filter.column == bind) for bind in binds))
            every = has_each(filter.column, binds, [of_row, *fits], own)
            return and_(some_of(filter.column == binds[0]), every)
        case "any":
            return some_of(filter.column.in_(binds))


def has_each(
    column: ColumnElement[Any],
    values: Sequence[ColumnElement[Any]],
    fits: Sequence[ColumnElement[bool]],
    own: Sequence[FromClause],
) -> ColumnElement[bool]:
    """That the parts of a row for which `fits` holds have each of the values: one clause, however
    many these are. `own` are the tables of the parts."""
    held = select(func.count(distinct(column))).where(*fits, column.in_(values))
    return held.correlate_except(*own).scalar_subquery() == len(values)


def bound_in(condition: Condition) -> list[Any]:
    """The values of a condition, as they stand in a statement."""
    return bound_each(condition.parameter, condition.count)


def values_in(condition: Condition, values: Sequence[Scalar]) -> dict[str, Scalar]:
    """The values of a condition, as its statements are run with them."""
    return values_of_each(condition.parameter, values[: condition.count])


def own_column(table: FromClause, filter: Filter) -> ColumnElement[Any]:
    """The column of a filter in the table of the row itself."""
    return cast(ColumnElement[Any], table.c[filter.column.key])


def _column(table: Table, filter: Filter) -> Column[Any]:
    return cast(Column[Any], table.c[filter.column.key])
