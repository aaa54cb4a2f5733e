"""Connections to PostgreSQL: timeouts, and the return of every connection to the pool."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from random import Random
from typing import Any

import psycopg
import pytest
import uvloop
from sqlalchemy import URL

from app.db.postgres import PostgresReader
from app.db.postgres_connection import PostgresConnection, Work
from app.db.reader import CompiledStatement, Rows
from tests.databases import NewDatabase
from tests.integration.publish.loading import load
from tests.postgres_outages import queries_blocked
from tests.timeouts import TIMEOUT

SECONDS = TIMEOUT
SLOW = "SELECT 1 FROM pg_sleep(0.1)"
SLEEP = "SELECT pg_sleep(60)"
SILENCE = "SELECT pg_sleep(10)"
POOL_SIZE = 2
ON_BOTH_LOOPS = pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
def url(postgres_url: URL) -> str:
    return postgres_url.set(drivername="postgresql").render_as_string(hide_password=False)


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[PostgresConnection]:
    connection = await PostgresConnection.connect(url, autocommit=True)
    try:
        yield connection
    finally:
        if not connection.closed:
            await connection.close()


async def fetch_all(
    connection: PostgresConnection, *statements: str, seconds: float = SECONDS
) -> list[Rows]:
    work: Work = [(CompiledStatement(sql, {}, [], False), {}) for sql in statements]
    async with asyncio.timeout(2 * SECONDS):
        return await connection.results(work, seconds)


def query_on_other_connection(url: str, statement: str, *values: Any) -> Any:
    with closing(psycopg.connect(url, autocommit=True)) as other:
        [found] = other.execute(statement.encode(), values).fetchone() or [None]
    return found


def test_statements_alone_and_together_take_turns(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            for _ in range(3):
                assert await fetch_all(connection, "SELECT 1") == [[(1,)]]
                assert await fetch_all(connection, SLOW, "SELECT 2") == [[(1,)], [(2,)]]

    asyncio.run(story())


@ON_BOTH_LOOPS
@pytest.mark.parametrize(
    "statements", [[SILENCE], ["SELECT 1", SILENCE]], ids=["alone", "together"]
)
def test_a_server_that_is_silent_for_too_long_is_left(
    url: str, run: Run, statements: list[str]
) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            with pytest.raises(TimeoutError):
                await fetch_all(connection, *statements, seconds=0.2)
            assert connection.closed

    run(story())


def test_a_connection_that_the_server_has_ended_is_known_as_broken(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            assert await fetch_all(connection, "SELECT 1") == [[(1,)]]
            assert not connection.is_broken()
            ended = "SELECT pg_terminate_backend(%s, 60000)"
            assert query_on_other_connection(url, ended, connection.info.backend_pid)
            assert connection.is_broken()

    asyncio.run(story())


def test_what_nobody_waits_for_is_broken_off(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            waiting = asyncio.create_task(fetch_all(connection, SLEEP))
            at_work = "SELECT count(*) FROM pg_stat_activity WHERE query = %s AND state = 'active'"
            async with asyncio.timeout(SECONDS):
                while not query_on_other_connection(url, at_work, SLEEP):
                    await asyncio.sleep(0.05)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            at_work = "SELECT count(*) FROM pg_stat_activity WHERE query = %s AND state = 'active'"
            async with asyncio.timeout(SECONDS):
                while query_on_other_connection(url, at_work, SLEEP):
                    await asyncio.sleep(0.05)

    asyncio.run(story())


def test_a_statement_that_fails_leaves_the_connection_to_others(url: str) -> None:
    async def story() -> None:
        async with connected(url) as connection:
            with pytest.raises(psycopg.errors.DivisionByZero):
                await fetch_all(connection, "SELECT 1 / 0")
            assert await fetch_all(connection, "SELECT 1") == [[(1,)]]

    asyncio.run(story())


@asynccontextmanager
async def reading(url: URL) -> AsyncGenerator[PostgresReader]:
    reader = PostgresReader(url, SECONDS, POOL_SIZE)
    await reader.open()
    try:
        yield reader
    finally:
        await reader.close()


async def cancel_at_random(reader: PostgresReader) -> None:
    """Many fetches share few connections. Each iteration of the event loop cancels some of them."""
    random = Random(1)
    fetches = [asyncio.create_task(reader.fetch(())) for _ in range(10 * POOL_SIZE)]
    while going_on := [fetch for fetch in fetches if not fetch.done()]:
        for fetch in random.sample(going_on, min(2, len(going_on))):
            fetch.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*fetches, return_exceptions=True)


@ON_BOTH_LOOPS
def test_every_place_comes_back_from_fetches_that_are_cancelled(
    new_postgres: NewDatabase, run: Run
) -> None:
    url = new_postgres()
    load(url)

    async def story() -> None:
        async with reading(url) as reader:
            for _ in range(20):
                await cancel_at_random(reader)
            async with asyncio.timeout(SECONDS):
                with queries_blocked(url) as waiting:
                    fetches = [asyncio.create_task(reader.fetch(())) for _ in range(POOL_SIZE)]
                    while waiting() < POOL_SIZE:
                        await asyncio.sleep(0.01)
                await asyncio.gather(*fetches)

    run(story())
