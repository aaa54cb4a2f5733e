"""Statements: from the shape of a query to SQL, compiled once for each shape."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, select

from app.entries import Rendering
from app.query.shapes import Shape
from app.query.walks import in_order, page_keys
from app.query.wanted import wanted_rows
from app.resource import Resource, table_of

COUNTED = 10_000
"""Up to here totals are exact unless `count=exact` asks for more."""


def page_statement(resource: Resource, shape: Shape) -> Select[Any]:
    """The rows of a page: sort key, certainty if there is a period, body, evidence if asked."""
    found = page_keys(resource, shape).subquery("found")
    renderings = table_of(Rendering)
    columns = [renderings.c[resource.rendering]]
    if shape.evidence:
        columns.append(renderings.c.evidence)
    if shape.searched and resource.rendering != "body":
        columns.append(renderings.c.body)  # whose texts are highlighted
    return (
        select(*found.c, *columns)
        .join_from(found, renderings, renderings.c.id == found.c.id)
        .order_by(*in_order(resource, shape, found.c))
    )


def count_statement(resource: Resource, shape: Shape, *, exact: bool) -> Select[Any]:
    """How many rows there are; counting stops behind `COUNTED` unless it shall be exact."""
    return _count(wanted_rows(resource, shape), resource.table, exact=exact)


def undated_statement(resource: Resource, shape: Shape, *, exact: bool) -> Select[Any]:
    """How many rows the period leaves out because they have no date."""
    table = resource.table
    whole = replace(shape, matching=None)
    wanted = and_(wanted_rows(resource, whole), table.c.date_undated == literal(1))
    return _count(wanted, table, exact=exact)


def _count(wanted: ColumnElement[bool], table: FromClause, *, exact: bool) -> Select[Any]:
    rows = select(literal(1).label("one")).select_from(table).where(wanted)
    limited = rows if exact else rows.limit(COUNTED + 1)
    return select(func.count()).select_from(limited.subquery())
