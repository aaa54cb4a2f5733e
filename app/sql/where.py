"""WHERE: the conditions of a query, over the table of its resource."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    distinct,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)

from app.query.conditions import Condition, is_multivalued, is_narrowed, only_narrows
from app.query.query_shape import Shape
from app.resources.filter_types import Filter
from app.resources.resource import Resource, owner_column
from app.sql.binding import bound_in, fits_value, own_column
from app.sql.fulltext import found_ids, has_all_words
from app.sql.pairs import pair_clauses, paired
from app.sql.periods import candidates, matches

MAX_EXISTS = 4
"""Maximum number of values of `x_all` with one EXISTS for each value. More values share one clause
that counts them. Otherwise the statement would grow with each value, in each range of a scan."""


def rows_clause(resource: Resource, shape: Shape) -> ColumnElement[bool]:
    """The WHERE clause of a shape, over the table of the resource."""
    table = resource.table
    conditions = conditions_on(resource, shape, shape.conditions)
    return and_(true(), *conditions, *in_period(table, shape))


def in_period(table: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
    """The conditions of the period; empty if there is no period."""
    if shape.date_match is None:
        return []
    return [candidates(table, shape.date_match), matches(table, shape.date_match)]


def conditions_on(
    resource: Resource,
    shape: Shape,
    conditions: Sequence[Condition],
    *,
    with_pairs: bool = True,
) -> list[ColumnElement[bool]]:
    """All conditions except the period: the scope of the list, the given conditions, the search.
    `with_pairs`: also that one pair meets the conditions for both sides."""
    table = resource.table
    scope = [] if resource.scope is None else [resource.scope]
    words = [_has_words(resource, table)] if shape.searched else []
    clauses = [condition_clause(resource, table, each, shape.conditions) for each in conditions]
    pairs = pair_clauses(resource, table, shape.conditions) if with_pairs else []
    return [*scope, *clauses, *pairs, *words]


def _has_words(resource: Resource, table: FromClause) -> ColumnElement[bool]:
    """The condition that a row has all words; of derived rows, that their parent has them."""
    if resource.parent is None:
        return has_all_words(table.c.id)
    return table.c[resource.entry_key].in_(found_ids().correlate(None))


def condition_clause(
    resource: Resource, table: FromClause, condition: Condition, used: Sequence[Condition]
) -> ColumnElement[bool]:
    """The SQL of a condition over `table`, which is the table of the resource or an alias of it.

    `used` are all conditions of the query. A condition that narrows another one (`role` narrows
    `actor`) becomes part of the SQL of the other condition. Conditions that one pair has to meet
    have a clause of their child_tables (`pair_clauses`).
    """
    filters = resource.filters_by_name
    if only_narrows(resource, condition, used) or condition in paired(resource, used):
        return true()
    narrowing = [
        fits_value(filters[other.filter].part_table, filters[other.filter], other)
        for other in used
        if other.operation == "any" and is_narrowed(resource, condition, other.filter)
    ]
    return narrowed_clause(resource, table, condition, narrowing)


def narrowed_clause(
    resource: Resource,
    table: FromClause,
    condition: Condition,
    narrowing: Sequence[ColumnElement[bool]],
) -> ColumnElement[bool]:
    """The SQL of a condition over `table`. Only child rows that fulfil `narrowing` count."""
    filter = resource.filters_by_name[condition.filter]
    if filter.through and not is_multivalued(resource, filter):
        return fits_value(table, filter, condition)
    if not is_multivalued(resource, filter):
        return _own_clause(own_column(table, filter), filter, condition)
    return _part_clause(resource, table, filter, condition, narrowing)


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
        case "any", _:
            return column.in_(binds)
        case operation, _:
            raise ValueError(
                f"The filter {filter.name} has one value in each row, so no {operation}."
            )


def _part_clause(
    resource: Resource,
    table: FromClause,
    filter: Filter,
    condition: Condition,
    narrowing: Sequence[ColumnElement[bool]],
) -> ColumnElement[bool]:
    """The clause of a filter whose values are in a child table, or in rows that it refers to.

    `actor=a&role=r` (the role narrows the actor):
        EXISTS (SELECT 1 FROM event_actors WHERE event_id = events.id AND role IN (r)
                AND actor_id IN (a))
    The same if the query is driven from the values:
        events.id IN (SELECT event_id FROM event_actors WHERE actor_id IN (a) AND role IN (r))
    `x_not` negates the first form. `x_all` has one clause for each value, up to `MAX_EXISTS`.
    """
    part = filter.part_table
    row_conditions = [*(column == value for column, value in filter.where), *narrowing]
    if filter.through:
        left, right = filter.through
        row_conditions.append(left == right)
    child_tables = [each for each in (part, filter.joined_table) if each is not None]

    key = table.c[resource.key_of(part)]
    of_row = owner_column(part) == key

    def exists_row(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists(
            select(1).where(of_row, *row_conditions, *conditions).correlate_except(*child_tables)
        )

    def has_one_of(values: ColumnElement[bool]) -> ColumnElement[bool]:
        if condition.drive_from_values:
            return key.in_(
                select(owner_column(part)).where(values, *row_conditions).correlate(None)
            )
        return exists_row(values)

    binds = bound_in(condition)
    match condition.operation:
        case "has":
            return exists_row()
        case "has-not":
            return not_(exists_row())
        case "none":
            return not_(exists_row(filter.column.in_(binds)))
        case "all":
            if len(binds) <= MAX_EXISTS:
                return and_(*(has_one_of(filter.column == bind) for bind in binds))
            has_all = has_each(filter.column, binds, [of_row, *row_conditions], child_tables)
            return and_(has_one_of(filter.column == binds[0]), has_all)
        case "any":
            if condition.date_match:
                return exists_row(fits_value(part, filter, condition))
            return has_one_of(filter.column.in_(binds))


def has_each(
    column: ColumnElement[Any],
    values: Sequence[ColumnElement[Any]],
    row_conditions: Sequence[ColumnElement[bool]],
    child_tables: Sequence[FromClause],
) -> ColumnElement[bool]:
    """The condition that the child rows that fulfil `row_conditions` together have all values.

    It is one clause for any number of values.
    """
    found = select(func.count(distinct(column))).where(*row_conditions, column.in_(values))
    return found.correlate_except(*child_tables).scalar_subquery() == len(values)
