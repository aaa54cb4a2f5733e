"""Snapshots: all statements of one fetch see one state of the data, whatever is loaded then."""

import asyncio
from functools import partial
from typing import Any

from sqlalchemy import URL, Select, func, select

from app.data import Ask, DatasetState, Snapshot, make_reader
from app.data.state import state_statement
from tests.conftest import settings_for
from tests.publishing.loading import load, run_sql


def versions(url: URL, *, pause: float) -> tuple[Snapshot, DatasetState]:
    """What a fetch sees that pauses between two statements while another version is written."""

    async def fetched() -> tuple[Snapshot, DatasetState]:
        reader = make_reader(settings_for(url))
        await reader.open()
        await reader.dataset()
        sleep = Ask("sleep", partial(sleeping, pause), {})
        state = Ask("state again", state_statement, {})
        reading = asyncio.create_task(reader.fetch([state, sleep, state]))
        await asyncio.sleep(pause / 2)
        await asyncio.to_thread(run_sql, url, "UPDATE dataset SET version = 'another'")
        snapshot = await reading
        after = (await reader.fetch([])).dataset
        await reader.close()
        return snapshot, after

    return asyncio.run(fetched())


def sleeping(pause: float) -> Select[Any]:
    return select(func.pg_sleep(pause))


def test_a_fetch_sees_one_state_while_another_one_is_written(new_postgres: Any) -> None:
    url = new_postgres()
    load(url)
    snapshot, after = versions(url, pause=1.0)
    first, _, last = snapshot.results
    assert first == last
    assert first[0][0] == snapshot.dataset.version != "another"
    assert after.version == "another"
