"""Dimensions: by what the rows of a list can be counted, for facets and statistics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    distinct,
    func,
    select,
    true,
)

from app.entries import Entry
from app.query.conditions import (
    Condition,
    bound_in,
    is_many,
    is_narrowed,
    narrowed_clause,
    own_column,
)
from app.query.filters import Filter
from app.query.statements import Shape, wanted_rows
from app.query.values import Coded, Named
from app.resource import Resource, owner_column, table_of

Step = Literal["decade", "year", "month"]
STEPS: tuple[Step, ...] = ("decade", "year", "month")
_LENGTHS = {"decade": 3, "year": 4, "month": 7}


@dataclass(frozen=True)
class Dimension:
    """A filter whose values are counted, or a step of the calendar."""

    name: str
    filter: Filter | None = None
    step: Step | None = None

    @property
    def names_rows(self) -> bool:
        """Whether its values are ids, whose names are their labels."""
        return self.filter is not None and isinstance(self.filter.values, Named)

    def label(self, value: str, name: str | None) -> str:
        """What a value is shown as: the label of a code, the name of a row."""
        if self.filter and isinstance(self.filter.values, Coded):
            return self.filter.values.vocabulary.label(value)
        return name or value


def dimensions(resource: Resource) -> dict[str, Dimension]:
    """What the rows of a resource can be counted by, under the names that `facet` takes."""
    own = [
        Dimension(filter.name, filter=filter)
        for filter in resource.filters
        if isinstance(filter.values, Coded | Named)
    ]
    dated = [Dimension(f"date:{step}", step=step) for step in STEPS] if resource.dated else []
    return {dimension.name: dimension for dimension in (*own, *dated)}


def without_own(shape: Shape, dimension: Dimension) -> Shape:
    """The shape of the whole list without the filter of the dimension itself."""
    kept = tuple(
        condition
        for condition in shape.conditions
        if condition.filter != dimension.name or condition.operation != "any"
    )
    matching = None if dimension.step else shape.matching
    return replace(shape, conditions=kept, matching=matching)


def counting_statement(
    resource: Resource, by: Sequence[Dimension], shape: Shape, limit: int | None = None
) -> Select[*tuple[Any, ...]]:
    """Value and label for each dimension, and how many rows have them: most first, then by value.

    `limit` more by one than asked tells whether there are more.
    """
    counted = _counted(resource, by, shape).subquery("counted")
    source: FromClause = counted
    columns: list[ColumnElement[Any]] = []
    for place, dimension in enumerate(by):
        value: ColumnElement[Any] = counted.c[f"value_{place}"]
        label = value
        if dimension.names_rows:
            entries = table_of(Entry).alias(f"entries_{place}")
            source = source.outerjoin(entries, entries.c.id == value)
            label = entries.c.name
        columns += [value, label.label(f"label_{place}")]
    number: ColumnElement[int] = counted.c.number
    values = [counted.c[f"value_{place}"] for place in range(len(by))]
    statement = select(*columns, number).select_from(source).order_by(number.desc(), *values)
    return statement.limit(limit + 1) if limit else statement


def _counted(resource: Resource, by: Sequence[Dimension], shape: Shape) -> Select[*tuple[Any, ...]]:
    source: FromClause = resource.table
    narrowed = tuple(_narrowed(resource, by, shape))
    others = tuple(each for each in shape.conditions if each not in narrowed)
    wanted: list[ColumnElement[bool]] = [wanted_rows(resource, replace(shape, conditions=others))]
    values: list[ColumnElement[Any]] = []
    for counted in _placed(resource, by, shape, narrowed):
        for table, on in counted.joins:
            source = source.join(table, on)
        wanted += [counted.value.is_not(None), *counted.wanted]
        values.append(counted.value)
    shown = [value.label(f"value_{place}") for place, value in enumerate(values)]
    number = func.count(distinct(resource.table.c.id)).label("number")
    return select(*shown, number).select_from(source).where(and_(*wanted)).group_by(*values)


def _narrowed(resource: Resource, by: Sequence[Dimension], shape: Shape) -> Iterator[Condition]:
    """The conditions that mean something else for each value that is counted: with the role that
    is counted, `actor_not` asks that nobody is the actor in this role."""
    given = {each.filter for each in shape.conditions if each.operation == "any"}
    names = [each.filter.name for each in by if each.filter and each.filter.name not in given]
    for condition in shape.conditions:
        narrowed = any(is_narrowed(resource, condition, name) for name in names)
        if narrowed and condition.operation != "any":  # which the counted part itself fulfils
            yield condition


@dataclass
class _Placed:
    """A dimension in a statement: its value, and the tables that lead there."""

    value: ColumnElement[Any]
    joins: list[tuple[FromClause, ColumnElement[bool]]] = field(
        default_factory=list[tuple[FromClause, ColumnElement[bool]]]
    )
    wanted: list[ColumnElement[bool]] = field(default_factory=list[ColumnElement[bool]])


def _placed(
    resource: Resource, by: Sequence[Dimension], shape: Shape, narrowed: Sequence[Condition]
) -> Iterator[_Placed]:
    """Each dimension; one that narrows another one speaks of the same part as that."""
    shared: list[tuple[Filter, FromClause]] = []
    for place, dimension in enumerate(by):
        filter = dimension.filter
        if filter is None:
            yield _Placed(bucket(resource.table, dimension.step or "year"))
        elif not is_many(resource, filter):
            yield _Placed(own_column(resource.table, filter))
        else:
            near = [part for other, part in shared if _are_related(filter, other)]
            part = near[0] if near else filter.part_alias(f"part_{place}")
            if _only_denies(resource, filter, by, shape):
                placed = _any_value(filter)
            else:
                placed = _part(resource, filter, part, joined=bool(near))
                placed.wanted += _narrowing(resource, filter, shape, part)
            placed.wanted += _narrowed_by(resource, filter, placed.value, narrowed)
            shared.append((filter, part))
            yield placed


def _only_denies(resource: Resource, filter: Filter, by: Sequence[Dimension], shape: Shape) -> bool:
    """Whether all that the filter narrows are conditions of what no row shall have."""
    narrowed = [each for each in shape.conditions if is_narrowed(resource, each, filter.name)]
    given = any(each.filter == filter.name and each.operation == "any" for each in shape.conditions)
    beside = any(each.filter and _are_related(filter, each.filter) for each in by)
    denied = bool(narrowed) and all(each.operation == "none" for each in narrowed)
    return denied and not given and not beside


def _any_value(filter: Filter) -> _Placed:
    """Each value that there is, beside every row: what a row shall not have, it need not have."""
    column = filter.part_table.c[filter.column.key]
    values = select(column.label("value")).distinct().subquery("every_value")
    return _Placed(values.c.value, joins=[(values, true())])


def _narrowed_by(
    resource: Resource, filter: Filter, value: ColumnElement[Any], narrowed: Sequence[Condition]
) -> Iterator[ColumnElement[bool]]:
    """The conditions that the filter narrows, of the parts that have the counted value."""
    for condition in narrowed:
        if is_narrowed(resource, condition, filter.name):
            yield narrowed_clause(resource, resource.table, condition, [filter.column == value])


def _part(resource: Resource, filter: Filter, part: FromClause, *, joined: bool) -> _Placed:
    """The value in a table of parts, which may be `joined` already for another dimension."""
    placed = _Placed(part.c[filter.part.key])
    if not joined:
        owner = owner_column(filter.part_table).name
        placed.joins.append((part, part.c[owner] == resource.table.c.id))
    if filter.through and filter.far_table is not None:
        far = filter.far_table.alias(f"far_{filter.name}")
        placed.joins.append((far, far.c[filter.through[1].key] == placed.value))
        placed.value = far.c[filter.column.key]
    placed.wanted = [part.c[column.key] == fixed for column, fixed in filter.where]
    return placed


def _are_related(one: Filter, other: Filter) -> bool:
    """Whether one narrows the other, so that both speak of the same part."""
    return one.name in other.narrows or other.name in one.narrows


def _narrowing(
    resource: Resource, filter: Filter, shape: Shape, part: FromClause
) -> Iterator[ColumnElement[bool]]:
    """What has to hold of the same part as the value: the role with the actor, and reversely."""
    for condition in shape.conditions:
        other = resource.filters_by_name[condition.filter]
        if condition.operation == "any" and _are_related(filter, other):
            yield part.c[other.part.key].in_(bound_in(condition))


def bucket(table: FromClause, step: Step) -> ColumnElement[Any]:
    """The decade, year or month that a date lies wholly in, or null."""
    length = _LENGTHS[step]
    first = func.substr(table.c.date_first, 1, length)
    whole = and_(
        table.c.date_undated == 0,
        first == func.substr(table.c.date_last, 1, length),
        table.c.date_qualifier.is_(None),
    )
    return case((whole, first.concat("X") if step == "decade" else first), else_=None)
