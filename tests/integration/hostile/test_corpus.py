"""Every hostile request gets an answer, and no answer reveals private data."""

import asyncio
from collections import Counter
from itertools import chain, islice
from random import Random

from sqlalchemy import URL

from tests.client import ApiClient
from tests.integration.hostile.answer_checks import complaints
from tests.integration.hostile.corpus import Hostile, every_parameter, mixed
from tests.integration.hostile.operations import operations
from tests.integration.hostile.raw_requests import answer, served

MIXED = 750


async def attacked(url: URL, requests: list[Hostile]) -> Counter[str]:
    """Everything that is wrong with the answers, with one example request for each fault."""
    found: Counter[str] = Counter()
    async with served(url) as app:
        for asked in requests:
            for complaint in complaints(asked, await answer(app, asked)):
                found[f"{complaint}: {asked.method} {asked.target[:300]} {asked.headers}"] += 1
    return found


def test_no_hostile_request_breaks_anything(client: ApiClient, loaded: URL) -> None:
    all_operations = list(operations(client.get("/openapi.json").json()))
    random = Random(6)
    corpus = chain(
        every_parameter(all_operations, random), islice(mixed(all_operations, random), MIXED)
    )
    assert asyncio.run(attacked(loaded, list(corpus))) == {}
