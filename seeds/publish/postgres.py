"""Publishing to PostgreSQL in one transaction: copy the rows to temporary tables, then replace the
rows that differ."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, Engine, Table, create_engine
from sqlalchemy.pool import NullPool

from app.rendering import rendering_hash
from app.resources.change_log import is_log
from app.resources.registry import METADATA
from migrations import HEAD, migrate
from seeds.dataset_content import Content
from seeds.publish.batches import Batches
from seeds.publish.change_log import log_changes, log_first_load
from seeds.publish.columns import TableRow
from seeds.publish.comparison import KIND_COUNTS, table_count_select
from seeds.publish.database_state import (
    Driver,
    name_counts,
    read_state,
    refuse_other_encoding,
    refuse_read_only,
    scalar,
)
from seeds.publish.postgres_faults import as_publish_error
from seeds.publish.progress import Progress
from seeds.publish.result import DatabaseState, Difference, LoadResult
from seeds.publish.search import TsvectorRows

LOCK = 0x686B7574
"""Key of the advisory lock: only one load of a database runs at a time."""

OPTIONS: Mapping[str, Any] = {
    "client_encoding": "UTF8",
    # A pooler in transaction mode gives the connection, with its prepared statements, to others.
    "prepare_threshold": None,
}
"""Connection options of every load. They take precedence over the environment."""

STAGE = "staged_"
"""Prefix of the names of temporary tables."""

_DELETE = """
    DELETE FROM {table} AS held WHERE NOT EXISTS (
        SELECT 1 FROM {stage} AS staged
        WHERE {key} AND ROW(staged.*) IS NOT DISTINCT FROM ROW(held.*)
    )
"""
_INSERT = """
    INSERT INTO {table} SELECT staged.* FROM {stage} AS staged WHERE NOT EXISTS (
        SELECT 1 FROM {table} AS held WHERE {key}
    ) ORDER BY {order}
"""


def publish(
    url: URL, content: Content, progress: Progress, *, seeds: str, force: bool
) -> LoadResult:
    """Write the content to the database. If it is there already, write rows only with `force`."""
    with connected(url) as driver:
        refuse_read_only(driver, url)
        _migrate(driver, url, HEAD)
        with driver.transaction():
            _lock(driver, progress)
            current = read_state(driver, url)
            if not force and current.is_rendered(content.version, rendering_hash()):
                driver.execute("UPDATE dataset SET seeds = %s WHERE seeds <> %s", (seeds, seeds))
                return LoadResult(content.version, False, name_counts(driver, KIND_COUNTS))
            search_rows = TsvectorRows()
            batches = Batches(content, seeds, progress, search_rows)
            _stage(driver, batches, search_rows)
            found = _log(driver, current, batches.counts.total())
            _replace_changed_rows(driver)
        _vacuum(driver, progress)
        return LoadResult(content.version, True, batches.counts, found)


def migrate_database(url: URL, revision: str) -> None:
    """Migrate the database to a revision, up or down."""
    with connected(url) as driver:
        refuse_read_only(driver, url)
        _migrate(driver, url, revision)


def published_state(url: URL) -> DatabaseState:
    """The revision and the dataset of the database."""
    with connected(url) as driver:
        return read_state(driver, url)


def counts_of(url: URL) -> dict[str, int]:
    """The number of rows in each table."""
    with connected(url) as driver:
        return name_counts(driver, table_count_select())


@contextmanager
def connected(url: URL) -> Generator[Driver]:
    """A connection in autocommit mode: each statement outside `transaction()` commits at once."""
    arguments, options = _engine(url).dialect.create_connect_args(url)
    options = {**options, **OPTIONS, "autocommit": True}
    with as_publish_error(url), psycopg.connect(*arguments, **options) as driver:
        refuse_other_encoding(driver, url)
        yield driver


def _engine(url: URL) -> Engine:
    return create_engine(url, poolclass=NullPool, connect_args=OPTIONS)


def _migrate(driver: Driver, url: URL, revision: str) -> None:
    current = read_state(driver, url)
    if current.revision != revision:
        with _engine(url).begin() as connection:
            migrate(connection, current.revision, revision)


def _lock(driver: Driver, progress: Progress) -> None:
    driver.execute("SET LOCAL statement_timeout = 0")
    driver.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    if not scalar(driver, "SELECT pg_try_advisory_xact_lock(%s)", LOCK):
        progress.notify("another load is running; waiting for it to end")
        driver.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))


def _stage(driver: Driver, batches: Batches, search_rows: TsvectorRows) -> None:
    """Copy all rows into temporary tables with the same columns."""
    for table in _tables():
        _run(driver, "CREATE TEMP TABLE {stage} (LIKE {table}) ON COMMIT DROP", table)
    for table, rows in batches:
        _copy(driver, table, rows)
    _copy(driver, *search_rows.common_word_rows())
    for table in _tables():
        # The primary key rejects two rows with the same key. Later, one could hide the other.
        _run(driver, "ALTER TABLE {stage} ADD PRIMARY KEY ({columns})", table)
        _run(driver, "ANALYZE {stage}", table)


def _copy(driver: Driver, table: Table, rows: Iterable[TableRow]) -> None:
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    stage = sql.Identifier(STAGE + table.name)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(stage, columns)
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _log(driver: Driver, current: DatabaseState, total: int) -> Difference:
    """Log the load and what it changes, before the rows are replaced."""

    def run(statement: str) -> list[tuple[Any, ...]]:
        found = driver.execute(statement.encode())
        return found.fetchall() if found.description else []

    if current.version is None:
        log_first_load(run, new=STAGE, log="")
        return Difference(added=total)
    return log_changes(run, old="", new=STAGE, log="")


def _replace_changed_rows(driver: Driver) -> None:
    """Delete the rows that are gone or differ, then insert the missing rows in the order of their
    keys. For rendered rows, pages read in this order.

    There is no UPDATE: if two sections swapped their ids, one would have the id of the other for a
    moment. There is no TRUNCATE, because it would block readers. Foreign keys are checked at the
    commit.
    """
    for statement in (_DELETE, _INSERT):
        for table in _tables():
            _run(driver, statement, table)


def _vacuum(driver: Driver, progress: Progress) -> None:
    """Run VACUUM (ANALYZE): it updates the planner's statistics and the visibility map, which
    index-only scans need. The content is published already, so a fault is only reported."""
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in _tables())
    try:
        driver.execute(sql.SQL("VACUUM (ANALYZE) {}").format(names))
    except psycopg.Error as fault:
        reason = " ".join(str(fault).split())
        progress.notify(f"loaded, but queries may be slow until VACUUM ANALYZE has run: {reason}")


def _run(driver: Driver, statement: str, table: Table) -> None:
    """Run a statement with placeholders: `{table}`, its temporary table `{stage}`, the `{columns}`
    of its primary key, the condition `{key}` that both keys are equal, and the sort `{order}`."""
    columns = [sql.Identifier(column.name) for column in table.primary_key]
    equal = [sql.SQL("staged.{0} = held.{0}").format(column) for column in columns]
    names = {
        "table": sql.Identifier(table.name),
        "stage": sql.Identifier(STAGE + table.name),
        "columns": sql.SQL(", ").join(columns),
        "order": sql.SQL(", ").join(sql.SQL("staged.{}").format(column) for column in columns),
        "key": sql.SQL(" AND ").join(equal),
    }
    driver.execute(sql.SQL(statement).format(**names))  # pyright: ignore[reportArgumentType]


def _tables() -> Sequence[Table]:
    """The tables that a load replaces: all but those of the log."""
    return tuple(table for table in METADATA.tables.values() if not is_log(table))
