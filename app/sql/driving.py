"""Leading parts: where a list is asked for a few values of a dated part, such as participants, the
index of the parts leads to the rows of each, in date order and without any other row. Where rows
are counted by such values, the parts tell enough alone."""

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
"""So many values lead: each is a walk of its own."""


@dataclass(frozen=True)
class DrivingTable:
    """A table of parts in place of the table of the rows, whose date columns it repeats."""

    part: FromClause
    owner: ColumnElement[str]
    wanted: Sequence[ColumnElement[bool]]
    """That the part fits, what it repeats of its row, and that it is the first one that fits."""
    rest: tuple[Condition, ...]
    """The conditions that are left to look at in the row."""

    def column(self, name: str) -> ColumnElement[Any]:
        """The part's own copy of a column of the row."""
        return self.owner if name == "id" else cast(ColumnElement[Any], self.part.c[name])


def driving_tables(resource: Resource, shape: Shape) -> list[DrivingTable]:
    """The leading parts of a shape, for each of the values that lead; none if no values do."""
    able = [each for each in shape.conditions if _can_lead(resource, each)]
    if not able:
        return []
    condition = min(able, key=_index_scans)
    return [_leading(resource, shape, condition, place) for place in range(_index_scans(condition))]


def child_rows_suffice(
    resource: Resource, shape: Shape, filter: Filter
) -> tuple[FromClause, list[ColumnElement[bool]]] | None:
    """The dated parts of all rows of a shape, each row's first of each value, and what has to hold
    of them; null if the shape asks for what they do not repeat of their row."""
    known = all(_is_repeated(resource, filter.part_table, each) for each in shape.conditions)
    apart = not shape.searched and shape.date_match != "certain" and resource.scope is None
    if not (known and apart and _is_of_dated_part(resource, filter)) or filter.where:
        return None
    part = filter.part_alias("alone")
    told = (narrowed_clause(resource, part, each, ()) for each in shape.conditions)
    return part, [part.c.again == false(), *told, *in_period(part, shape)]


def _can_lead(resource: Resource, condition: Condition) -> bool:
    """A few values of a dated part, of which every row of the answer has one."""
    filter = resource.filters_by_name[condition.filter]
    few = condition.operation in ("any", "all") and _index_scans(condition) <= MOST_VALUES
    return few and _is_of_dated_part(resource, filter)


def _index_scans(condition: Condition) -> int:
    """How many values lead: of those that a row has to have all of, one."""
    return 1 if condition.operation == "all" else condition.count


def _is_of_dated_part(resource: Resource, filter: Filter) -> bool:
    """Whether the filter is of the id of a dated part, and not of what narrows that."""
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
    """Whether the part repeats the column that a condition looks at."""
    filter = resource.filters_by_name[condition.filter]
    own = filter.column.key if filter.part_table is resource.table else ""
    return own in part_table.c and bool(part_table.c[own].info.get("repeated"))


def _is_first(
    filter: Filter,
    part: FromClause,
    fits: Callable[[FromClause], list[ColumnElement[bool]]],
) -> ColumnElement[bool]:
    """That no earlier part of the row fits, so that a row is found only once."""
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
    """That the row has the other values too, if it has to; or else none of those before, by which
    it is found already."""
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
    """That another part of the same row is one that is wanted."""
    of_row = _of_same_row(filter, part, another)
    return exists(select(1).where(*of_row, *wanted).correlate_except(another))


def _of_same_row(
    filter: Filter, part: FromClause, another: FromClause
) -> list[ColumnElement[bool]]:
    """All is compared that both repeat of the row, so that the other part is found by a step in the
    index of the value."""
    same = ("date_sort", "position", owner_column(filter.part_table).name)
    # Not each index that a part is found by tells whether it is dated.
    either = another.c.date_undated.in_((literal(0), literal(1)))
    return [either, *(another.c[name] == part.c[name] for name in same)]


def _fits(
    resource: Resource,
    shape: Shape,
    condition: Condition,
    part: FromClause,
    values: Sequence[ColumnElement[Any]],
) -> list[ColumnElement[bool]]:
    """That a part has one of the values, and what narrows it: the role with the actor."""
    filter = resource.filters_by_name[condition.filter]
    wanted: list[ColumnElement[bool]] = [own_column(part, filter).in_(values)]
    wanted += [part.c[column.key] == fixed for column, fixed in filter.where]
    for other in shape.conditions:
        if other.operation == "any" and is_narrowed(resource, condition, other.filter):
            narrowing = resource.filters_by_name[other.filter]
            wanted.append(own_column(part, narrowing).in_(bound_in(other)))
    return wanted
