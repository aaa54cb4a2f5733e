"""The dataset cache: each result is read once per dataset version; versions are never mixed."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import URL, Select, literal, select

from app.db import DatasetState, Snapshot, SqlStatement, postgres
from app.db.dataset_cache import CachingReader
from app.main import create_app, with_middleware
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content, date
from tests.integration.publish.sample_rows import rows


def one() -> Select[Any]:
    return select(literal(1))


LASTING, OTHER = SqlStatement("lasting", one, {}, per_dataset=True), SqlStatement("other", one, {})


class Data:
    """A reader that answers each statement with the dataset version, and records the statements."""

    def __init__(self) -> None:
        self.version = "first"
        self.asked: list[object] = []

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def dataset(self) -> DatasetState:
        return DatasetState(self.version, "")

    def cached_dataset(self) -> DatasetState | None:
        return None

    def last_dataset(self) -> DatasetState | None:
        return self.cached_dataset()

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        self.asked.append([statement.shape for statement in statements])
        return Snapshot(
            await self.dataset(), [[(self.version, statement.shape)] for statement in statements]
        )


def told(reader: CachingReader, *statements: SqlStatement) -> tuple[str, list[Any]]:
    """The dataset version, and the only row of each result."""
    snapshot = asyncio.run(reader.fetch(statements))
    return snapshot.dataset.version, [row for [row] in snapshot.results]


def test_what_lasts_is_asked_once() -> None:
    data = Data()
    reader = CachingReader(data)
    for statements in ([LASTING, OTHER], [OTHER, LASTING], [LASTING]):
        assert told(reader, *statements) == (
            "first",
            [("first", statement.shape) for statement in statements],
        )
    assert data.asked == [["lasting", "other"], ["other"], []]


@pytest.mark.parametrize(
    "statements", [[LASTING], [LASTING, OTHER], [OTHER, LASTING]], ids=["alone", "first", "last"]
)
def test_what_lasts_is_asked_anew_when_the_dataset_changes(statements: list[SqlStatement]) -> None:
    data = Data()
    reader = CachingReader(data)
    told(reader, LASTING)
    data.version = "second"
    for _ in range(2):
        assert told(reader, *statements) == (
            "second",
            [("second", statement.shape) for statement in statements],
        )


def test_facets_follow_the_data_that_are_loaded(
    filled: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        postgres, "POLL_SECONDS", 0.0
    )  # otherwise PostgreSQL may serve old data for a second
    [event] = [row for row in rows() if row.row.id == "nothing-happened"]
    another = event.row.model_copy(update={"id": "another", "date": date("1999-12-31")})
    names = ["type", "date:year", "date:decade"]
    asked: dict[str, Any] = {"facet": names, "limit": 0}
    settings = settings_for(filled).model_copy(update={"response_cache_megabytes": 0})
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        before = [get(client, "/v1/events", **asked)["facets"] for _ in range(2)]
        load(filled, content([*rows(), replace(event, row=another)]))
        after = get(client, "/v1/events", **asked)["facets"]
    with ApiClient(with_middleware(create_app(settings), settings)) as fresh:
        assert after == get(fresh, "/v1/events", **asked)["facets"]
    assert before[0] == before[1]
    for name in names:
        assert before[0][name] != after[name]
