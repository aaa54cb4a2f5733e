"""PostgreSQL over a network: a connection that gets no more data, and poolers in between."""

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
from app.problems.problems import ProblemError
from tests.conftest import settings_for
from tests.open_reader import open_reader
from tests.postgresql import plain
from tests.timeouts import TIMEOUT


@pytest.mark.parametrize("loaded", ["postgresql"], indirect=True)
def test_a_network_that_falls_silent_is_given_up_after_the_wait_for_a_connection(
    loaded: URL,
) -> None:
    """The relay gives the server a TCP address, as the server may listen only on a Unix socket."""

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await connected(loaded)
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


async def connected(url: URL) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the server of a database, without the protocol."""
    with closing(psycopg.connect(plain(url))) as given:
        host, port = given.info.host, given.info.port
    if host.startswith("/"):
        return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
    return await asyncio.open_connection(host, port)


REFUSAL = b"SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
"""What PgBouncer says of options, unless it is set to ignore them."""


@pytest.mark.parametrize("ignores_options", [True, False])
@pytest.mark.parametrize("loaded", ["postgresql"], indirect=True)
def test_a_pooler_without_the_setting_is_refused_with_the_cure(
    loaded: URL, ignores_options: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for a pooler, for machines without one: it reads the startup message as one does.
    `test_pooler.py` says the same of a real one."""
    monkeypatch.setattr("app.db.postgres.WAIT_SECONDS", 1.0)
    asked: list[bytes] = []

    async def pooler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parameters = await startup(reader, writer)
        asked.append(parameters)
        if not ignores_options:
            writer.write(b"E" + (len(REFUSAL) + 4).to_bytes(4) + REFUSAL)
            writer.close()
            return
        inner, outer = await connected(loaded)
        outer.write(message_of(without_options(parameters)))
        await asyncio.gather(passed_on(reader, outer), passed_on(inner, writer))

    async def story() -> ProblemError:
        async with await asyncio.start_server(pooler, "127.0.0.1", 0) as server:
            host, port = server.sockets[0].getsockname()
            url = loaded.set(host=host, port=port, query={})
            async with open_reader(settings_for(url)) as reader:
                with pytest.raises(ProblemError) as refused:
                    await reader.fetch(())
            return refused.value

    problem = asyncio.run(story())
    assert b"options\0" in asked[0]
    assert "HKUS_DATABASE_POOLER=transaction" in (problem.detail or "")
    assert [fault.code for fault in problem.faults] == ["database-unreadable"]


async def startup(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """The parameters of the startup message; encryption is declined."""
    while True:
        length = int.from_bytes(await reader.readexactly(4))
        body = await reader.readexactly(length - 4)
        if int.from_bytes(body[:4]) == 3 << 16:
            return body[4:]
        writer.write(b"N")


def without_options(parameters: bytes) -> bytes:
    """The same parameters, but for `options`; each is a name and a value that end in NUL."""
    parts = parameters.rstrip(b"\0").split(b"\0")
    pairs = zip(parts[::2], parts[1::2], strict=True)
    kept = [name + b"\0" + value + b"\0" for name, value in pairs if name != b"options"]
    return b"".join(kept) + b"\0"


def message_of(parameters: bytes) -> bytes:
    return (len(parameters) + 8).to_bytes(4) + (3 << 16).to_bytes(4) + parameters


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
