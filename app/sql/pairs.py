"""Pairs: the filters by who acts and by who is affected, in one query.

If a query asks for both sides, one pair of actors has to meet all of these filters: it is a
directed dyad. The table of dyads has the pairs.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, exists, select

from app.query.conditions import Condition
from app.resources.dyads import DYADS
from app.resources.filter_types import Filter, PairColumn
from app.resources.resource import Resource
from app.sql.binding import bound_in, reached

PAIRS, EVENT = DYADS.table, DYADS.entry_key


def paired(resource: Resource, conditions: Iterable[Condition]) -> list[Condition]:
    """The conditions that one pair has to meet; empty unless they ask for both sides."""
    found = _asking(resource, conditions)
    return found if asks_both_sides(_filter(resource, each) for each in found) else []


def asks_both_sides(filters: Iterable[Filter]) -> bool:
    """Whether some of the filters ask who acts, and others who is affected."""
    return len({filter.pair.side for filter in filters if filter.pair}) > 1


def paired_filters(
    resource: Resource, by: Iterable[Filter | None], conditions: Iterable[Condition]
) -> bool:
    """Whether a count by the values of `by` counts pairs: the values and the conditions together
    ask for both sides."""
    asked = [_filter(resource, each) for each in _asking(resource, conditions)]
    of_pairs = [filter for filter in by if filter and filter.pair]
    return bool(of_pairs) and asks_both_sides([*of_pairs, *asked])


def leading_pairs(resource: Resource, conditions: Iterable[Condition]) -> list[Condition]:
    """The conditions that one pair has to meet, if an index of dyads has their rows in the order of
    dates: one of them has a single value."""
    together = paired(resource, conditions)
    pairs = [(each, _filter(resource, each).pair) for each in together]
    single = any(each.count == 1 and pair and not pair.through for each, pair in pairs)
    return together if single else []


def pair_clauses(
    resource: Resource, table: FromClause, conditions: Iterable[Condition]
) -> list[ColumnElement[bool]]:
    """The condition that one pair of the row meets all paired conditions; empty without these."""
    together = paired(resource, conditions)
    if not together:
        return []
    met = pair_conditions(resource, PAIRS, together)
    if any(each.drive_from_values for each in together):
        return [table.c.id.in_(select(PAIRS.c[EVENT]).where(*met).correlate(None))]
    of_row = select(1).where(PAIRS.c[EVENT] == table.c.id, *met)
    return [exists(of_row.correlate_except(PAIRS))]


def pair_conditions(
    resource: Resource, pairs: FromClause, conditions: Iterable[Condition]
) -> Sequence[ColumnElement[bool]]:
    """The conditions on a pair, for those conditions of a query that ask for a side."""
    return [
        _is_so(pairs.c[pair.column], pair, each)
        for each in _asking(resource, conditions)
        if (pair := _filter(resource, each).pair)
    ]


def _is_so(
    column: ColumnElement[Any], pair: PairColumn, condition: Condition
) -> ColumnElement[bool]:
    if pair.through is None:
        return column.in_(bound_in(condition))
    value, joined = pair.through
    return reached(column, joined, value, condition)


def _asking(resource: Resource, conditions: Iterable[Condition]) -> list[Condition]:
    """The conditions that ask for a side."""
    return [each for each in conditions if each.operation == "any" and _filter(resource, each).pair]


def _filter(resource: Resource, condition: Condition) -> Filter:
    return resource.filters_by_name[condition.filter]
