"""Leading parts: where a list is asked for one value of a dated part, such as one participant, the
index of the parts leads to the rows, in date order and without any other row. Where rows are
counted by such values, the parts tell enough alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Table, and_, exists, false, not_, select

from app.query.conditions import Condition, bound_in, is_narrowed, narrowed_clause, own_column
from app.query.filters import Filter
from app.query.shapes import Shape
from app.query.wanted import in_period
from app.resource import Resource, owner_column
from app.tables import Span


@dataclass(frozen=True)
class Leading:
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


def leading(resource: Resource, shape: Shape) -> Leading | None:
    """The leading part of a shape, if it has one."""
    for condition in shape.conditions:
        filter = resource.filters_by_name[condition.filter]
        if _can_lead(resource, filter, condition):
            return _leading(resource, shape, condition, filter)
    return None


def parts_alone(
    resource: Resource, shape: Shape, filter: Filter
) -> tuple[FromClause, list[ColumnElement[bool]]] | None:
    """The dated parts of all rows of a shape, each row's first of each value, and what has to hold
    of them; null if the shape asks for what they do not repeat of their row."""
    known = all(_is_repeated(resource, filter.part_table, each) for each in shape.conditions)
    apart = not shape.searched and shape.matching != "certain" and resource.scope is None
    if not (known and apart and _is_of_dated_part(resource, filter)) or filter.where:
        return None
    part = filter.part_alias("alone")
    told = (narrowed_clause(resource, part, each, ()) for each in shape.conditions)
    return part, [part.c.again == false(), *told, *in_period(part, shape)]


def _can_lead(resource: Resource, filter: Filter, condition: Condition) -> bool:
    """One value of a dated part that every row of the answer has."""
    one = condition.operation == "all" or (condition.operation == "any" and condition.count == 1)
    return one and _is_of_dated_part(resource, filter)


def _is_of_dated_part(resource: Resource, filter: Filter) -> bool:
    """Whether the filter is of the id of a dated part, and not of what narrows that."""
    own = filter.through is None and filter.part_table is not resource.table
    return own and issubclass(filter.column.class_, Span) and not filter.narrows


def _leading(resource: Resource, shape: Shape, condition: Condition, filter: Filter) -> Leading:
    part = filter.part_alias("leading")
    owner = owner_column(filter.part_table).name
    # Of several values that a row has to have, the part tells one.
    others = [each for each in shape.conditions if each is not condition or each.count > 1]
    known = [each for each in others if _is_repeated(resource, filter.part_table, each)]
    fits = _fits(resource, shape, condition, part)
    return Leading(
        part=part,
        owner=part.c[owner],
        wanted=(
            *fits,
            *(narrowed_clause(resource, part, each, ()) for each in known),
            _is_first(resource, shape, condition, part),
        ),
        rest=tuple(each for each in others if each not in known),
    )


def _is_repeated(resource: Resource, part_table: Table, condition: Condition) -> bool:
    """Whether the part repeats the column that a condition looks at."""
    filter = resource.filters_by_name[condition.filter]
    own = filter.column.key if filter.part_table is resource.table else ""
    return own in part_table.c and bool(part_table.c[own].info.get("repeated"))


def _is_first(
    resource: Resource, shape: Shape, condition: Condition, part: FromClause
) -> ColumnElement[bool]:
    """Whether no earlier part of the row fits, so that a row is found only once."""
    filter = resource.filters_by_name[condition.filter]
    if len(_fits(resource, shape, condition, part)) == 1:
        return part.c.again == false()
    earlier, owner = filter.part_alias("earlier"), owner_column(filter.part_table).name
    same_row = and_(earlier.c[owner] == part.c[owner], earlier.c.ordinal < part.c.ordinal)
    fits = _fits(resource, shape, condition, earlier)
    return not_(exists(select(1).where(same_row, *fits).correlate_except(earlier)))


def _fits(
    resource: Resource, shape: Shape, condition: Condition, part: FromClause
) -> list[ColumnElement[bool]]:
    """That a part has the value, and what narrows it: the role with the actor."""
    filter = resource.filters_by_name[condition.filter]
    wanted: list[ColumnElement[bool]] = [part.c[filter.column.key] == bound_in(condition)[0]]
    wanted += [part.c[column.key] == fixed for column, fixed in filter.where]
    for other in shape.conditions:
        if other.operation == "any" and is_narrowed(resource, condition, other.filter):
            narrowing = resource.filters_by_name[other.filter]
            wanted.append(own_column(part, narrowing).in_(bound_in(other)))
    return wanted
