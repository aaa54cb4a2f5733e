"""Streamed exports: limited in number; each ends completely, with an error, or with its client."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import URL

from app.api import exports
from app.api.context import EXPORT_RETRY_SECONDS
from app.settings import Settings
from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.contract.stepwise_downloads import Download, serving
from tests.databases import NewDatabase, with_shipped
from tests.integration.publish.sample_content import renamed
from tests.timeouts import TIMEOUT

EVENTS = "/v1/events"
CSV = "format=csv"
MAX_EXPORTS = Settings().exports


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 5)


def run(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scenario())


def test_a_few_exports_run_at_once_and_the_next_one_is_told_when_to_come_again(
    loaded: URL,
) -> None:
    async def scenario() -> None:
        async with serving(loaded) as app:
            running = [Download(app, EVENTS, f"{CSV}&offset={n}") for n in range(MAX_EXPORTS)]
            assert [(await each.wait_for_body()).status for each in running] == [200] * MAX_EXPORTS
            refused = await Download(app, EVENTS, CSV).wait_for_body()
            assert refused.status == 503
            assert b"/problems/too-many-exports" in refused.body
            assert refused.headers[b"retry-after"] == str(EXPORT_RETRY_SECONDS).encode()
            assert refused.headers[b"cache-control"] == b"no-store"
            page = Download(app, EVENTS, "limit=1")
            await page.receive_rest()
            assert page.status == 200
            await running[0].receive_rest()
            assert running[0].is_complete
            again = await Download(app, EVENTS, CSV).wait_for_body()
            assert again.status == 200
            for each in [*running[1:], again]:
                await each.receive_rest()
                assert each.is_complete

    run(scenario)


@pytest.mark.parametrize("spec", ["2.3", "2.4"])
def test_a_client_that_vanishes_frees_its_place(loaded: URL, spec: str) -> None:
    async def scenario() -> None:
        async with serving(loaded) as app:
            for _ in range(3):
                gone = [Download(app, EVENTS, CSV, spec=spec) for _ in range(MAX_EXPORTS)]
                assert [(await each.wait_for_body()).status for each in gone] == [200] * MAX_EXPORTS
                for each in gone:
                    each.vanish()
                await asyncio.wait([each.task for each in gone], timeout=TIMEOUT)
                assert not any(each.is_complete for each in gone)

    run(scenario)


@pytest.mark.parametrize("format", ["csv", "ndjson", "ics", "atom"])
def test_an_export_that_meets_a_reload_is_broken_off(
    new_database: NewDatabase, shipped: Content, format: str
) -> None:
    database = new_database(with_shipped)
    first, *others = shipped.rows
    force = replace(shipped, version="0123456789abcdef", rows=[renamed(first, "Other"), *others])

    async def scenario() -> None:
        async with serving(database) as app:
            download = await Download(app, EVENTS, f"format={format}").wait_for_body()
            assert download.status == 200
            await asyncio.to_thread(publish, database, force, Quiet())
            with pytest.raises(ConnectionError):
                await download.receive_rest()
            assert not download.is_complete
            after = Download(app, EVENTS, f"format={format}")
            await after.receive_rest()
            assert after.is_complete
            assert after.headers[b"x-dataset-version"] != download.headers[b"x-dataset-version"]

    run(scenario)


def test_an_export_of_many_batches_is_the_export_of_one(
    loaded: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with serving(loaded) as app:
            parted = Download(app, EVENTS, "format=ndjson&sort=-name")
            await parted.receive_rest()
            monkeypatch.setattr(exports, "BATCH", 500)
            whole = Download(app, EVENTS, "sort=-name&format=ndjson")
            await whole.receive_rest()
            assert len(parted.messages) > len(whole.messages)
            assert parted.body == whole.body
            assert parted.body.count(b"\n") == int(parted.headers[b"x-total-count"])

    run(scenario)
