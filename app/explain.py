"""The way of one request: what it asks in canonical form, and each statement that answers it, with
its values, the plan of the database, how many rows it found and how long it took."""

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
from app.in_process import Answer, ask
from app.main import create_app, with_middleware
from app.settings import Settings

_SELF = re.compile(r'<([^>]*)>; rel="self"')
_NAMED = re.compile(r":(\w+)")


@dataclass(frozen=True)
class Fetch:
    """What was fetched in one snapshot, and how many milliseconds that took in all."""

    asks: Sequence[SqlStatement]
    rows: Sequence[int]
    """How many rows each statement found."""
    milliseconds: float


class Recorder(ReaderWrapper):
    """Reads by another reader, and notes what was asked of it."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.fetches: list[Fetch] = []

    async def fetch(self, asks: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        started = time.perf_counter()
        snapshot = await self._reader.fetch(asks, heavy=heavy)
        spent = (time.perf_counter() - started) * 1000
        self.fetches.append(Fetch(asks, [len(rows) for rows in snapshot.results], spent))
        return snapshot


def explain(settings: Settings, target: str) -> tuple[Answer, Iterator[str]]:
    """The answer to `GET target`, and the way to it in lines. Nothing is remembered from before."""
    fresh = settings.model_copy(update={"response_cache_megabytes": 0, "access_log": False})
    recorder = Recorder(make_reader(fresh))
    answer = asyncio.run(_answered(fresh, recorder, target))
    return answer, _lines(fresh, answer, recorder.fetches)


async def _answered(settings: Settings, reader: Reader, target: str) -> Answer:
    app = create_app(settings, reader)
    async with app.router.lifespan_context(app):
        return await ask(with_middleware(app, settings), target)


def _lines(settings: Settings, answer: Answer, fetches: Sequence[Fetch]) -> Iterator[str]:
    canonical = _SELF.search(answer.headers.get("link", ""))
    yield f"status     {answer.status}"
    yield f"canonical  {unquote(canonical[1]) if canonical else 'not in the Link header'}"
    yield f"dataset    {answer.headers.get('x-dataset-version', 'unknown')}"
    for number, fetch in enumerate(fetches, start=1):
        yield f"\nfetch {number} of {len(fetches)}: {fetch.milliseconds:.2f} ms with compiling"
        for statement, rows in zip(fetch.asks, fetch.rows, strict=True):
            yield from _statement(settings, statement, rows)


def _statement(settings: Settings, ask: SqlStatement, rows: int) -> Iterator[str]:
    ran = _on_sqlite(settings, ask) if settings.sqlite_path else _on_postgres(settings, ask)
    yield f"\n  shape   {ask.shape}"
    yield f"  rows    {rows} in {ran.milliseconds:.2f} ms"
    yield from (f"  value   {name} = {value!r}" for name, value in ran.values.items())
    yield from (f"  sql     {line}" for line in ran.sql.splitlines())
    yield from (f"  plan    {line}" for line in ran.plan)


@dataclass(frozen=True)
class Ran:
    """A statement that was run once more by itself, and the plan of the database for it."""

    sql: str
    values: Mapping[str, Any]
    plan: Sequence[str]
    milliseconds: float


def _on_sqlite(settings: Settings, ask: SqlStatement) -> Ran:
    compiled = StatementCache(sqlite.dialect(paramstyle="named")).compiled(ask)
    values = {**compiled.constants, **ask.values}
    name = f"file:{quote(str(settings.sqlite_path))}?mode=ro"
    with closing(sqlite3.connect(name, uri=True)) as connection:
        started = time.perf_counter()
        connection.execute(compiled.sql, values).fetchall()
        spent = (time.perf_counter() - started) * 1000
        steps = connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", values).fetchall()
    depths = {0: -1}
    plan: list[str] = []
    for id, parent, _, detail in steps:
        depths[id] = depths[parent] + 1
        plan.append("  " * depths[id] + detail)
    return Ran(compiled.sql, _used(compiled, values), plan, spent)


def _on_postgres(settings: Settings, ask: SqlStatement) -> Ran:
    import psycopg  # only who uses PostgreSQL pays for its driver

    from app.db.postgres import connection_arguments, shortest_form
    from app.db.postgres_statements import PostgresStatementCache

    compiled = PostgresStatementCache(shortest_form).compiled(ask)
    values = [ask.values[name] for name in compiled.order]
    arguments = connection_arguments(
        settings.url, settings.query_seconds, pooled=settings.database_pooler == "transaction"
    )
    with psycopg.connect(**arguments) as connection, psycopg.RawCursor(connection) as cursor:
        started = time.perf_counter()
        cursor.execute(cast(LiteralString, compiled.sql), values).fetchall()
        spent = (time.perf_counter() - started) * 1000
        cursor.execute(cast(LiteralString, f"EXPLAIN {compiled.sql}"), values)
        plan = [str(row[0]) for row in cursor.fetchall()]
    named = dict(zip((f"${n}" for n in range(1, len(values) + 1)), values, strict=True))
    return Ran(compiled.sql, named, plan, spent)


def _used(compiled: CompiledStatement, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a statement names; the others belong to the query's other statements."""
    named = set(_NAMED.findall(compiled.sql))
    return {name: value for name, value in values.items() if name in named}
