"""Parse list queries without a database: every name counts as an id."""

import asyncio
from dataclasses import dataclass
from typing import Any, cast

from app.api.lists import ListRoute
from app.params.parameter import Values
from app.params.query_string import split_query
from app.problems.problems import Fault
from app.query.list_query import ListQuery
from app.query.lookup import NameLookup
from app.query.parse import Lookups
from app.query.selectivity import FrequentKeys, FrequentValues
from app.resources.resource import Resource


def parsed_query(resource: Resource, query: str, frequent: FrequentKeys = frozenset()) -> ListQuery:
    """Parse a query string for the list of a resource; `frequent` values find many rows."""
    names, values = cast(NameLookup, _EveryName()), cast(FrequentValues, _Frequent(frequent))
    pairs = split_query(query.encode())
    parameters = ListRoute(resource).parameters
    return asyncio.run(parameters.parse(pairs, Lookups(names, values), "json"))


class _EveryName:
    async def resolved(
        self, values: Values, _named: Any, *, earlier: int
    ) -> tuple[Values, list[Fault]]:
        return values, []


@dataclass
class _Frequent:
    frequent: FrequentKeys

    async def keys(self) -> FrequentKeys:
        return self.frequent
