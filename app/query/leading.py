"""Leading parts: where a list is asked for one value of a dated part, such as one participant, the
index of the parts leads to the rows, in date order and without any other row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, and_, exists, not_, select

from app.query.conditions import Condition, bound_in, is_narrowed
from app.query.filters import Filter
from app.query.shapes import Shape
from app.resource import Resource, owner_column
from app.tables import Span


@dataclass(frozen=True)
class Leading:
    """A table of parts in place of the table of the rows, whose date columns it repeats."""

    part: FromClause
    owner: ColumnElement[str]
    wanted: Sequence[ColumnElement[bool]]
    """That the part has the value, and is the first one of its row that has it."""
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


def _can_lead(resource: Resource, filter: Filter, condition: Condition) -> bool:
    """One value of a dated part that every row of the answer has."""
    one = condition.operation == "any" and condition.count == 1
    own = filter.through is None and filter.part_table is not resource.table
    return one and own and issubclass(filter.column.class_, Span) and not filter.narrows


def _leading(resource: Resource, shape: Shape, condition: Condition, filter: Filter) -> Leading:
    part, twin = filter.part_alias("leading"), filter.part_alias("earlier")
    owner = owner_column(filter.part_table).name
    earlier = and_(
        twin.c[owner] == part.c[owner],
        twin.c.ordinal < part.c.ordinal,
        *_fits(resource, shape, condition, twin),
    )
    first = not_(exists(select(1).where(earlier).correlate_except(twin)))
    rest = tuple(each for each in shape.conditions if each is not condition)
    wanted = [*_fits(resource, shape, condition, part), first]
    return Leading(part, part.c[owner], wanted, rest)


def _fits(
    resource: Resource, shape: Shape, condition: Condition, part: FromClause
) -> list[ColumnElement[bool]]:
    """That a part has the value, and what narrows it: the role with the actor."""
    filter = resource.filters_by_name[condition.filter]
    wanted: list[ColumnElement[bool]] = [part.c[filter.column.key] == bound_in(condition)[0]]
    wanted += [part.c[column.key] == fixed for column, fixed in filter.where]
    for other in shape.conditions:
        if other.operation == "any" and is_narrowed(resource, condition, other.filter):
            column = resource.filters_by_name[other.filter].column
            wanted.append(part.c[column.key].in_(bound_in(other)))
    return wanted
