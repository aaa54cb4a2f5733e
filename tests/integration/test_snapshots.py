"""Snapshots: all statements of one fetch see the same state of the data, even during a load."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import URL, Select, func, select

from app.db import DatasetState, Snapshot, SqlStatement, sqlite
from app.db.dataset import state_select
from app.problems.problems import ProblemError
from seeds.publish import postgres
from tests.conftest import settings_for
from tests.databases import NewDatabase
from tests.integration.publish.loading import file_of, load
from tests.integration.publish.sample_content import content
from tests.integration.publish.sample_rows import rows
from tests.open_reader import open_reader
from tests.timeouts import TIMEOUT

LOCK_KEY = 4711
"""The key of an advisory lock. The test holds the lock, so that a statement that needs it waits."""


def wait_for_lock() -> Select[Any]:
    return select(func.pg_advisory_xact_lock_shared(LOCK_KEY))


WAITING = "SELECT count(*) FROM pg_locks WHERE objid = %s AND NOT granted"


def versions(url: URL) -> tuple[Snapshot, DatasetState]:
    """The result of a fetch that waits between two statements during the load of a version."""

    async def fetched() -> tuple[Snapshot, DatasetState]:
        async with open_reader(settings_for(url)) as reader:
            await reader.dataset()
            wait = SqlStatement("wait", wait_for_lock, {})
            first, last = (SqlStatement(shape, state_select, {}) for shape in ("first", "last"))
            with postgres.connected(url) as other:
                other.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
                reading = asyncio.create_task(reader.fetch([first, wait, last]))
                async with asyncio.timeout(TIMEOUT):
                    while other.execute(WAITING, (LOCK_KEY,)).fetchone() != (1,):
                        await asyncio.sleep(0.02)
                other.execute("UPDATE dataset SET version = 'another'")
            snapshot = await reading
            return snapshot, (await reader.fetch([])).dataset

    return asyncio.run(fetched())


def test_a_fetch_sees_one_state_while_another_one_is_written(new_postgres: NewDatabase) -> None:
    snapshot, after = versions(new_postgres(load))
    first, _, last = snapshot.results
    assert first == last
    assert first[0][0] == snapshot.dataset.version != "another"
    assert after.version == "another"


@pytest.fixture
def two(new_file: NewDatabase) -> tuple[URL, URL]:
    """Two files with different content."""
    one, other = new_file(load), new_file()
    load(other, content(rows()[:4]))
    return one, other


def read_while(url: URL, do: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """The result of a fetch during which the file changes."""

    def connected(path: Path) -> Any:
        connection = plain(path)
        connection.create_function("happens", 0, lambda: do() and None)
        return connection

    async def run() -> Snapshot:
        happening = SqlStatement("happening", lambda: select(func.happens()), {})
        async with open_reader(settings_for(url)) as reader:
            return await reader.fetch([happening, SqlStatement("s", state_select, {})])

    plain = cast(Any, sqlite)._connect
    with monkeypatch.context() as patched:
        patched.setattr("app.db.sqlite._connect", connected)
        return asyncio.run(run())


def test_a_file_that_is_replaced_while_it_is_read_is_read_to_its_end(
    two: tuple[URL, URL], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = map(file_of, two)
    snapshot = read_while(two[0], lambda: other.replace(one), monkeypatch)
    assert snapshot.results[1][0][0] == snapshot.dataset.version


def test_a_file_that_is_written_over_while_it_is_read_gives_no_answer(
    two: tuple[URL, URL], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = map(file_of, two)
    with pytest.raises(ProblemError) as refused:
        read_while(two[0], lambda: shutil.copyfile(other, one), monkeypatch)
    assert refused.value.faults[0].code in ("reloaded", "database-damaged")
    assert asyncio.run(dataset_of(two[0])).version


async def dataset_of(url: URL) -> DatasetState:
    async with open_reader(settings_for(url)) as reader:
        return await reader.dataset()
