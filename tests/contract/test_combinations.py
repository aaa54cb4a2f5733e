"""A combination of filters finds the rows that all its filters find: in lists, exports, facets and
statistics; with one value, with several, and with as many as an address can hold.

`make fuzz` tests many more random pairs and triples.
"""

import json
import os
from collections.abc import Callable
from functools import cache, partial
from itertools import cycle
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

from app.query.dimensions import dimensions
from app.query.list_parameters import MAX_ROWS
from app.resources.lists import LISTS
from app.resources.resource import Resource
from app.resources.timeline import SEARCH
from tests.client import ApiClient
from tests.contract.api_requests import get, ids, rows_of
from tests.contract.filter_combinations import (
    Choice,
    Combined,
    choices,
    covering,
    few_together,
    groups,
    of_participants,
    with_many_values,
)
from tests.contract.sides import sources

MANY = os.environ.get("FUZZ_EXAMPLES")
"""The number of pairs and triples for each list in `make fuzz`."""
FEW = 8
CROWD = 28
"""The number of parameters in each request of the tests of all pairs."""

EACH = pytest.mark.parametrize("resource", [*LISTS, SEARCH], ids=lambda resource: resource.path)


class Combining:
    """A list whose filters are combined.

    By default each combination is tested in one of three ways, in turn: with a facet, as an export,
    or in statistics. `make fuzz` tests each combination in all ways.
    """

    def __init__(self, client: ApiClient, resource: Resource) -> None:
        self.choices = choices(client, resource)
        self.names = sorted(self.choices.asked)
        self.random = Random() if MANY else Random(1)
        self._client, self._resource = client, resource
        self._alone: Callable[[tuple[Choice, ...]], frozenset[str]] = cache(self._found)
        # A facet of months may have too many values.
        names = [name for name in dimensions(resource) if name != "date:month"]
        self._dimensions = cycle(names)
        has_stats = names and not resource.only_searched
        self._ways = [self._is_listed, self._is_exported, *([self._is_counted] * bool(has_stats))]
        self._turns = cycle(self._ways)

    def check(self, combined: Combined) -> None:
        """A combination finds exactly the rows that each of its filters finds."""
        chosen = dict(combined)
        parts = groups(self._resource, list(chosen))
        found = [self._alone(tuple((name, chosen[name]) for name in part)) for part in parts]
        expected = found[0].intersection(*found[1:])
        for way in self._ways if MANY else (next(self._turns),):
            way(combined, expected)

    def _is_listed(self, combined: Combined, expected: frozenset[str]) -> None:
        asked = self.choices.together(combined)
        facet = [next(self._dimensions)] if dimensions(self._resource) else ()
        path = f"/v1/{self._resource.path}"
        body = get(self._client, path, **asked, facet=facet, limit=MAX_ROWS)
        assert body["meta"]["total"] == len(expected), asked
        assert len(body["data"]) == min(MAX_ROWS, len(expected)), asked
        assert expected.issuperset(ids(body["data"])), asked

    def _is_exported(self, combined: Combined, expected: frozenset[str]) -> None:
        assert self._found(combined) == expected, self.choices.together(combined)

    def _is_counted(self, combined: Combined, expected: frozenset[str]) -> None:
        asked, by = self.choices.together(combined), next(self._dimensions)
        body = get(self._client, f"/v1/stats/{self._resource.path}", **asked, by=by)
        assert body["meta"]["total"] == len(expected), asked

    def _found(self, combined: Combined) -> frozenset[str]:
        """The ids in an export."""
        asked = {**self.choices.together(combined), "format": "ndjson", "fields": "id"}
        response = self._client.get(f"/v1/{self._resource.path}", params=asked)
        assert response.status_code == 200, (asked, response.text)
        return frozenset(json.loads(line)["id"] for line in response.text.splitlines())


@pytest.fixture(scope="module")
def combining(forgetful: ApiClient) -> Callable[[Resource], Combining]:
    """Computes the combinations of each list, and caches them."""
    return cache(partial(Combining, forgetful))


Lists = Callable[[Resource], Combining]


@EACH
def test_each_pair_of_filters_in_a_crowd_finds_what_all_find(
    combining: Lists, resource: Resource
) -> None:
    each = combining(resource)
    for combined in covering(each.names, 2, CROWD, each.random):
        each.check(combined)


@pytest.mark.parametrize("loaded", ["sqlite", *(["postgresql"] if MANY else [])], indirect=True)
@EACH
def test_each_triple_of_filters_of_participants_finds_what_all_find(
    combining: Lists, resource: Resource
) -> None:
    each, names = combining(resource), of_participants(resource)
    for combined in covering(names, 3, CROWD, each.random):
        each.check(combined)


@EACH
def test_pairs_and_triples_of_filters_find_what_all_find(
    combining: Lists, resource: Resource
) -> None:
    each = combining(resource)
    for combined in few_together(each.names, int(MANY or FEW), each.random):
        each.check(combined)


@EACH
def test_as_many_values_as_an_address_holds_are_no_fault(
    forgetful: ApiClient, resource: Resource
) -> None:
    for asked in with_many_values(forgetful, resource):
        assert len(urlencode(asked, doseq=True)) < 8_000
        assert get(forgetful, f"/v1/{resource.path}", **asked)["meta"]["total"] >= 0


def test_roles_beside_a_source_find_the_events_in_which_somebody_has_one(
    forgetful: ApiClient,
) -> None:
    """Regression test: a second role was confused with the role of the source."""
    every = rows_of(forgetful, "/v1/events", limit=200)

    def has(row: dict[str, Any], *roles: str) -> bool:
        return any(each["role"] in roles for each in row["actors"])

    asked = {"role": ["source", "target"], "source": "donald-trump"}
    acting = [row for row in every if "donald-trump" in sources(row)]
    expected = [row for row in acting if has(row, "source", "target")]
    assert expected
    assert ids(rows_of(forgetful, "/v1/events", limit=200, **asked)) == ids(expected)
    counted = get(forgetful, "/v1/events", limit=0, count="none", facet="role", **asked)
    told = {each["value"]: each["count"] for each in counted["facets"]["role"]["buckets"]}
    assert told == {role: n for role in told if (n := sum(has(row, role) for row in acting))}
