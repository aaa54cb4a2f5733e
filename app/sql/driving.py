"""Driving tables: child tables that a query reads first, in place of the table of the rows.

A filter with a few values of a dated child table, such as participants, reads the index of the
child table: it has the rows of each value in date order, and no others. Counts by such values need
the child table alone.
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
from app.sql.where import MOST_APART, bound_in, has_each, in_period, narrowed_clause, own_column

MOST_VALUES = 4
"""With more values there is no driving table, since each value is an index scan of its own."""


@dataclass(frozen=True)
class DrivingTable:
    """A child table that is read in place of the table of its rows; it repeats their dates."""

    part: FromClause
    owner: ColumnElement[str]
    wanted: Sequence[ColumnElement[bool]]
    """It fits, the columns that it repeats match, and it is the first such child row of its row."""
    rest: tuple[Condition, ...]
    """The conditions that need the row itself."""

    def column(self, name: str) -> ColumnElement[Any]:
        """The copy of a column of the row in the child table."""
        return self.owner if name == "id" else cast(ColumnElement[Any], self.part.c[name])


def driving_tables(resource: Resource, shape: Shape) -> list[DrivingTable]:
    """One driving table for each value of the condition that drives; empty if none can."""
    able = [each for each in shape.conditions if _can_lead(resource, each)]
    if not able:
        return []
    condition = min(able, key=_index_scans)
    return [_leading(resource, shape, condition, place) for place in range(_index_scans(condition))]


def child_rows_suffice(
    resource: Resource, shape: Shape, filter: Filter
) -> tuple[FromClause, list[ColumnElement[bool]]] | None:
    """A child table that suffices for a count by its values, and the conditions on it; null if the
    shape needs columns of the row that the child table does not repeat."""
    known = all(_is_repeated(resource, filter.part_table, each) for each in shape.conditions)
    apart = not shape.searched and shape.date_match != "certain" and resource.scope is None
    if not (known and apart and _is_of_dated_part(resource, filter)) or filter.where:
        return None
    part = filter.part_alias("alone")
    repeated = (narrowed_clause(resource, part, each, ()) for each in shape.conditions)
    return part, [part.c.again == false(), *repeated, *in_period(part, shape)]


def _can_lead(resource: Resource, condition: Condition) -> bool:
    """Whether the condition has few values of a dated child table, one of which each row needs."""
    filter = resource.filters_by_name[condition.filter]
    few = condition.operation in ("any", "all") and _index_scans(condition) <= MOST_VALUES
    return few and _is_of_dated_part(resource, filter)


def _index_scans(condition: Condition) -> int:
    """The number of driving values: for `x_all` one value is enough."""
    return 1 if condition.operation == "all" else condition.count


def _is_of_dated_part(resource: Resource, filter: Filter) -> bool:
    """Whether the filter is by the main value of a dated child table, not one that narrows it."""
    own = filter.through is None and filter.part_table is not resource.table
    return own and issubclass(filter.column.class_, DateRangeColumns) and not filter.narrows


def _leading(resource: Resource, shape: Shape, condition: Condition, place: int) -> DrivingTable:
    filter = resource.filters_by_name[condition.filter]
    part, owner = filter.part_alias("leading"), owner_column(filter.part_table).name
    others = [each for each in shape.conditions if each is not condition]
    known = [each for each in others if _is_repeated(resource, filter.part_table, each)]
    fits, values = partial(_fits, resource, shape, condition), bound_in(condition)
    one = partial(fits, values=values[place : place + 1])
    return DrivingTable(
        part=part,
        owner=part.c[owner],
        wanted=(
            *one(part),
            *(narrowed_clause(resource, part, each, ()) for each in known),
            _is_first(filter, part, one),
            *_beside(filter, part, fits, condition, place),
        ),
        rest=tuple(each for each in others if each not in known),
    )


def _is_repeated(resource: Resource, part_table: Table, condition: Condition) -> bool:
    """Whether the child table repeats the column of a condition."""
    filter = resource.filters_by_name[condition.filter]
    own = filter.column.key if filter.part_table is resource.table else ""
    return own in part_table.c and bool(part_table.c[own].info.get("repeated"))


def _is_first(
    filter: Filter,
    part: FromClause,
    fits: Callable[[FromClause], list[ColumnElement[bool]]],
) -> ColumnElement[bool]:
    """That no earlier child row of the same row fits, so that each row is found once."""
    if len(fits(part)) == 1:
        return part.c.again == false()
    earlier = filter.part_alias("earlier")
    return not_(_has(filter, part, earlier, [earlier.c.ordinal < part.c.ordinal, *fits(earlier)]))


def _beside(
    filter: Filter,
    part: FromClause,
    fits: Callable[..., list[ColumnElement[bool]]],
    condition: Condition,
    place: int,
) -> Iterator[ColumnElement[bool]]:
    """For `x_all`: the other values match, too. For `x`: no earlier value matches, so that each row
    is found once."""
    other, values = filter.part_alias("other"), bound_in(condition)
    if condition.operation == "all":
        others = values[1:]
        if len(others) > MOST_APART:
            wanted = [*_of_same_row(filter, part, other), *fits(other, values=others)]
            yield has_each(own_column(other, filter), others, wanted, [other])
            return
        for value in others:
            yield _has(filter, part, other, fits(other, values=[value]))
    elif place:
        yield not_(_has(filter, part, other, fits(other, values=values[:place])))


def _has(
    filter: Filter, part: FromClause, another: FromClause, wanted: Sequence[ColumnElement[bool]]
) -> ColumnElement[bool]:
    """That another child row of the same row fulfils the conditions."""
    of_row = _of_same_row(filter, part, another)
    return exists(select(1).where(*of_row, *wanted).correlate_except(another))


def _of_same_row(
    filter: Filter, part: FromClause, another: FromClause
) -> list[ColumnElement[bool]]:
    """That two child rows belong to the same row. All repeated columns are compared, so that the
    other child row is found by one index lookup."""
    same = ("date_sort", "position", owner_column(filter.part_table).name)
    # The column comes first in some indexes of child tables; this condition makes them usable.
    either = another.c.date_undated.in_((literal(0), literal(1)))
    return [either, *(another.c[name] == part.c[name] for name in same)]


def _fits(
    resource: Resource,
    shape: Shape,
    condition: Condition,
    part: FromClause,
    values: Sequence[ColumnElement[Any]],
) -> list[ColumnElement[bool]]:
    """That a child row has one of the values and what narrows them: the role of an actor."""
    filter = resource.filters_by_name[condition.filter]
    wanted: list[ColumnElement[bool]] = [own_column(part, filter).in_(values)]
    wanted += [part.c[column.key] == fixed for column, fixed in filter.where]
    for other in shape.conditions:
        if other.operation == "any" and is_narrowed(resource, condition, other.filter):
            narrowing = resource.filters_by_name[other.filter]
            wanted.append(own_column(part, narrowing).in_(bound_in(other)))
    return wanted
