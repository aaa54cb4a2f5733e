"""Counts by dimension: the number of rows with each value, or with each pair of values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    distinct,
    exists,
    false,
    func,
    literal,
    not_,
    select,
    true,
)

from app.query.conditions import Condition, is_multivalued, is_narrowed
from app.query.dimensions import Dimension
from app.query.period import Step
from app.query.query_shape import Shape
from app.resources.filter_types import Filter, PairColumn
from app.resources.resource import Resource, owner_column, table_of
from app.resources.shared import Entry
from app.sql.binding import fits_value, own_column
from app.sql.driving import child_rows_suffice
from app.sql.pairs import EVENT, PAIRS, pair_conditions, paired_filters
from app.sql.periods import bucket
from app.sql.where import condition_clause, narrowed_clause, rows_clause


def counting_select(
    resource: Resource,
    by: Sequence[Dimension],
    shape: Shape,
    limit: int | None = None,
    *,
    with_parents: bool = False,
) -> Select[*tuple[Any, ...]]:
    """A GROUP BY over the dimensions `by`: value and label of each dimension, and the row count.
    For derived rows and `with_parents`, the last column is the number of different parents.

    The order is by count, descending, then by value. The statement reads one row more than `limit`,
    so that the caller knows whether there are more.
    """
    counted = _counted(resource, by, shape, with_parents=with_parents).subquery("counted")
    source: FromClause = counted
    columns: list[ColumnElement[Any]] = []
    for index, dimension in enumerate(by):
        value: ColumnElement[Any] = counted.c[f"value_{index}"]
        label = value
        if dimension.names_rows:
            entries = table_of(Entry).alias(f"entries_{index}")
            source = source.outerjoin(entries, entries.c.id == value)
            label = entries.c.name
        columns += [value, label.label(f"label_{index}")]
    number: ColumnElement[int] = counted.c.number
    columns += [number, *([counted.c.parents] if with_parents else [])]
    values = [counted.c[f"value_{index}"] for index in range(len(by))]
    statement = select(*columns).select_from(source).order_by(number.desc(), *values)
    return statement.limit(limit + 1) if limit else statement


def _counted(
    resource: Resource, by: Sequence[Dimension], shape: Shape, *, with_parents: bool
) -> Select[*tuple[Any, ...]]:
    first, *others = by
    filter = None if others or with_parents else first.filter
    child_rows = child_rows_suffice(resource, shape, filter) if filter else None
    if filter and child_rows:
        return _count_child_rows(filter, *child_rows)
    statement = _count_joined(resource, by, shape)
    if not with_parents:
        return statement
    parent = resource.table.c[resource.entry_key]
    return statement.add_columns(func.count(distinct(parent)).label("parents"))


def _count_child_rows(
    filter: Filter, part: FromClause, conditions: Sequence[ColumnElement[bool]]
) -> Select[*tuple[Any, ...]]:
    """Counts from the child table only: it has each row once for each value."""
    value = own_column(part, filter)
    counted = select(value.label("value_0"), func.count().label("number"))
    return counted.where(value.is_not(None), *conditions).group_by(value)


def _count_joined(
    resource: Resource, by: Sequence[Dimension], shape: Shape
) -> Select[*tuple[Any, ...]]:
    source: FromClause = resource.table
    narrowed = tuple(_narrowed(resource, by, shape))
    others = tuple(each for each in shape.conditions if each not in narrowed)
    conditions: list[ColumnElement[bool]] = [
        rows_clause(resource, replace(shape, conditions=others))
    ]
    values: list[ColumnElement[Any]] = []
    number: ColumnElement[int] = func.count()
    for dimension_sql in _dimensions_sql(resource, by, shape, narrowed):
        for table, on in dimension_sql.joins:
            source = source.join(table, on)
            # A row can have several child rows with the same value.
            number = func.count(distinct(resource.table.c.id))
        conditions += [dimension_sql.value.is_not(None), *dimension_sql.conditions]
        values.append(dimension_sql.value)
    labelled = [value.label(f"value_{index}") for index, value in enumerate(values)]
    counted = select(*labelled, number.label("number")).select_from(source)
    return counted.where(and_(*conditions)).group_by(*values)


def left_out_select(
    resource: Resource, by: Sequence[Dimension], shape: Shape
) -> Select[*tuple[Any, ...]]:
    """The numbers of rows in no group of a count by `by`: undated rows, rows whose date is in no
    calendar bucket, and other rows without a value. Each row is in at most one of the numbers."""
    table = resource.table
    steps: list[Step] = [each.step for each in by if each.step]
    undated = table.c.date_undated == 1 if steps else false()
    dimension_sql = [bucket(table, step).is_not(None) for step in steps]
    valued = [_has_value(resource, each, by, shape) for each in by if each.filter]
    numbers = (
        _number(undated),
        _number(and_(not_(undated), not_(and_(true(), *dimension_sql)))),
        _number(and_(*dimension_sql, not_(and_(true(), *valued)))),
    )
    # The clause of a search is text, so it does not add the table to FROM.
    return select(*numbers).select_from(table).where(rows_clause(resource, shape))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, literal(1)), else_=literal(0))), literal(0))


def _has_value(
    resource: Resource, dimension: Dimension, by: Sequence[Dimension], shape: Shape
) -> ColumnElement[bool]:
    """The condition that a row has a value of the dimension. In a count of pairs, some pair of the
    row has all values of its sides."""
    filter = dimension.filter
    if filter is None or not filter.pair:
        has = Condition(dimension.name, dimension.name, "has")
        return condition_clause(resource, resource.table, has, (*shape.conditions, has))
    filters = [each.filter for each in by]
    if not paired_filters(resource, filters, shape.conditions):
        has = Condition(dimension.name, dimension.name, "has")
        return condition_clause(resource, resource.table, has, (has,))
    columns = [PAIRS.c[each.pair.column] for each in filters if each and each.pair]
    met = pair_conditions(resource, PAIRS, shape.conditions)
    of_row = PAIRS.c[EVENT] == resource.table.c.id
    found = select(1).where(of_row, *met, *(column.is_not(None) for column in columns))
    return exists(found.correlate_except(PAIRS))


def _narrowed(resource: Resource, by: Sequence[Dimension], shape: Shape) -> Iterator[Condition]:
    """The conditions that the counted values narrow. Example: in a count by role, `actor_not=x`
    excludes only rows in which x has the counted role."""
    given = {each.filter for each in shape.conditions if each.operation == "any"}
    names = [each.filter.name for each in by if each.filter and each.filter.name not in given]
    for condition in shape.conditions:
        narrowed = any(is_narrowed(resource, condition, name) for name in names)
        # The counted child row itself fulfils "any".
        if narrowed and condition.operation != "any":
            yield condition


@dataclass
class _DimensionSql:
    """The SQL of a dimension: its value, the joins that it needs, and its conditions."""

    value: ColumnElement[Any]
    joins: list[tuple[FromClause, ColumnElement[bool]]] = field(
        default_factory=list[tuple[FromClause, ColumnElement[bool]]]
    )
    conditions: list[ColumnElement[bool]] = field(default_factory=list[ColumnElement[bool]])


def _dimensions_sql(
    resource: Resource, by: Sequence[Dimension], shape: Shape, narrowed: Sequence[Condition]
) -> Iterator[_DimensionSql]:
    """The SQL of each dimension. If one dimension narrows another, both use one child table."""
    joined_parts: list[tuple[Filter, FromClause]] = []
    pairs = PAIRS.alias("pairs")
    of_pairs = paired_filters(resource, (each.filter for each in by), shape.conditions)
    has_pairs = False
    for index, dimension in enumerate(by):
        filter = dimension.filter
        if filter and filter.pair and of_pairs:
            yield _of_pair(resource, filter.pair, pairs, shape, joined=has_pairs)
            has_pairs = True
        elif filter is None:
            yield _DimensionSql(bucket(resource.table, dimension.step or "year"))
        elif not is_multivalued(resource, filter):
            yield _DimensionSql(own_column(resource.table, filter))
        else:
            related = [part for other, part in joined_parts if _are_related(filter, other)]
            part = related[0] if related else filter.part_alias(f"part_{index}")
            if _only_negates(resource, filter, by, shape):
                dimension_sql = _any_value(filter)
            else:
                dimension_sql = _part(resource, filter, part, joined=bool(related))
                dimension_sql.conditions += _narrowing(resource, filter, shape, part)
            dimension_sql.conditions += _narrowed_by(
                resource, filter, dimension_sql.value, narrowed
            )
            joined_parts.append((filter, part))
            yield dimension_sql


def _of_pair(
    resource: Resource, pair: PairColumn, pairs: FromClause, shape: Shape, *, joined: bool
) -> _DimensionSql:
    """The value in the table of pairs, for pairs that meet the conditions for either side."""
    dimension_sql = _DimensionSql(pairs.c[pair.column])
    if not joined:
        dimension_sql.joins.append((pairs, pairs.c[EVENT] == resource.table.c.id))
        dimension_sql.conditions += pair_conditions(resource, pairs, shape.conditions)
    return dimension_sql


def _only_negates(
    resource: Resource, filter: Filter, by: Sequence[Dimension], shape: Shape
) -> bool:
    """Whether the filter narrows only `x_not` conditions."""
    narrowed = [each for each in shape.conditions if is_narrowed(resource, each, filter.name)]
    given = any(each.filter == filter.name and each.operation == "any" for each in shape.conditions)
    has_related = any(each.filter and _are_related(filter, each.filter) for each in by)
    is_negated = bool(narrowed) and all(each.operation == "none" for each in narrowed)
    return is_negated and not given and not has_related


def _any_value(filter: Filter) -> _DimensionSql:
    """A cross join with all values: a row without the value also fulfils an `x_not` condition."""
    column = own_column(filter.part_table, filter)
    values = select(column.label("value")).distinct().subquery("every_value")
    return _DimensionSql(values.c.value, joins=[(values, true())])


def _narrowed_by(
    resource: Resource, filter: Filter, value: ColumnElement[Any], narrowed: Sequence[Condition]
) -> Iterator[ColumnElement[bool]]:
    """The conditions that the filter narrows, restricted to child rows with the counted value."""
    for condition in narrowed:
        if is_narrowed(resource, condition, filter.name):
            # The child rows depend on the counted value, so the query cannot be driven from values.
            of_row = replace(condition, drive_from_values=False)
            yield narrowed_clause(resource, resource.table, of_row, [filter.column == value])


def _part(resource: Resource, filter: Filter, part: FromClause, *, joined: bool) -> _DimensionSql:
    """The value in a child table. `joined`: another dimension has already joined the table."""
    dimension_sql = _DimensionSql(part.c[filter.part.key])
    if not joined:
        owner = owner_column(filter.part_table).name
        key = resource.table.c[resource.key_of(filter.part_table)]
        dimension_sql.joins.append((part, part.c[owner] == key))
    if filter.through and filter.joined_table is not None:
        joined_table = filter.joined_table.alias(f"far_{filter.name}")
        dimension_sql.joins.append(
            (joined_table, joined_table.c[filter.through[1].key] == dimension_sql.value)
        )
        dimension_sql.value = joined_table.c[filter.column.key]
    dimension_sql.conditions = [part.c[column.key] == fixed for column, fixed in filter.where]
    return dimension_sql


def _are_related(one: Filter, other: Filter) -> bool:
    """Whether one filter narrows the other, so that both apply to the same child row."""
    return one.name in other.narrows or other.name in one.narrows


def _narrowing(
    resource: Resource, filter: Filter, shape: Shape, part: FromClause
) -> Iterator[ColumnElement[bool]]:
    """The conditions on the child row that has the value. Example: in a count by actor, the role in
    the same child row; in a count by role, the actor."""
    for condition in shape.conditions:
        other = resource.filters_by_name[condition.filter]
        if condition.operation == "any" and _are_related(filter, other):
            yield fits_value(part, other, condition)
