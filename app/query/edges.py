"""Edges: the rows of a period that begin or end outside of its whole months, by their codes.

Of rows with a code, tallies know how many have begun and ended until the end of each month. What is
lacking to the very days of a period is counted: a month at most at each of its edges.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, literal, select

from app.edtf import MAX_DAY
from app.query.conditions import Condition, bound_in, own_column
from app.query.periods import (
    START,
    TO,
    Asked,
    bound,
    day_after,
    last_month_end,
    matches,
    start_key,
    stretches,
)
from app.resource import Resource
from app.tables import Key

MONTHS_BEFORE: BindParameter[str] = bindparam("months_before", type_=Key)
"""The end of a month until which tallies tell what has ended, or begun, before the period."""
MONTHS_START: BindParameter[str] = bindparam("months_start", type_=Key)
"""The least sort key of a date that begins in the whole months of the period."""
MONTHS_TO: BindParameter[str] = bindparam("months_to", type_=Key)
"""The end of a month until which tallies tell what has begun, or ended, in the period."""
EDGE = "edge"
"""Begins the names of the values of the days between the end of a month and the period."""
_EDGE_FROM, _EDGE_TO = bound(EDGE, "from"), bound(EDGE, "to")

Rows = Select[*tuple[Any, ...]]


def values_for_beginnings(period: Asked) -> dict[str, str]:
    """The values that are bound where it is asked what begins in a period."""
    months = period.whole_months or period
    start = start_key(months.first)
    whole = {MONTHS_BEFORE.key: months.before, MONTHS_START.key: start, MONTHS_TO.key: months.last}
    return {**whole, **_edge(months.last, period.last)}


def values_for_overlaps(period: Asked) -> dict[str, str]:
    """The values that are bound where it is asked what possibly overlaps a period."""
    before, until = last_month_end(period.before), last_month_end(period.last)
    whole = {MONTHS_BEFORE.key: before, MONTHS_TO.key: until}
    return {**whole, **_edge(before, period.before)}


def _edge(after: str, until: str) -> dict[str, str]:
    """The values of the days behind one day until another one; if there are none, of a period that
    ends before it begins."""
    edge = Asked(MAX_DAY, "") if after == until else Asked(day_after(after), until)
    return edge.values(EDGE)


def beginnings_at_edges(resource: Resource, codes: Condition | str) -> Iterator[Rows]:
    """The code of each row that begins in the period, but surely has begun only behind its whole
    months, or may have before them, beside a one."""
    table, match = resource.table, matches(resource.table, "starts")
    columns, sort = table.c, table.c.date_sort
    early = (columns.date_undated == literal(0), sort >= START, sort < MONTHS_START, match)
    yield _rows(resource, codes, 1, [*early, columns.date_start_last <= MONTHS_TO])
    for stretch in stretches(table, EDGE):
        late = (_EDGE_FROM <= _EDGE_TO, stretch, columns.date_start_last > MONTHS_TO, match)
        yield _rows(resource, codes, 1, late)


def overlaps_at_edges(resource: Resource, codes: Condition | str) -> Iterator[Rows]:
    """The code of each row that begins in the last month of the period, if this is not whole,
    beside a one; and of each that ends in the month of its first day but before that, beside a
    minus one."""
    columns = resource.table.c
    dated, first, sort = columns.date_undated == literal(0), columns.date_first, columns.date_sort
    begun = (dated, sort > MONTHS_TO, sort <= TO, first > MONTHS_TO, first <= TO)
    yield _rows(resource, codes, 1, begun)
    for stretch in stretches(resource.table, EDGE):
        ended = (_EDGE_FROM <= _EDGE_TO, stretch, columns.date_last <= _EDGE_TO)
        yield _rows(resource, codes, -1, ended)


def _rows(
    resource: Resource, codes: Condition | str, number: int, wanted: Sequence[ColumnElement[bool]]
) -> Rows:
    """The code of each dated row that is wanted, beside a number."""
    name = codes if isinstance(codes, str) else codes.filter
    value = own_column(resource.table, resource.filters_by_name[name])
    coded = value.is_not(None) if isinstance(codes, str) else value.in_(bound_in(codes))
    scope = [] if resource.scope is None else [resource.scope]
    row = select(value.label("value"), literal(number).label("number"))
    return row.where(*scope, *wanted, coded)
