"""Explains how one request is answered: its canonical form, and each SQL statement with its values,
the query plan of the database, the number of rows and the time."""

import asyncio
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, LiteralString, cast
from urllib.parse import quote, unquote

from sqlalchemy.dialects import sqlite

from app.db import make_reader
from app.db.reader import (
    CompiledStatement,
    Reader,
    ReaderWrapper,
    Snapshot,
    SqlStatement,
    StatementCache,
)
from app.in_process import InProcessResponse, get
from app.main import create_app, with_middleware
from app.settings import Settings

_SELF_LINK = re.compile(r'<([^>]*)>; rel="self"')
_PARAMETER = re.compile(r":(\w+)")


@dataclass(frozen=True)
class Fetch:
    """The statements of one fetch, how many rows each found, and the time of the fetch."""

    statements: Sequence[SqlStatement]
    rows: Sequence[int]
    milliseconds: float


class Recorder(ReaderWrapper):
    """Reads through another reader, and records each fetch."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.fetches: list[Fetch] = []

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        started = time.perf_counter()
        snapshot = await self._reader.fetch(statements, heavy=heavy)
        milliseconds = (time.perf_counter() - started) * 1000
        rows = [len(each) for each in snapshot.results]
        self.fetches.append(Fetch(statements, rows, milliseconds))
        return snapshot


def explain(settings: Settings, target: str) -> tuple[InProcessResponse, Iterator[str]]:
    """The response to `GET target`, and lines that explain it. All caches are empty at first."""
    uncached = settings.model_copy(update={"response_cache_megabytes": 0, "access_log": False})
    recorder = Recorder(make_reader(uncached))
    response = asyncio.run(_get(uncached, recorder, target))
    return response, _lines(uncached, response, recorder.fetches)


async def _get(settings: Settings, reader: Reader, target: str) -> InProcessResponse:
    app = create_app(settings, reader)
    async with app.router.lifespan_context(app):
        return await get(with_middleware(app, settings), target)


def _lines(
    settings: Settings, response: InProcessResponse, fetches: Sequence[Fetch]
) -> Iterator[str]:
    canonical = _SELF_LINK.search(response.headers.get("link", ""))
    yield f"status     {response.status}"
    yield f"canonical  {unquote(canonical[1]) if canonical else 'not in the Link header'}"
    yield f"dataset    {response.headers.get('x-dataset-version', 'unknown')}"
    for number, fetch in enumerate(fetches, start=1):
        yield f"\nfetch {number} of {len(fetches)}: {fetch.milliseconds:.2f} ms with compilation"
        for statement, rows in zip(fetch.statements, fetch.rows, strict=True):
            yield from _statement(settings, statement, rows)


def _statement(settings: Settings, statement: SqlStatement, rows: int) -> Iterator[str]:
    run = (_run_on_sqlite if settings.sqlite_path else _run_on_postgres)(settings, statement)
    yield f"\n  shape   {statement.shape}"
    yield f"  rows    {rows} in {run.milliseconds:.2f} ms"
    yield from (f"  value   {name} = {value!r}" for name, value in run.values.items())
    yield from (f"  sql     {line}" for line in run.sql.splitlines())
    yield from (f"  plan    {line}" for line in run.plan)


@dataclass(frozen=True)
class StatementRun:
    """A statement that was run again alone: its SQL, values, query plan and time."""

    sql: str
    values: Mapping[str, Any]
    plan: Sequence[str]
    milliseconds: float


def _run_on_sqlite(settings: Settings, statement: SqlStatement) -> StatementRun:
    compiled = StatementCache(sqlite.dialect(paramstyle="named")).compiled(statement)
    values = {**compiled.constants, **statement.values}
    uri = f"file:{quote(str(settings.sqlite_path))}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        started = time.perf_counter()
        connection.execute(compiled.sql, values).fetchall()
        milliseconds = (time.perf_counter() - started) * 1000
        steps = connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", values).fetchall()
    depths = {0: -1}
    plan: list[str] = []
    for id, parent, _, detail in steps:
        depths[id] = depths[parent] + 1
        plan.append("  " * depths[id] + detail)
    return StatementRun(compiled.sql, _values_in(compiled, values), plan, milliseconds)


def _run_on_postgres(settings: Settings, statement: SqlStatement) -> StatementRun:
    import psycopg  # Load the driver only for PostgreSQL.

    from app.db.postgres import connection_arguments, shortest_form
    from app.db.postgres_statements import PostgresStatementCache

    compiled = PostgresStatementCache(shortest_form).compiled(statement)
    values = [statement.values[name] for name in compiled.order]
    arguments = connection_arguments(
        settings.url, settings.query_seconds, pooled=settings.database_pooler == "transaction"
    )
    with psycopg.connect(**arguments) as connection, psycopg.RawCursor(connection) as cursor:
        started = time.perf_counter()
        cursor.execute(cast(LiteralString, compiled.sql), values).fetchall()
        milliseconds = (time.perf_counter() - started) * 1000
        cursor.execute(cast(LiteralString, f"EXPLAIN {compiled.sql}"), values)
        plan = [str(row[0]) for row in cursor.fetchall()]
    numbered = dict(zip((f"${n}" for n in range(1, len(values) + 1)), values, strict=True))
    return StatementRun(compiled.sql, numbered, plan, milliseconds)


def _values_in(compiled: CompiledStatement, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the SQL of a statement names. The others belong to other statements."""
    names = set(_PARAMETER.findall(compiled.sql))
    return {name: value for name, value in values.items() if name in names}
