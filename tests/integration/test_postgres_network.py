"""PostgreSQL over a network: the timeout of a connection that gets no more data."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL

from app.db import postgres
from tests.conftest import settings_for
from tests.open_reader import open_reader
from tests.postgresql import plain
from tests.timeouts import TIMEOUT


@pytest.mark.parametrize("loaded", ["postgresql"], indirect=True)
def test_a_network_that_falls_silent_is_given_up_after_the_wait_for_a_connection(
    loaded: URL,
) -> None:
    """The relay gives the server a TCP address, as the server may listen only on a Unix socket."""
    with closing(psycopg.connect(plain(loaded))) as given:
        host, port = given.info.host, given.info.port

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_path = host.startswith("/")
        unix_connection = (
            asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}") if is_path else None
        )
        inner, outer = await (unix_connection or asyncio.open_connection(host, port))
        both = asyncio.gather(passed_on(reader, outer), passed_on(inner, writer))
        relayed.append(both)
        await both

    async def story() -> None:
        async with await asyncio.start_server(relay, "127.0.0.1", 0) as server:
            near = server.sockets[0].getsockname()
            url = loaded.set(host=near[0], port=near[1], query={})
            async with open_reader(settings_for(url)) as reader:
                await reader.fetch(())
                limits = {
                    each.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
                    for each in connected_to(near)
                }
            await asyncio.wait_for(asyncio.gather(*relayed), TIMEOUT)
        assert limits == {1000 * postgres.WAIT_SECONDS}

    relayed: list[asyncio.Future[Any]] = []
    asyncio.run(story())


async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    with suppress(ConnectionError):
        writer.close()
        await writer.wait_closed()


def connected_to(address: tuple[str, int]) -> Iterator[socket.socket]:
    """The sockets of this process that are connected to the address."""
    for name in Path("/proc/self/fd").iterdir():
        with suppress(OSError), socket.socket(fileno=os.dup(int(name.name))) as found:
            if found.family == socket.AF_INET and found.getpeername() == address:
                yield found
