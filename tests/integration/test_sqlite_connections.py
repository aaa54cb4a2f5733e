"""Connections to SQLite files: each is closed when it is not needed any more, also after faults."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, func, select, text

from app.db import Reader, SqlStatement
from app.db.dataset import state_select
from app.problems.problems import ProblemError
from migrations import BASE
from seeds.publish import migrate_to
from seeds.publish.progress import Quiet
from tests.conftest import settings_for
from tests.integration.publish.loading import file_of, load
from tests.integration.publish.sample_content import content, renamed
from tests.integration.publish.sample_rows import rows
from tests.open_reader import open_reader

STATE = SqlStatement("state", state_select, {})


class Connections:
    """Records the connections opened since the start of the test."""

    def __init__(self, connect: Callable[..., sqlite3.Connection]) -> None:
        self._connect = connect
        self._made: list[sqlite3.Connection] = []
        self._meeting = threading.Barrier(2, timeout=20)

    def connect(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = self._connect(*arguments, **options)
        connection.create_function("meet", 0, self._meeting.wait)
        self._made.append(connection)
        return connection

    @property
    def made(self) -> int:
        return len(self._made)

    @property
    def open(self) -> int:
        return sum(map(is_open, self._made))


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        return connection.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False


@pytest.fixture
def url(tmp_path: Path) -> URL:
    return URL.create("sqlite", database=str(tmp_path / "hkus.db"))


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Connections:
    connections = Connections(sqlite3.connect)
    monkeypatch.setattr("sqlite3.connect", connections.connect)
    return connections


def no_database(url: URL) -> None:
    file_of(url).write_text("this is text " * 400)


def no_tables(url: URL) -> None:
    file_of(url).touch()


def no_rows(url: URL) -> None:
    migrate_to(url, Quiet(), BASE)
    migrate_to(url, Quiet())


@pytest.mark.parametrize("cause_fault", [no_database, no_tables, no_rows])
def test_a_connection_to_a_file_without_data_is_closed_at_once(
    url: URL, cause_fault: Callable[[URL], None], connections: Connections
) -> None:
    cause_fault(url)
    before = connections.made

    async def run() -> None:
        async with open_reader(settings_for(url)) as reader:
            with pytest.raises(ProblemError):
                await reader.dataset()
            assert connections.made > before
            assert connections.open == 0

    asyncio.run(run())


def test_a_connection_whose_query_fails_is_closed_at_once(
    url: URL, connections: Connections
) -> None:
    load(url)

    async def run() -> None:
        async with open_reader(settings_for(url)) as reader:
            await reader.fetch([STATE])
            assert connections.open == 1
            with pytest.raises(ProblemError):
                await reader.fetch(
                    [SqlStatement("fails", lambda: select(text("x FROM missing")), {})]
                )
            assert connections.open == 0

    asyncio.run(run())


async def fetch_two_at_once(reader: Reader) -> None:
    """Two heavy queries in two threads. Each ends when both have started."""
    meet = SqlStatement("meet", lambda: select(func.meet()), {})
    await asyncio.gather(*(reader.fetch([meet], heavy=True) for _ in range(2)))


def test_connections_of_other_threads_are_closed_with_the_reader(
    url: URL, connections: Connections
) -> None:
    load(url)

    async def run() -> None:
        async with open_reader(settings_for(url)) as reader:
            await reader.fetch([STATE])
            await fetch_two_at_once(reader)
            assert connections.open >= 2

    asyncio.run(run())
    assert connections.open == 0


def test_connections_to_a_file_that_was_replaced_are_closed_by_the_next_query(
    url: URL, connections: Connections
) -> None:
    load(url)

    async def run() -> None:
        async with open_reader(settings_for(url)) as reader:
            await reader.fetch([STATE])
            await fetch_two_at_once(reader)
            load(url, content([renamed(row, "Other") for row in rows()]))
            await reader.fetch([STATE])
            assert connections.open == 1

    asyncio.run(run())


def test_a_load_closes_its_connections(
    url: URL, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(url)
    load(url, content([renamed(row, "Other") for row in rows()]))
    assert connections.made > 0
    monkeypatch.setattr(
        "seeds.publish.sqlite.BUILD_PRAGMAS", ("PRAGMA page_size = 8192", "nonsense")
    )
    with pytest.raises(sqlite3.OperationalError):
        load(url, force=True)
    assert connections.open == 0
