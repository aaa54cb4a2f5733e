"""Selectivity: whether the values of a filter are frequent or rare.

A frequent value has many rows. A scan in the order of the list soon finds enough of them for a
page. A rare value has few rows, perhaps all at the end of the list, so a scan could read the whole
list. For rare values, the query is driven from the value: the database first looks up the value in
an index, then reads its rows.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial

from sqlalchemy import Select, func, literal, select, union_all

from app.db import Reader, SqlStatement
from app.db.dataset_cache import DatasetCache
from app.params.types import Scalar
from app.query.conditions import Condition, is_multivalued, only_narrows
from app.resources.derived import LinkCount
from app.resources.filter_types import Filter
from app.resources.resource import Resource, table_of

MANY = 10_000
"""A value with more rows than this is frequent. This many rows are found and sorted in 0.1 s."""

FrequentKeys = Set[tuple[str, str, str]]
"""Frequent values, each as path of the list, name of the filter, and value."""

_COUNTS = table_of(LinkCount).c
_EVERY = "every list"


class FrequentValues:
    """Looks up the frequent values in the counts of the loader; once for each dataset."""

    def __init__(self, reader: Reader, lists: Sequence[Resource]) -> None:
        self._reader = reader
        self._build = partial(_statement, lists)
        self._cache = DatasetCache[str, FrequentKeys](1)

    async def keys(self) -> FrequentKeys:
        """The frequent values of all lists, from the cache or else from the database."""
        keys = self._cache.of(await self._reader.dataset()).get(_EVERY)
        if keys is None:
            statement = SqlStatement(("frequent values",), self._build, {})
            snapshot = await self._reader.fetch([statement])
            keys = frozenset(map(tuple, snapshot.results[0]))
            self._cache.of(snapshot.dataset)[_EVERY] = keys
        return keys


def may_drive(resource: Resource, filter: Filter) -> bool:
    """Whether a query can be driven from the values of a filter.

    The values must be ids in a child table, or values in the rows that these ids refer to.
    """
    return is_multivalued(resource, filter) and (
        filter.is_by_id or _by_id(resource, filter) is not None
    )


def can_drive(resource: Resource, condition: Condition, used: Sequence[Condition]) -> bool:
    """Whether the query can be driven from the values of a condition; `used` are all conditions of
    the query."""
    filter = resource.filters_by_name[condition.filter]
    is_possible = condition.operation in ("any", "all") and may_drive(resource, filter)
    return is_possible and not only_narrows(resource, condition, used)


def are_rare(
    resource: Resource, condition: Condition, values: Iterable[Scalar], frequent: FrequentKeys
) -> bool:
    """Whether all values are rare."""
    texts = map(str, values)
    return not any((resource.path, condition.filter, value) in frequent for value in texts)


def _by_id(resource: Resource, filter: Filter) -> Filter | None:
    """The filter by id over the same child table that `filter` uses to reach its column, or
    null."""
    for each in resource.filters if filter.through else ():
        if each.is_by_id and each.part is filter.part and each.where == filter.where:
            return each
    return None


def _statement(lists: Sequence[Resource]) -> Select[str, str, str]:
    ids = select(_COUNTS.list, _COUNTS.filter, _COUNTS.entry_id).where(_COUNTS.count > MANY)
    reached = (each for resource in lists for each in _reached_by_id(resource))
    every = union_all(ids, *reached).subquery("every")
    return select(every.c.list, every.c.filter, every.c.entry_id)


def _reached_by_id(resource: Resource) -> Iterator[Select[str, str, str]]:
    """For each filter that reaches its column through ids: the frequent values. The rows of a value
    are the sum over its ids."""
    for filter in resource.filters:
        by_id = _by_id(resource, filter)
        if by_id and filter.through:
            counted = _COUNTS.list == resource.path, _COUNTS.filter == by_id.name
            yield (
                select(literal(resource.path), literal(filter.name), filter.column)
                .join_from(filter.column.class_, LinkCount, filter.through[1] == _COUNTS.entry_id)
                .where(*counted, filter.column.is_not(None))
                .group_by(filter.column)
                .having(func.sum(_COUNTS.count) > MANY)
            )
