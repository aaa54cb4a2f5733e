"""Driving tables: child tables that a query reads first, in place of the table of the rows.

Some child tables, such as participants, have copies of the dates of their rows. If a filter has
only a few values of such a table, the query reads the index of the child table. This index has the
rows of each value in date order, so the query reads no other rows. Counts by such values need only
the child table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Table, exists, false, literal, not_, select

from app.query.conditions import Condition, is_narrowed
from app.query.query_shape import Shape
from app.resources.bases import DateRangeColumns
from app.resources.filter_types import Filter
from app.resources.resource import Resource, owner_column
from app.sql.binding import bound_in, fits_value, own_column
from app.sql.pairs import EVENT, PAIRS, leading_pairs, pair_conditions
from app.sql.where import MAX_EXISTS, has_each, in_period, narrowed_clause

MAX_VALUES = 4
"""Maximum number of values for driving tables, because each value needs its own index scan."""


@dataclass(frozen=True)
class DrivingTable:
    """A child table that the query reads in place of the table of the rows. It has copies of
    their dates."""

    part: FromClause
    owner: ColumnElement[str]
    conditions: Sequence[ColumnElement[bool]]
    """The conditions on a child row: it has the value, its copied columns match, and it is the
    first such child row of its row."""
    other_conditions: tuple[Condition, ...]
    """The other conditions, which need the table of the rows."""
    has_pairs: bool = False
    """Whether it is the table of dyads. Its rows have a rank of their own."""

    def column(self, name: str) -> ColumnElement[Any]:
        """The copy of a column of the row in the child table."""
        return self.owner if name == "id" else cast(ColumnElement[Any], self.part.c[name])


def driving_tables(resource: Resource, shape: Shape) -> list[DrivingTable]:
    """One driving table for each value of the driving condition; empty if no condition can drive.

    The driving condition is the one with the fewest index scans.
    """
    if together := leading_pairs(resource, shape.conditions):
        return [_pairs_first(resource, shape, together)]
    drivers = [each for each in shape.conditions if _can_drive(resource, each)]
    if not drivers:
        return []
    condition = min(drivers, key=_index_scans)
    return [
        _driving_table(resource, shape, condition, index)
        for index in range(_index_scans(condition))
    ]


def _pairs_first(resource: Resource, shape: Shape, together: Sequence[Condition]) -> DrivingTable:
    """The table of dyads, for the conditions that one pair has to meet. An event counts at the
    first of its pairs."""
    pairs, earlier = PAIRS.alias("pairs"), PAIRS.alias("earlier")
    first = exists(
        select(1)
        .where(
            earlier.c[EVENT] == pairs.c[EVENT],
            earlier.c.id < pairs.c.id,
            *pair_conditions(resource, earlier, together),
        )
        .correlate_except(earlier)
    )
    return DrivingTable(
        part=pairs,
        owner=pairs.c[EVENT],
        conditions=(*pair_conditions(resource, pairs, together), not_(first)),
        other_conditions=tuple(each for each in shape.conditions if each not in together),
        has_pairs=True,
    )


def child_rows_suffice(
    resource: Resource, shape: Shape, filter: Filter
) -> tuple[FromClause, list[ColumnElement[bool]]] | None:
    """A child table that is enough for a count by its values, and the conditions on it.

    Null if the shape needs columns of the row that the child table does not have.
    """
    are_copied = all(_is_copied(resource, filter.part_table, each) for each in shape.conditions)
    is_enough = not shape.searched and shape.date_match != "certain" and resource.scope is None
    if not (are_copied and is_enough and _is_of_dated_part(resource, filter)) or filter.where:
        return None
    part = filter.part_alias("child_rows")
    clauses = (narrowed_clause(resource, part, each, ()) for each in shape.conditions)
    return part, [part.c.is_duplicate == false(), *clauses, *in_period(part, shape)]


def _can_drive(resource: Resource, condition: Condition) -> bool:
    """Whether the condition can drive: it has few values of a dated child table, and each row needs
    at least one of them."""
    filter = resource.filters_by_name[condition.filter]
    has_few_values = condition.operation in ("any", "all") and _index_scans(condition) <= MAX_VALUES
    return has_few_values and _is_of_dated_part(resource, filter)


def _index_scans(condition: Condition) -> int:
    """The number of index scans: one for each value, but only one for `x_all`, because each row
    has the first value."""
    return 1 if condition.operation == "all" else condition.count


def _is_of_dated_part(resource: Resource, filter: Filter) -> bool:
    """Whether the filter is by the main value of a dated child table. A filter that narrows another
    filter is not."""
    is_own = filter.through is None and filter.part_table is not resource.table
    return is_own and issubclass(filter.column.class_, DateRangeColumns) and not filter.narrows


def _driving_table(
    resource: Resource, shape: Shape, condition: Condition, index: int
) -> DrivingTable:
    filter = resource.filters_by_name[condition.filter]
    part, owner = filter.part_alias("driving"), owner_column(filter.part_table).name
    others = [each for each in shape.conditions if each is not condition]
    copied = [each for each in others if _is_copied(resource, filter.part_table, each)]
    value_conditions = partial(_value_conditions, resource, shape, condition)
    values = bound_in(condition)
    first_value = partial(value_conditions, values=values[index : index + 1])
    return DrivingTable(
        part=part,
        owner=part.c[owner],
        conditions=(
            *first_value(part),
            *(narrowed_clause(resource, part, each, ()) for each in copied),
            _is_first(filter, part, first_value),
            *_other_values(filter, part, value_conditions, condition, index),
        ),
        other_conditions=tuple(each for each in others if each not in copied),
    )


def _is_copied(resource: Resource, part_table: Table, condition: Condition) -> bool:
    """Whether the child table has a copy of the column of a condition."""
    filter = resource.filters_by_name[condition.filter]
    column = filter.column.key if filter.part_table is resource.table else ""
    return column in part_table.c and bool(part_table.c[column].info.get("denormalised"))


def _is_first(
    filter: Filter,
    part: FromClause,
    value_conditions: Callable[[FromClause], list[ColumnElement[bool]]],
) -> ColumnElement[bool]:
    """The condition that no earlier child row of the same row fits, so that each row is found
    once."""
    if len(value_conditions(part)) == 1:
        return part.c.is_duplicate == false()
    earlier = filter.part_alias("earlier")
    return not_(
        _has_sibling(
            filter, part, earlier, [earlier.c.ordinal < part.c.ordinal, *value_conditions(earlier)]
        )
    )


def _other_values(
    filter: Filter,
    part: FromClause,
    value_conditions: Callable[..., list[ColumnElement[bool]]],
    condition: Condition,
    index: int,
) -> Iterator[ColumnElement[bool]]:
    """The conditions for the other values. For `x_all`, the row has the other values, too. For `x`,
    the row has no earlier value, so that each row is found once."""
    other, values = filter.part_alias("other"), bound_in(condition)
    if condition.operation == "all":
        others = values[1:]
        if len(others) > MAX_EXISTS:
            conditions = [
                *_of_same_row(filter, part, other),
                *value_conditions(other, values=others),
            ]
            yield has_each(own_column(other, filter), others, conditions, [other])
            return
        for value in others:
            yield _has_sibling(filter, part, other, value_conditions(other, values=[value]))
    elif index:
        yield not_(
            _has_sibling(filter, part, other, value_conditions(other, values=values[:index]))
        )


def _has_sibling(
    filter: Filter, part: FromClause, sibling: FromClause, conditions: Sequence[ColumnElement[bool]]
) -> ColumnElement[bool]:
    """The condition that another child row of the same row fulfils `conditions`."""
    of_row = _of_same_row(filter, part, sibling)
    return exists(select(1).where(*of_row, *conditions).correlate_except(sibling))


def _of_same_row(
    filter: Filter, part: FromClause, sibling: FromClause
) -> list[ColumnElement[bool]]:
    """The condition that two child rows belong to the same row. It compares all copied columns,
    so that one index lookup finds the other child row."""
    same = ("date_sort", "position", owner_column(filter.part_table).name)
    # `date_undated` is the first column of some indexes of child tables. With this condition, the
    # database can use them.
    either = sibling.c.date_undated.in_((literal(0), literal(1)))
    return [either, *(sibling.c[name] == part.c[name] for name in same)]


def _value_conditions(
    resource: Resource,
    shape: Shape,
    condition: Condition,
    part: FromClause,
    values: Sequence[ColumnElement[Any]],
) -> list[ColumnElement[bool]]:
    """The conditions that a child row has one of the values, and fulfils the filters that narrow
    them: for an actor, the role."""
    filter = resource.filters_by_name[condition.filter]
    conditions: list[ColumnElement[bool]] = [own_column(part, filter).in_(values)]
    conditions += [part.c[column.key] == fixed for column, fixed in filter.where]
    for other in shape.conditions:
        if other.operation == "any" and is_narrowed(resource, condition, other.filter):
            narrowing = resource.filters_by_name[other.filter]
            conditions.append(fits_value(part, narrowing, other))
    return conditions
