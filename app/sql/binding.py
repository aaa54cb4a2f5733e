"""The bound parameters of conditions, and their values."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, select

from app.db.binds import bound_each, values_of_each
from app.edtf.dates import EdtfPeriod
from app.params.types import Scalar
from app.query.conditions import Condition
from app.resources.filter_types import Attribute, Filter
from app.sql.periods import matches


def bound_in(condition: Condition) -> list[Any]:
    """The bound parameters of a condition."""
    return bound_each(condition.parameter, condition.count)


def values_in(condition: Condition, values: Sequence[Scalar]) -> dict[str, Scalar]:
    """The bound values of a condition: those of its parameter, or the ends of its period."""
    if condition.date_match:
        period = cast(EdtfPeriod, values[0])
        values = (period.first_key, period.last_key)
    return values_of_each(condition.parameter, values[: condition.count])


def fits_value(part: FromClause, filter: Filter, condition: Condition) -> ColumnElement[bool]:
    """The condition that a row of `part` has one of the values, or a date that matches the period.
    `part` is the table of the filter or an alias of it."""
    if condition.date_match:
        first, last = bound_in(condition)
        return matches(part, condition.date_match, first, last)
    if filter.through:
        near, far = filter.through
        return reached(part.c[near.key], far, filter.column, condition)
    return own_column(part, filter).in_(bound_in(condition))


def reached(
    column: ColumnElement[Any],
    joined: Attribute,
    value: Attribute,
    condition: Condition,
) -> ColumnElement[bool]:
    """The condition that `column` refers to a row of another table that has one of the values.
    `joined` and `value` are columns of that table."""
    values = select(joined).where(value.in_(bound_in(condition))).correlate(None)
    return column.in_(values)


def own_column(table: FromClause, filter: Filter) -> ColumnElement[Any]:
    """The column of a filter in `table`, by its key."""
    return cast(ColumnElement[Any], table.c[filter.column.key])
