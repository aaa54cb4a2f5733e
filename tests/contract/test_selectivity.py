"""The answer is the same if a query starts from a filter value or if it scans the list."""

import asyncio
from collections import Counter
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from app.api.lists import ListRoute
from app.main import create_app, with_middleware
from app.params.types import Named
from app.query import list_query, parse, selectivity
from app.query.selectivity import FrequentKeys, FrequentValues, may_drive
from app.resources.events import EVENTS
from app.resources.filter_types import Filter
from app.resources.lists import LISTS
from app.resources.resource import Resource
from app.resources.timeline import SEARCH
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get, ids, pages, rows_of
from tests.contract.sides import targets
from tests.open_reader import open_reader
from tests.parsed_queries import parsed_query
from tests.timeouts import SUPPRESSED_CHECKS

EACH = [
    pytest.param(resource, filter, id=f"{resource.path}-{filter.name}")
    for resource in (*LISTS, SEARCH)
    for filter in resource.filters
    if may_drive(resource, filter)
]
ACTORS = ("donald-trump", "united-states", "china", "hong-kong")
FORMS = ("", "_all", "_not")
BESIDE = {"q": "hong kong", "sort": "-name", "date": "1990/2020", "kind": "event"}


def never(*_: object) -> bool:
    """Overrides the decision whether a query starts from its filter values."""
    return False


@pytest.mark.parametrize(("resource", "filter"), EACH)
@settings(deadline=None, max_examples=3, suppress_health_check=SUPPRESSED_CHECKS)
@given(data=st.data())
def test_answers_are_the_same_either_way(
    forgetful: ApiClient, resource: Resource, filter: Filter, data: Any
) -> None:
    actors = isinstance(filter.values, Named) and "actor" in filter.values.kinds
    values = st.sampled_from(sorted({*(ACTORS if actors else ()), str(filter.example)}))
    declared = ListRoute(resource).parameters.declared
    names = [name for form in FORMS if (name := f"{filter.name}{form}") in declared]
    name = data.draw(st.sampled_from(names))
    asked: dict[str, Any] = {name: sorted(data.draw(st.sets(values, min_size=1)))}
    able = sorted(name for name in BESIDE if name in declared)
    chosen = data.draw(st.sets(st.sampled_from(able)))
    needed = {"q"} if resource.only_searched else set[str]()
    asked |= {name: BESIDE[name] for name in sorted(chosen | needed)}
    path, asked = f"/v1/{resource.path}", {**asked, "count": "exact"}
    found = answers(forgetful, path, asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "are_rare", never)
        patch.setattr(list_query, "can_drive", never)
        assert answers(forgetful, path, asked) == found


def answers(client: ApiClient, path: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows in as few pages as possible, and the first small pages."""
    return [
        *pages(client, path, **asked, limit=200),
        *islice(pages(client, path, **asked, limit=3), 3),
    ]


def test_rows_of_frequent_values_are_those_of_the_list(
    loaded: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectivity, "MANY", 2)
    with ApiClient(
        with_middleware(create_app(settings_for(loaded)), settings_for(loaded))
    ) as client:
        for path in ("/v1/events", "/v1/timeline"):
            told = rows_of(client, path, limit=200)
            for actor in ("united-states", "donald-trump", "eric-chan"):
                wanted = [
                    row["id"] for row in told if actor in {each["id"] for each in row["actors"]}
                ]
                assert ids(rows_of(client, path, actor=actor)) == wanted
                assert get(client, path, actor=actor, limit=0)["meta"]["total"] == len(wanted)


def test_values_are_frequent_by_what_their_ids_find(
    client: ApiClient, loaded: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectivity, "MANY", 3)
    country = {row["id"]: row["country"] for row in rows_of(client, "/v1/actors", limit=200)}
    found = Counter[tuple[str, str]]()
    for row in rows_of(client, "/v1/events", limit=200):
        found.update({("actor", each["id"]) for each in row["actors"]})
        affected = targets(row)
        found.update(("target", id) for id in affected)
        found.update(("target_country", country[id]) for id in affected if country[id])
    wanted = {key for key, number in found.items() if number > 3}
    assert {name for name, _ in wanted} == {"actor", "target", "target_country"}
    known = {
        (name, value)
        for path, name, value in asyncio.run(frequent_values(loaded))
        if path == "events"
    }
    assert known & found.keys() == wanted


def test_a_country_is_frequent_by_the_sum_of_its_actors(
    client: ApiClient, loaded: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = {row["id"]: row["country"] for row in rows_of(client, "/v1/actors", limit=200)}
    found = Counter[str]()
    for row in rows_of(client, "/v1/events", limit=200):
        found.update(targets(row))
    most, summed = Counter[str](), Counter[str]()
    for id, number in found.items():
        if of := country[id]:
            most[of], summed[of] = max(most[of], number), summed[of] + number
    [name, *_] = [of for of in summed if summed[of] > most[of]]
    for many in (summed[name] - 1, summed[name]):
        monkeypatch.setattr(selectivity, "MANY", many)
        known = asyncio.run(frequent_values(loaded))
        assert (("events", "target_country", name) in known) is (many < summed[name])


async def frequent_values(loaded: URL) -> FrequentKeys:
    async with open_reader(settings_for(loaded)) as reader:
        return await FrequentValues(reader, LISTS).keys()


def test_a_value_comes_first_on_a_page_unless_it_is_frequent() -> None:
    asked = "actor=united-states,china&law_all=a,b&type=order&document=d&section=s"
    often = frozenset({("events", "actor", "china"), ("timeline", "law", "a")})
    query = parsed_query(EVENTS, asked, often)
    told = {each.filter: each.drive_from_values for each in query.shape.conditions}
    narrowing = {"document": False, "section": False}
    assert told == {"actor": False, "law": True, "type": False, **narrowing}
    whole = {each.filter: each.drive_from_values for each in query.list_shape.conditions}
    assert whole == {"actor": True, "law": True, "type": False, **narrowing}
