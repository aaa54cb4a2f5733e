"""Participants and their roles, with all variants of filters, facets and statistics."""

from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import pytest

from tests.client import ApiClient
from tests.contract.api_requests import Row, get, ids, rows_of
from tests.contract.sides import SIDES, pairs, sources, targets

EVENTS = "/v1/events"
ROLES = ("source", "target", "party", "signatory")
PAIRS = (("donald-trump", "united-states"), ("hong-kong", "china"))
MANY = ("donald-trump", "united-states", "hong-kong", "china", "hong-kong-police")
"""Enough values that the server does not scan the rows of each value separately."""


@pytest.fixture(scope="module")
def events(client: ApiClient) -> list[Row]:
    return rows_of(client, EVENTS, limit=200)


def has_actor(row: Row, actor: str, roles: tuple[str, ...]) -> bool:
    """Whether a row has the actor in one of the roles. Without roles: in any role."""
    return any(a["id"] == actor and (not roles or a["role"] in roles) for a in row["actors"])


Rule = Callable[[Row, tuple[str, ...], tuple[str, ...]], bool]
RULES: dict[str, Rule] = {
    "actor": lambda row, actors, roles: any(has_actor(row, a, roles) for a in actors),
    "actor_all": lambda row, actors, roles: all(has_actor(row, a, roles) for a in actors),
    "actor_not": lambda row, actors, roles: not any(has_actor(row, a, roles) for a in actors),
}


@pytest.mark.parametrize("name", RULES)
def test_a_role_narrows_whom_each_actor_filter_looks_at(
    client: ApiClient, events: list[Row], name: str
) -> None:
    for actors, roles in product(PAIRS, [(), ("source",), ("target", "party")]):
        expected = [row["id"] for row in events if RULES[name](row, actors, roles)]
        found = ids(rows_of(client, EVENTS, limit=200, **{name: actors, "role": roles}))
        assert found == expected, (actors, roles)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("count", [3, 4, 5])
def test_rows_of_three_and_more_actors_are_found_once_each(
    client: ApiClient, events: list[Row], name: str, count: int
) -> None:
    roles = ("source", "target") if count == 4 else ()
    for actors in combinations(MANY, count):
        expected = [row["id"] for row in events if RULES[name](row, actors, roles)]
        whole = get(client, EVENTS, limit=200, **{name: actors, "role": roles})
        assert ids(whole["data"]) == expected, (actors, roles)
        assert whole["meta"]["total"] == len(expected), (actors, roles)


@pytest.mark.parametrize("sort", ["date", "name"])
def test_all_of_many_participants_are_found_together_only(
    client: ApiClient, events: list[Row], sort: str
) -> None:
    crowded = max(events, key=lambda row: len(set(ids(row["actors"]))))
    actors = sorted(set(ids(crowded["actors"])))
    strangers = {each["id"] for row in events for each in row["actors"]} - set(actors)
    assert len(actors) > 5
    for asked in (actors, actors[1:], [*actors[:-1], min(strangers)]):
        for roles in ((), ("source", "target", "party"), ("source",)):
            expected = {row["id"] for row in events if all(has_actor(row, a, roles) for a in asked)}
            query = {"actor_all": asked, "role": roles, "sort": sort}
            assert set(ids(rows_of(client, EVENTS, limit=200, **query))) == expected, (asked, roles)
            assert get(client, EVENTS, limit=0, **query)["meta"]["total"] == len(expected)
            found = ids(rows_of(client, "/v1/timeline", actor_all=asked, kind="event", limit=200))
            assert roles or set(found) == expected


def test_a_role_alone_asks_that_somebody_has_it(client: ApiClient, events: list[Row]) -> None:
    for role in ROLES:
        expected = [row["id"] for row in events if any(a["role"] == role for a in row["actors"])]
        assert ids(rows_of(client, EVENTS, limit=200, role=role)) == expected
        assert ids(rows_of(client, EVENTS, limit=200, role=role, has_actor="true")) == expected
        assert get(client, EVENTS, role=role, has_actor="false")["data"] == []


def test_each_role_has_its_side(client: ApiClient) -> None:
    body = get(client, "/v1/vocabularies/roles")
    assert {code["value"]: code["side"] for code in body["data"]["codes"]} == SIDES


@pytest.mark.parametrize(("name", "of"), [("source", sources), ("target", targets)])
def test_a_side_is_asked_for_whatever_the_role_is_called(
    client: ApiClient, events: list[Row], name: str, of: Callable[[Row], set[str]]
) -> None:
    for actor in sorted({id for row in events for id in of(row)}):
        expected = [row["id"] for row in events if actor in of(row)]
        assert ids(rows_of(client, EVENTS, limit=200, **{name: actor})) == expected, actor


def test_source_and_target_together_are_a_directed_dyad(
    client: ApiClient, events: list[Row]
) -> None:
    acting = {id for row in events for id in sources(row)}
    affected = {id for row in events for id in targets(row)}
    found = 0
    for source, target in product(sorted(acting)[:8], sorted(affected)[:8]):
        expected = [row["id"] for row in events if (source, target) in pairs(row)]
        asked = {"source": source, "target": target}
        assert ids(rows_of(client, EVENTS, limit=200, **asked)) == expected, asked
        found += len(expected)
    assert found


ONE, OTHER = PAIRS[0]
NARROWINGS: list[dict[str, Any]] = [
    {"actor_not": ONE},
    {"actor_not": [ONE, "hong-kong"]},
    {"actor_all": ONE},
    {"actor_all": PAIRS[1]},
    {"actor": OTHER, "actor_not": ONE},
    {"actor_not": ONE, "role": "source"},
    {"actor_all": ONE, "role": "target"},
    {"actor": ONE, "role": "source"},
    {"actor_not": ONE, "type": "order,support", "date": "2019/2020"},
    {"type": "order,support"},
    {"date": "2019/2020"},
    {"type": "order", "date": "2019/2020", "date_match": "starts"},
    {"date": "2019/2020", "date_match": "certain"},
    {"modality": "occurred", "date": "2019/2020"},
]
"""Queries that combine a role and an actor."""


@pytest.mark.parametrize("asked", NARROWINGS, ids=str)
@pytest.mark.parametrize("name", ["role", "actor", "source", "target", "target_country"])
def test_a_bucket_counts_what_its_link_finds_under_narrowings(
    client: ApiClient, name: str, asked: dict[str, Any]
) -> None:
    body = get(client, EVENTS, facet=name, facet_limit=200, limit=0, **asked)
    for bucket in body["facets"][name]["buckets"]:
        if name in asked:  # a link adds the value to the query; other values would change its count
            found = get(client, EVENTS, limit=0, **{**asked, name: bucket["value"]})
        else:
            found = get(client, bucket["links"]["toggle"])
        assert found["meta"]["total"] == bucket["count"], bucket["value"]


@pytest.mark.parametrize("asked", NARROWINGS, ids=str)
@pytest.mark.parametrize("by", [["role"], ["actor"], ["role", "actor"], ["role", "type"]], ids=str)
def test_a_group_counts_what_its_values_find_under_narrowings(
    client: ApiClient, by: list[str], asked: dict[str, Any]
) -> None:
    if set(by) & set(asked):
        return
    for group in get(client, "/v1/stats/events", by=by, **asked)["data"][:12]:
        values = {each["by"]: each["value"] for each in group["values"]}
        found = get(client, EVENTS, limit=0, **asked, **values)
        assert found["meta"]["total"] == group["count"], values


def test_no_role_is_left_out_that_nobody_is_denied_in(client: ApiClient) -> None:
    counted = get(client, EVENTS, facet="role", limit=0, actor_not="donald-trump")
    told = {b["value"]: b["count"] for b in counted["facets"]["role"]["buckets"]}
    for role in ROLES:
        body = get(client, EVENTS, limit=0, actor_not="donald-trump", role=role)
        assert told[role] == body["meta"]["total"]
