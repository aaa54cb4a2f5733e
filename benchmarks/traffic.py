"""Mixed requests: lists, items, filters, dates and texts. They are equal in every run."""

import json
from collections.abc import Callable, Iterator
from random import Random

Ids = dict[str, list[str]]
"""The ids of each list, by its path such as `/v1/events`."""

Get = Callable[[str], bytes]
"""Returns the body of the answer to a path."""


def mixed_requests(ids: Ids) -> Iterator[str]:
    """Endless paths; each kind of request is equally frequent."""
    random = Random(1)
    kinds = (_page, _page, _item, _item, _period, _of_an_actor, _text, _overview)
    while True:
        yield from (kind(random, ids) for kind in kinds)


def known_ids(get: Get) -> Ids:
    """Read the lists of the server, and a page of ids from each."""
    lists = [entry["href"] for entry in json.loads(get("/v1"))["data"]["resources"]]
    return {path: _ids_of(get, path) for path in lists}


def _ids_of(get: Get, path: str) -> list[str]:
    return [row["id"] for row in json.loads(get(f"{path}?limit=200"))["data"]]


def _page(random: Random, ids: Ids) -> str:
    size, skipped = random.choice((10, 50, 200)), random.randrange(10)
    return f"{random.choice(list(ids))}?limit={size}&offset={skipped}"


def _item(random: Random, ids: Ids) -> str:
    path = random.choice(list(ids))
    return f"{path}/{random.choice(ids[path])}"


def _period(random: Random, ids: Ids) -> str:
    year = random.randrange(1980, 2022)
    return f"/v1/events?date_from={year}&date_to={year + 3}&sort=-date&include=citations"


def _of_an_actor(random: Random, ids: Ids) -> str:
    return f"/v1/events?actor={random.choice(ids['/v1/actors'])}&include=citations"


def _text(random: Random, ids: Ids) -> str:
    return f"/v1/documents/{random.choice(ids['/v1/documents'])}/text"


def _overview(random: Random, ids: Ids) -> str:
    return random.choice(("/v1", "/v1/coverage", "/readyz", "/openapi.json"))
