"""Wanted rows: the conditions of a query on the table of its resource."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, and_, true

from app.query.conditions import Condition, condition_clause
from app.query.fulltext import finds
from app.query.periods import in_reach, matches
from app.query.shapes import Shape
from app.resource import Resource


def wanted_rows(resource: Resource, shape: Shape) -> ColumnElement[bool]:
    """Which rows of the resource's table the shape asks for."""
    table = resource.table
    wanted = conditions_on(resource, shape, shape.conditions)
    return and_(true(), *wanted, *in_period(table, shape))


def in_period(table: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
    """That a row matches the period, if there is one."""
    if shape.matching is None:
        return []
    return [in_reach(table, shape.matching), matches(table, shape.matching)]


def conditions_on(
    resource: Resource, shape: Shape, conditions: Sequence[Condition]
) -> list[ColumnElement[bool]]:
    """All but the period: the scope of the list, some of the conditions, and the words."""
    table = resource.table
    scope = [] if resource.scope is None else [resource.scope]
    words = [finds(table)] if shape.searched else []
    kept = [condition_clause(resource, table, each, shape.conditions) for each in conditions]
    return [*scope, *kept, *words]
