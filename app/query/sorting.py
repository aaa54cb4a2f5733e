"""Sorting: what the keys of `sort` mean in columns, with nulls last and one total order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, case, func, literal

from app.messages import nearest, quoted
from app.problems import Refused
from app.query.fulltext import tier
from app.resource import Resource

RELEVANCE = "relevance"
"""The sort key of a search: how tellingly a row has the words."""


@dataclass(frozen=True)
class SortKey:
    """A key of `sort`: `date`, or `-date` for descending."""

    name: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class Order:
    """One column of an order; `kind` is the type of its values."""

    name: str
    column: ColumnElement[Any]
    descending: bool
    kind: type


def sort_names(resource: Resource) -> tuple[str, ...]:
    """The sort keys that a resource offers."""
    return (*(("date",) if resource.dated else ()), *resource.sort_columns, RELEVANCE)


def default_sort(resource: Resource, *, searched: bool = False) -> tuple[SortKey, ...]:
    """By relevance if there is a search, else by date if there are dates, else by position."""
    return (SortKey(RELEVANCE if searched else "date" if resource.dated else "position"),)


def has_index(resource: Resource, sort: Sequence[SortKey]) -> bool:
    """Whether an index has the order, so that a page need not read and sort all rows."""
    [first, *others] = sort
    return not others and first.name in (RELEVANCE, *(key.name for key in default_sort(resource)))


@dataclass(frozen=True)
class Sorting:
    """The values of `sort` for one resource: a sort key, descending with a leading `-`."""

    names: tuple[str, ...]

    def read(self, text: str) -> str:
        name = text.removeprefix("-")
        if name not in self.names:
            suggestion = nearest(name, self.names)
            raise Refused(
                f"{quoted(text)} is not a sort key of this list.",
                code="unknown-sort",
                suggestion=suggestion,
                allowed=self.names,
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "enum": [f"{mark}{name}" for name in self.names for mark in ("", "-")],
        }


def parse_sort(texts: Sequence[str]) -> tuple[SortKey, ...]:
    return tuple(SortKey(text.removeprefix("-"), text.startswith("-")) for text in texts)


def orders(resource: Resource, table: FromClause, sort: Sequence[SortKey]) -> tuple[Order, ...]:
    """The columns of an order over `table`: the keys, then position and id, ascending.

    A key that can be null becomes two columns: whether it is null, and what it is.
    """
    keys = [*sort, *(SortKey(name) for name in ("position", "id"))]
    found: dict[str, Order] = {}
    for key in keys:
        for order in _columns(resource, table, key):
            found.setdefault(order.name, order)
    return tuple(found.values())


@lru_cache(maxsize=1_000)
def own_orders(resource: Resource, sort: tuple[SortKey, ...]) -> tuple[Order, ...]:
    """The columns of an order over the resource's own table; kept, as each request needs them."""
    return orders(resource, resource.table, sort)


def _columns(resource: Resource, table: FromClause, key: SortKey) -> tuple[Order, ...]:
    if key.name == RELEVANCE:
        return (Order("tier", tier(table), key.descending, int),)
    if key.name == "date":
        return (
            Order("date_undated", table.c.date_undated, False, int),
            Order("date_sort", table.c.date_sort, key.descending, str),
        )
    declared = resource.sort_columns[key.name]
    column = table.c[declared.name]
    kind = declared.type.python_type
    if not declared.nullable:
        return (Order(declared.name, column, key.descending, kind),)
    missing = case((column.is_(None), literal(1)), else_=literal(0))
    filled = func.coalesce(column, literal("") if kind is str else literal(0))
    return (
        Order(f"{declared.name}_missing", missing, False, int),
        Order(declared.name, filled, key.descending, kind),
    )
