"""Events in which one actor has several roles. Lists, counts and pages have each event once."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, cycle, islice, product
from random import Random

import pytest
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.resources.events import Participant
from app.vocabularies.events import EVENT_TYPES
from seeds.dataset_content import LoadedRow
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get, ids
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content, date, loaded
from tests.integration.publish.sample_rows import rows

ACTORS = ("alice", "bob", "bobland")
ROLES = ("source", "target", "addressee")
TYPES = EVENT_TYPES.values[:2]
DATES = ("2019-03", "2019-03-14", "2020", None)
EVENTS = 60

Part = tuple[str, str]
"""An actor and its role, as (actor, role)."""


def drawn() -> dict[str, list[Part]]:
    """The participants of each event: any number of (actor, role) pairs, in any order."""
    random = Random(4)
    pairs = list(product(ACTORS, ROLES))
    return {f"event-{n:02}": random.sample(pairs, random.randrange(6)) for n in range(EVENTS)}


PARTS = drawn()


def made_up_events() -> Iterator[LoadedRow]:
    for position, (id, parts) in enumerate(PARTS.items(), start=40):
        participants = [
            Participant(kind="actor", id=actor, name=actor.title(), role=role)
            for actor, role in parts
        ]
        yield loaded(
            "event", id, position, type=TYPES[position % 2], negated=False, actors=participants,
            modality="occurred", aspect="event", summary="A tale.",
            date=date(text) if (text := DATES[position % 4]) else None,
        )  # fmt: skip


@pytest.fixture(scope="module")
def crowd(module_database: URL) -> Iterator[ApiClient]:
    """A client of a server that has the generated events."""
    load(module_database, content([*rows(), *made_up_events()]))
    settings = settings_for(module_database)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


def has(parts: Sequence[Part], actor: str, roles: Sequence[str]) -> bool:
    return any(each == actor and (not roles or role in roles) for each, role in parts)


QUERIES = [
    (form, actors, roles)
    for form in ("actor", "actor_all", "actor_not")
    for count in (1, 2, 3)
    for actors in combinations(ACTORS, count)
    for roles in ((), ("source",), ("source", "target"))
]


def expected(form: str, actors: Sequence[str], roles: Sequence[str]) -> set[str]:
    rules: dict[str, Callable[[list[bool]], bool]] = {
        "actor": any, "actor_all": all, "actor_not": lambda holds: not any(holds)
    }  # fmt: skip
    rule = rules[form]
    return {id for id, parts in PARTS.items() if rule([has(parts, a, roles) for a in actors])}


def test_each_event_is_found_once(crowd: ApiClient) -> None:
    others = cycle(({}, {"date": "2019"}, {"type": TYPES[0]}))
    among = {str(beside): found(crowd, **beside) for beside in islice(others, 3)}
    for (form, actors, roles), beside in zip(QUERIES, others, strict=False):
        asked = {form: actors, "role": roles, **beside}
        body = get(crowd, "/v1/events", limit=200, count="exact", **asked)
        own = [id for id in ids(body["data"]) if id in PARTS]
        assert sorted(own) == sorted(expected(form, actors, roles) & among[str(beside)]), asked
        assert body["meta"]["total"] == len(body["data"]), asked


def found(crowd: ApiClient, **asked: str) -> set[str]:
    return set(ids(get(crowd, "/v1/events", limit=200, **asked)["data"]))


def test_each_event_is_counted_once_for_each_actor_and_role(crowd: ApiClient) -> None:
    body = get(crowd, "/v1/events", limit=0, facet=["actor", "role"], type=TYPES)
    own = get(crowd, "/v1/events", limit=200)["data"]
    actors = Counter(actor for row in own for actor in {each["id"] for each in row["actors"]})
    roles = Counter(role for row in own for role in {each["role"] for each in row["actors"]})
    for name, counts in (("actor", actors), ("role", roles)):
        told = {each["value"]: each["count"] for each in body["facets"][name]["buckets"]}
        assert told == counts


@pytest.mark.parametrize("role", ROLES)
def test_actors_are_counted_in_a_role(crowd: ApiClient, role: str) -> None:
    own = get(crowd, "/v1/events", limit=200)["data"]
    counts = Counter(a["id"] for row in own for a in row["actors"] if a["role"] == role)
    body = get(crowd, "/v1/events", limit=0, facet="actor", role=role)
    told = {each["value"]: each["count"] for each in body["facets"]["actor"]["buckets"]}
    assert told == counts
