"""Connections to PostgreSQL: what they wait for, and that none is waited for in vain."""

import asyncio
import os
import socket
from asyncio import get_running_loop
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, closing, suppress
from typing import Any

import psycopg
import pytest
import uvloop
from sqlalchemy import URL

from app.data.postgres_connection import Connection
from app.data.reader import Compiled, Fetched
from tests.patience import PATIENCE

SECONDS = PATIENCE
SLOW = "SELECT 1 FROM pg_sleep(0.1)"
SLEEP = "SELECT pg_sleep(60)"
MOST_AT_ONCE = 30_000_000
"""More than a socket takes at once."""
ON_BOTH_LOOPS = pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
def url(postgres_url: URL) -> str:
    return postgres_url.set(drivername="postgresql").render_as_string(hide_password=False)


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Connection]:
    connection = await Connection.connect(url, autocommit=True)
    try:
        yield connection
    finally:
        if not connection.closed:
            await connection.close()


async def told(connection: Connection, *statements: str, **values: str) -> list[Fetched]:
    work = [(Compiled(sql, {}, list(values), False), values) for sql in statements]
    async with asyncio.timeout(2 * SECONDS):
        return await connection.results(work, SECONDS)


def asked_elsewhere(url: str, statement: str, *values: Any) -> Any:
    with closing(psycopg.connect(url, autocommit=True)) as other:
        [found] = other.execute(statement.encode(), values).fetchone() or [None]
    return found


def numbered(near: socket.socket, number: int) -> socket.socket:
    """The socket, under another number."""
    before = near.detach()
    if before != number:
        os.dup2(before, number)
        os.close(before)
    named = socket.socket(fileno=number)
    named.setblocking(False)
    return named


def test_statements_alone_and_together_take_turns(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            for _ in range(3):
                assert await told(connection, "SELECT 1") == [[(1,)]]
                assert await told(connection, SLOW, "SELECT 2") == [[(1,)], [(2,)]]

    asyncio.run(story())


@ON_BOTH_LOOPS
def test_a_statement_that_is_too_long_to_be_sent_at_once_is_answered(
    url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> int:
        """Whether the socket is ready: so the driver waits for it each time."""
        return 0

    monkeypatch.setattr("psycopg.waiting._ready", never)

    async def story() -> None:
        async with connected(url) as connection:
            assert await told(connection, SLOW) == [[(1,)]]
            long = await told(connection, "SELECT length($1::text)", text="x" * MOST_AT_ONCE)
            assert long == [[(MOST_AT_ONCE,)]]
            assert await told(connection, SLOW) == [[(1,)]]

    run(story())


def test_a_connection_that_is_lost_while_nobody_waits_is_watched_no_more(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            assert await told(connection, "SELECT 1") == [[(1,)]]
            ended = "SELECT pg_terminate_backend(%s, 60000)"
            assert asked_elsewhere(url, ended, connection.info.backend_pid)
            await asyncio.sleep(0.1)
            assert not get_running_loop().remove_reader(connection.fileno())
            with pytest.raises(psycopg.OperationalError):
                await told(connection, "SELECT 1")

    asyncio.run(story())


@ON_BOTH_LOOPS
@pytest.mark.parametrize("last", ["SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())"])
def test_a_socket_that_has_the_number_of_a_connection_before_it_is_heard(
    url: str, last: str, run: Run
) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            number = connection.fileno()
            assert await told(connection, "SELECT 1") == [[(1,)]]
            with suppress(psycopg.OperationalError):
                await told(connection, last)
        near, far = socket.socketpair()
        with far:
            reader, writer = await asyncio.open_connection(sock=numbered(near, number))
            far.send(b"heard\n")
            assert await asyncio.wait_for(reader.readline(), SECONDS) == b"heard\n"
            writer.close()
            await writer.wait_closed()

    run(story())


def test_what_nobody_waits_for_is_broken_off(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            waiting = asyncio.create_task(told(connection, SLEEP))
            at_work = "SELECT count(*) FROM pg_stat_activity WHERE query = %s AND state = 'active'"
            async with asyncio.timeout(SECONDS):
                while not asked_elsewhere(url, at_work, SLEEP):
                    await asyncio.sleep(0.05)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert connection.closed
            async with asyncio.timeout(SECONDS):
                while asked_elsewhere(url, at_work, SLEEP):
                    await asyncio.sleep(0.05)

    asyncio.run(story())


def test_a_statement_that_fails_leaves_the_connection_to_others(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            with pytest.raises(psycopg.errors.DivisionByZero):
                await told(connection, "SELECT 1 / 0")
            assert await told(connection, "SELECT 1") == [[(1,)]]

    asyncio.run(story())
