"""Edges: the rows that begin in a period, but outside its whole months, which tallies tell of."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, literal, select

from app.query.conditions import Condition, bound_in, own_column
from app.query.periods import START, TO, Asked, matches, start_key
from app.resource import Resource
from app.tables import Key

MONTHS_BEFORE: BindParameter[str] = bindparam("months_before", type_=Key)
"""The day before the whole months of the period."""
MONTHS_START: BindParameter[str] = bindparam("months_start", type_=Key)
"""The least sort key of a date that begins in them."""
MONTHS_TO: BindParameter[str] = bindparam("months_to", type_=Key)
"""Their last day."""


def months_values(months: Asked) -> dict[str, str]:
    """The values that statements about the whole months of a period are run with."""
    start = start_key(months.first)
    return {MONTHS_BEFORE.key: months.before, MONTHS_START.key: start, MONTHS_TO.key: months.last}


def at_the_edges(resource: Resource, codes: Condition | str) -> Iterator[Select[*tuple[Any, ...]]]:
    """The code of a filter, beside a one, of each row before the whole months and behind them.

    What begins outside of them does not end in them: beginnings are a day or whole months.
    """
    table, (value, wanted) = resource.table, _codes(resource, codes)
    scope = [] if resource.scope is None else [resource.scope]
    dated = (table.c.date_undated == literal(0), matches(table, "starts"))
    sort = table.c.date_sort
    for edge in ((sort >= START, sort < MONTHS_START), (sort > MONTHS_TO, sort <= TO)):
        row = select(value.label("value"), literal(1).label("number"))
        yield row.where(*scope, *dated, *edge, wanted)


def _codes(
    resource: Resource, codes: Condition | str
) -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """The column of a filter, and that it has one of the codes, or any."""
    name = codes if isinstance(codes, str) else codes.filter
    value = own_column(resource.table, resource.filters_by_name[name])
    return value, value.is_not(None) if isinstance(codes, str) else value.in_(bound_in(codes))
