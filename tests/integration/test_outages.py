"""Outages of PostgreSQL under load: every request gets an answer, and every connection returns to
the pool.

`make trials TRIALS=outages` runs longer.
"""

import math
from collections.abc import Iterator
from typing import get_args

import pytest
from sqlalchemy import URL

from tests.integration.publish.loading import load
from tests.postgres_outages import (
    POOL_SIZE,
    SETTINGS,
    Outage,
    connections_end,
    crashes,
    faults,
    freezes,
    restarts,
    seconds_to_end,
    unavailable,
    under_load,
    usable_connections,
)
from tests.postgresql import OwnServer, own_server, temporary_database
from tests.servers import Loop, serving, wait_until_ready

OUTAGES: tuple[Outage, ...] = (
    connections_end,
    restarts,
    connections_end,
    crashes,
    freezes,
    connections_end,
)


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    with own_server() as server:
        yield server


@pytest.fixture(scope="module")
def filled(server: OwnServer) -> Iterator[URL]:
    with temporary_database(server.url) as url:
        load(url)
        yield url


@pytest.mark.parametrize("loop", get_args(Loop))
def test_every_request_is_answered_and_every_place_comes_back(
    server: OwnServer, filled: URL, loop: Loop
) -> None:
    with serving(filled, loop=loop, **SETTINGS) as api:
        wait_until_ready(api)
        with under_load(api) as generators:
            for outage in OUTAGES:
                outage(server, filled, api)
                wait_until_ready(api)
        assert faults(generators) == []
        assert all(generator.answers for generator in generators)
        assert usable_connections(api, filled) == POOL_SIZE
        assert seconds_to_end(api) < math.inf


@pytest.mark.parametrize(("loop", "frozen"), [("uvloop", True), ("asyncio", False)])
def test_the_server_ends_while_the_database_is_frozen_or_stopped(
    server: OwnServer, filled: URL, loop: Loop, frozen: bool
) -> None:
    with serving(filled, loop=loop, **SETTINGS) as api:
        wait_until_ready(api)
        with under_load(api), unavailable(server, frozen=frozen):
            assert api.get("/readyz").status == 503
            assert seconds_to_end(api) < math.inf
