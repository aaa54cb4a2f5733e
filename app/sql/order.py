"""ORDER BY: the columns for the sort keys of a list."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal

from app.query.sort import MISSING, TIER, KeyPart, SortKey, key_parts
from app.resources.resource import Resource
from app.sql.fulltext import tier


@dataclass(frozen=True)
class Order:
    """One column of an ORDER BY."""

    name: str
    column: ColumnElement[Any]
    descending: bool


@lru_cache(maxsize=1_000)
def orders(resource: Resource, sort: tuple[SortKey, ...]) -> tuple[Order, ...]:
    """The ORDER BY columns for the sort keys, over the table of a resource. Cached."""
    return tuple(
        Order(part.name, _column(resource, part), part.descending)
        for part in key_parts(resource, sort)
    )


def _column(resource: Resource, part: KeyPart) -> ColumnElement[Any]:
    table = resource.table
    if part.name == TIER:
        return tier(table.c[resource.entry_key])
    column = table.c[part.name.removesuffix(MISSING)]
    if part.name.endswith(MISSING):
        return case((column.is_(None), literal(1)), else_=literal(0))
    if column.nullable:
        # The default has the type of the column, so that cursors are equal on both databases: an
        # integer 0 would become 0 on SQLite and 0.0 on PostgreSQL.
        return func.coalesce(column, literal(part.kind()))
    return column
