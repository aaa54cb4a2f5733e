"""Read the state of an SQLite file, with a read-only connection."""

import sqlite3
from contextlib import closing
from pathlib import Path

from migrations import HEAD
from seeds.publish.comparison import KIND_COUNTS, table_count_select
from seeds.publish.faults import PublishError, foreign_file
from seeds.publish.result import DatabaseState

TIMEOUT = 2.0
"""Timeout for the lock of a program that writes to the file, in seconds."""

_OUR_TABLES = {"alembic_version", "entries"}


def read_state(path: Path) -> DatabaseState:
    """The revision and the dataset of the file; raises `PublishError` if it is not ours."""
    if not path.exists():
        return DatabaseState()
    if not path.is_file():
        raise PublishError(f"{path}: this is no file: name one in HKUS_DATABASE_URL.")
    with closing(_open(path, "ro")) as connection:
        tables = _tables(connection)
        if not tables - {"alembic_version"}:
            return DatabaseState()
        if not tables >= _OUR_TABLES:
            raise foreign_file(path)
        revision = connection.execute("SELECT group_concat(version_num, ', ') FROM alembic_version")
        state = DatabaseState(*revision.fetchone())
        if state.revision is None:
            raise foreign_file(path)
        state.refuse_unusable(str(path))
        if state.revision != HEAD:
            return state
        row = connection.execute("SELECT version, rendering, seeds, loaded_at FROM dataset")
        return DatabaseState(HEAD, *(row.fetchone() or ()))


def kind_counts(path: Path) -> dict[str, int]:
    """The number of rows of each kind."""
    with closing(_open(path, "ro")) as connection:
        return dict(connection.execute(KIND_COUNTS))


def table_counts(path: Path) -> dict[str, int]:
    """The number of rows in each table."""
    with closing(_open(path, "ro")) as connection:
        return dict(connection.execute(table_count_select()))


def remove_stale_journal(path: Path) -> None:
    """Remove a journal or write-ahead log that another program has left beside the file.

    SQLite completes or undoes the unfinished transaction first. If the journal stayed, SQLite would
    apply it to the new file that replaces this one.
    """
    if not any(path.with_name(path.name + ending).exists() for ending in ("-journal", "-wal")):
        return
    with closing(_open(path, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA journal_mode = DELETE")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=TIMEOUT)


def _tables(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in found if not name.startswith("sqlite_")}  # SQLite's own tables.
