"""With PgBouncer in transaction mode, a fetch keeps all its guarantees."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import URL, Select, delete, func, select

from app.db import Snapshot, SqlStatement
from app.db.dataset import state_select
from app.problems.problems import TOO_SLOW, ProblemError
from app.resources.resource import table_of
from app.resources.shared import Entry
from app.settings import Settings
from tests.databases import NewDatabase
from tests.integration.publish.loading import load
from tests.integration.test_recovery import client_of, problem_code
from tests.open_reader import open_reader
from tests.pooler import IGNORING, REFUSING, pgbouncer
from tests.postgresql import plain
from tests.servers import LoadGenerator, serving, wait_until_ready
from tests.timeouts import TIMEOUT, wait_until

pytestmark = pytest.mark.pooler


@pytest.fixture
def database(new_postgres: NewDatabase) -> URL:
    return new_postgres(load)


def settings_of(url: URL, **changes: Any) -> Settings:
    return Settings(database_url=SecretStr(plain(url)), database_pooler="transaction", **changes)


def fetched(settings: Settings, *statements: SqlStatement, times: int = 1) -> Snapshot:
    async def fetch() -> Snapshot:
        async with open_reader(settings) as reader:
            for _ in range(times - 1):
                await reader.fetch(statements)
            return await reader.fetch(statements)

    return asyncio.run(fetch())


def statement(shape: str, *columns: Any) -> SqlStatement:
    return SqlStatement(shape, lambda: select(*columns), {})


def run_sql(url: URL, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(psycopg.connect(plain(url), autocommit=True)) as connection:
        return connection.execute(query.encode(), values or None).fetchall()


@pytest.mark.parametrize("ignored", [REFUSING, IGNORING])
def test_every_request_of_many_clients_is_answered(database: URL, ignored: str) -> None:
    with (
        pgbouncer(database, ignored) as pooled,
        serving(pooled, database_pooler="transaction", response_cache_megabytes="0") as api,
    ):
        wait_until_ready(api)
        crowd = LoadGenerator(api, "/v1/actors?offset={n}", clients=8)
        with crowd.running():
            for number in range(50):
                assert api.get(f"/v1/events?limit=1&offset={number}&facet=type").status == 200
        assert crowd.lost == []
        assert {answer.status for answer in crowd.answers} == {200}


@pytest.mark.parametrize("ignored", [REFUSING, IGNORING])
def test_a_pooler_without_the_setting_is_refused_with_the_cure(
    database: URL, ignored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.postgres.WAIT_SECONDS", 1.0)
    with pgbouncer(database, ignored) as pooled, client_of(pooled) as client:
        wait_until(lambda: problem_code(client, "/readyz") == "database-unreadable")
        assert "HKUS_DATABASE_POOLER=transaction" in client.get("/readyz").json()["detail"]


def test_no_prepared_statement_stays_on_the_server(database: URL) -> None:
    with pgbouncer(database) as pooled:
        query = statement("state", *state_select().selected_columns)
        fetched(settings_of(pooled), query, statement("two", func.now()), times=20)
        load(pooled, force=True)
        for _ in range(8):  # more runs than connections to the server
            assert run_sql(pooled, "SELECT count(*) FROM pg_prepared_statements") == [(0,)]


def test_a_fetch_is_isolated_and_read_only(database: URL) -> None:
    with pgbouncer(database) as pooled:
        names = ("transaction_isolation", "transaction_read_only", "statement_timeout", "jit")
        query = statement("settings", *map(func.current_setting, names))
        snapshot = fetched(settings_of(pooled, query_seconds=7), query)
        assert snapshot.results == [[("repeatable read", "on", "7s", "off")]]
        write: Any = delete(table_of(Entry))
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            fetched(settings_of(pooled), query, SqlStatement("write", lambda: write, {}))
        # The settings of a transaction end with it.
        assert run_sql(pooled, "SELECT current_setting('transaction_read_only')") == [("off",)]


def test_all_statements_of_a_fetch_see_one_state(database: URL) -> None:
    key = 4711
    waiting = "SELECT count(*) FROM pg_locks WHERE objid = %s AND NOT granted"

    def versions() -> Select[Any, Any, Any]:
        return state_select()

    async def story(pooled: URL) -> tuple[Snapshot, str]:
        async with open_reader(settings_of(pooled, query_seconds=60)) as reader:
            await reader.dataset()
            wait = statement("wait", func.pg_advisory_xact_lock_shared(key))
            work: Sequence[SqlStatement] = (
                SqlStatement("first", versions, {}), wait, SqlStatement("last", versions, {})
            )  # fmt: skip
            with closing(psycopg.connect(plain(database), autocommit=True)) as other:
                other.execute("SELECT pg_advisory_lock(%s)", (key,))
                reading = asyncio.create_task(reader.fetch(work))
                async with asyncio.timeout(TIMEOUT):
                    while other.execute(waiting, (key,)).fetchone() != (1,):
                        await asyncio.sleep(0.02)
                other.execute("UPDATE dataset SET version = 'another'")
            return await reading, (await reader.fetch([])).dataset.version

    with pgbouncer(database) as pooled:
        snapshot, after = asyncio.run(story(pooled))
    first, _, last = snapshot.results
    assert first == last
    assert first[0][0] != "another"
    assert after == "another"


def test_a_query_ends_when_its_budget_is_spent(database: URL) -> None:
    with pgbouncer(database) as pooled, pytest.raises(ProblemError) as refused:
        fetched(settings_of(pooled, query_seconds=0.2), statement("slow", func.pg_sleep(60)))
    assert refused.value.type is TOO_SLOW


def test_a_load_goes_through_the_pooler(database: URL) -> None:
    with pgbouncer(database, REFUSING) as pooled:
        assert load(pooled, force=True).changed
        assert not load(pooled).changed
    assert run_sql(database, "SELECT count(*) FROM dataset") == [(1,)]
