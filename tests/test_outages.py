"""Outages of PostgreSQL under load: every request is answered, and nothing is lost for good.

`make trials TRIALS=outages` does the same at length.
"""

from collections.abc import Iterator
from typing import get_args

import pytest
from sqlalchemy import URL

from tests.outages import (
    PLACES,
    SETTINGS,
    Outage,
    asking,
    connections_end,
    crashes,
    freezes,
    places,
    restarts,
    seconds_to_end,
)
from tests.postgresql import OwnServer, created, own_server
from tests.publishing.loading import load
from tests.servers import Loop, serving, wait_until_ready

OUTAGES: tuple[Outage, ...] = (
    connections_end,
    restarts,
    connections_end,
    crashes,
    freezes,
    connections_end,
)
on_each_loop = pytest.mark.parametrize("loop", get_args(Loop))


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    with own_server() as server:
        yield server


@pytest.fixture(scope="module")
def filled(server: OwnServer) -> Iterator[URL]:
    with created(server.url) as url:
        load(url)
        yield url


@on_each_loop
def test_every_request_is_answered_and_every_place_comes_back(
    server: OwnServer, filled: URL, loop: Loop
) -> None:
    with serving(filled, loop=loop, **SETTINGS) as api:
        wait_until_ready(api)
        with asking(api) as crowds:
            for outage in OUTAGES:
                outage(server, filled, api)
                wait_until_ready(api)
        for crowd in crowds:
            assert crowd.lost == []
            assert {answer.status for answer in crowd.answers} <= {200, 503}
        assert places(api, filled) == PLACES
        seconds_to_end(api)


@on_each_loop
@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "stopped"])
def test_the_server_ends_while_the_database_is_away(
    server: OwnServer, filled: URL, loop: Loop, frozen: bool
) -> None:
    away, back = (server.freeze, server.thaw) if frozen else (server.stop, server.start)
    with serving(filled, loop=loop, **SETTINGS) as api:
        wait_until_ready(api)
        with asking(api):
            away()
            try:
                assert api.get("/readyz").status == 503
                seconds_to_end(api)
            finally:
                back()
