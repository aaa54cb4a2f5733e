"""Read-only access: the server cannot write, and it needs only the privilege SELECT."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, delete, select, text

from app.db import SqlStatement
from app.main import create_app, with_middleware
from app.problems.problems import ProblemError
from app.resources.resource import table_of
from app.resources.shared import Entry
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import problem
from tests.databases import NewDatabase
from tests.integration.hostile.operations import operations
from tests.integration.publish.loading import load, run_sql
from tests.open_reader import open_reader
from tests.postgresql import on_server

ROLE = Path("docs/reader-role.sql")

WRITES: dict[str, Any] = {
    "rows": lambda: delete(table_of(Entry)),
    "tables": lambda: text("CREATE TABLE mine (x integer)"),
    "attaches": lambda: text("ATTACH ':memory:' AS other"),
    "switches": lambda: text("PRAGMA query_only = 0"),
}


READ = SqlStatement("read", lambda: select(table_of(Entry).c.id).limit(1), {})


def run(url: URL, *statements: SqlStatement) -> None:
    """Run each statement through the reader, like routes do: after a statement that may return the
    state of the data beside its rows."""

    async def fetching() -> None:
        async with open_reader(settings_for(url)) as reader:
            for statement in statements:
                await reader.fetch([READ, statement])

    asyncio.run(fetching())


@pytest.mark.parametrize("what", ["rows", "tables"])
def test_the_servers_own_connection_cannot_write(loaded: URL, what: str) -> None:
    with pytest.raises((ProblemError, psycopg.errors.ReadOnlySqlTransaction)) as refused:
        run(loaded, SqlStatement(what, WRITES[what], {}))
    assert "read" in str(refused.value.__cause__ or refused.value).lower()


def test_an_sqlite_file_stays_read_only_even_if_its_pragma_is_undone(
    new_file: NewDatabase,
) -> None:
    url = new_file(load)
    with pytest.raises(ProblemError) as refused:
        run(
            url,
            SqlStatement("switch", WRITES["switches"], {}),
            SqlStatement("rows", WRITES["rows"], {}),
        )
    assert "readonly" in str(refused.value.__cause__)
    with pytest.raises(sqlite3.OperationalError, match="too many attached"):
        run(url, SqlStatement("attach", WRITES["attaches"], {}))


@dataclass(frozen=True)
class Reading:
    """A loaded PostgreSQL database: URLs for its owner and for the user of docs/reader-role.sql."""

    owner: URL
    role: str

    @property
    def url(self) -> URL:
        return self.owner.set(username=self.role, password="of-a-test")


@pytest.fixture
def reading(new_postgres: NewDatabase) -> Iterator[Reading]:
    url, role = new_postgres(load), f"reader_{uuid4().hex}"
    for _ in range(2):  # a second run changes nothing
        on_server(url, ROLE.read_text().replace("hkus_reader", role))
    run_sql(url, f"ALTER ROLE {role} PASSWORD 'of-a-test'")
    yield Reading(url, role)
    run_sql(url, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_a_role_that_may_only_select_serves_every_operation(reading: Reading) -> None:
    settings = settings_for(reading.url)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        for operation in operations(client.get("/openapi.json").json()):
            if not operation.is_item:
                response = client.get(operation.target())
                assert response.status_code == 200, response.text
        assert client.get("/v1/actors/alice").status_code == 200
        assert client.get("/v1/events?facet=type&count=exact&date=2019").status_code == 200
        assert client.get("/v1/events?format=csv").status_code == 200
        assert client.get("/readyz").status_code == 200


def test_that_role_can_change_nothing(reading: Reading) -> None:
    plain = reading.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(plain, autocommit=True)) as connection:
        connection.execute("SET default_transaction_read_only = off")
        for statement in (b"DELETE FROM entries", b"DROP TABLE dataset", b"TRUNCATE events"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_that_role_reads_tables_that_are_made_later(reading: Reading) -> None:
    run_sql(reading.owner, "CREATE TABLE later (x integer)")
    plain = reading.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(plain, autocommit=True)) as connection:
        assert connection.execute("SELECT * FROM later").fetchall() == []


def test_a_role_without_rights_is_told_to_the_operator(reading: Reading) -> None:
    run_sql(reading.owner, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {reading.role}")
    settings = settings_for(reading.url)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        body = problem(client.get("/readyz"), 503)
        assert body["errors"][0]["code"] == "no-permission"
