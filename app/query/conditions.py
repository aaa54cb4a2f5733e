"""Conditions: the filters that a query uses, and the query parameters of each filter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import Column, Table

from app.params.parameter import Parameter
from app.params.types import Coded, Flag, Named, SlugText
from app.query.period import DateMatch
from app.resources.filter_types import Filter
from app.resources.resource import Resource

Operation = Literal["any", "none", "all", "has", "has-not"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter that a query uses: its parameter, the operation and the number of values."""

    parameter: str
    filter: str
    operation: Operation
    count: int = 0
    date_match: DateMatch | None = None
    """How dates match, if the value is a period. Then it has two bound values: the first and the
    last day."""
    drive_from_values: bool = False
    """Whether the database first finds the values and then their rows. If not, it checks each row
    for the values."""


@dataclass(frozen=True)
class Variant:
    """One query parameter of a filter, such as `x_not` of the filter `x`."""

    parameter: Parameter
    filter: Filter
    operation: Operation


def variants(resource: Resource, filter: Filter) -> Iterator[Variant]:
    """The parameters of the filter `x`.

    Every filter has `x`. Filters by codes, rows or slugs also have `x_not`. They have `x_all` if a
    row can have several values, and `has_x` if a row can have no value.
    """
    multivalued = is_multivalued(resource, filter)
    listed = isinstance(filter.values, Coded | Named | SlugText) and not filter.is_plain

    def variant(name: str, text: str, operation: Operation) -> Variant:
        other = filter.example_not if operation == "none" else None
        parameter = Parameter(
            name, filter.values, f"{filter.description}{text}", other or filter.example,
            multiple=filter.comparison == "equal" and not isinstance(filter.values, Flag),
        )  # fmt: skip
        return Variant(parameter, filter, operation)

    values = " Any of the values." if listed or filter.is_plain else ""
    yield variant(filter.name, values, "any")
    if listed:
        yield variant(
            f"{filter.name}_not", " None of the values. A row without a value also matches.", "none"
        )
        if multivalued:
            yield variant(f"{filter.name}_all", " All of the values.", "all")
    if listed and (multivalued or _column(resource.table, filter).nullable):
        has = Parameter(
            f"has_{filter.name}", Flag(), f"Whether the row has a value. {filter.description}", True
        )
        yield Variant(has, filter, "has")


def is_multivalued(resource: Resource, filter: Filter) -> bool:
    """Whether a row can have several values of the filter."""
    return filter.part_table is not resource.table


def only_narrows(resource: Resource, condition: Condition, used: Sequence[Condition]) -> bool:
    """Whether a condition only narrows other conditions of the query: `role` narrows `actor`.

    `used` are all conditions of the query.
    """
    narrowed = (is_narrowed(resource, other, condition.filter) for other in used)
    return condition.operation == "any" and any(narrowed)


def is_narrowed(resource: Resource, condition: Condition, by: str) -> bool:
    """Whether the filter `by` narrows the condition: both must match the same child row."""
    narrows = resource.filters_by_name[by].narrows
    return condition.filter in narrows and condition.operation in ("any", "none", "all")


def _column(table: Table, filter: Filter) -> Column[Any]:
    return cast(Column[Any], table.c[filter.column.key])
