"""Frequent values: ids by which a filter finds so many rows that along the order of a list some are
soon met. The rows of any other id are found from the id on, since they may be the last of all."""

from collections.abc import Iterable, Sequence, Set

from sqlalchemy import Select, select

from app.data import Ask
from app.data.reader import Fetched
from app.entries import LinkCount
from app.query.conditions import Condition, is_many, only_narrows
from app.query.values import Scalar
from app.resource import Resource, table_of

MANY = 10_000
"""So many rows are found and sorted within a tenth of a second, about."""

Frequent = Set[tuple[str, str, str]]
"""Paths of lists, names of filters and ids."""


def frequent_ask() -> Ask:
    """One row with all of them."""
    return Ask(("frequent",), _statement, {}, told=_told)


def can_come_first(resource: Resource, condition: Condition, used: Sequence[Condition]) -> bool:
    """Whether a condition is of ids in a table of parts, so that these lead to the rows; `used` are
    all conditions of the query."""
    filter = resource.filters_by_name[condition.filter]
    wanted = condition.operation in ("any", "all") and not only_narrows(resource, condition, used)
    return wanted and filter.is_by_id and is_many(resource, filter)


def are_rare(
    resource: Resource, condition: Condition, values: Iterable[Scalar], frequent: Frequent
) -> bool:
    """Whether none of the values is frequent."""
    ids = map(str, values)
    return not any((resource.path, condition.filter, id) in frequent for id in ids)


def _statement() -> Select[str, str, str]:
    counts = table_of(LinkCount).c
    return select(counts.list, counts.filter, counts.entry_id).where(counts.count > MANY)


def _told(rows: Fetched) -> Fetched:
    return [(frozenset(rows),)]
