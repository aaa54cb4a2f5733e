"""Reading an SQLite file: read-only, one connection for each thread, reopened when replaced."""

import os
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from anyio.to_thread import run_sync
from sqlalchemy.dialects import sqlite

from app.data.lanes import HELD_UP_SECONDS, LIGHT_SECONDS
from app.data.reader import Ask, Compiled, DatasetState, Fetched, Snapshot, Statements
from app.data.sqlite_faults import problem_of, problem_of_path
from app.data.state import check_revision, judged, revision_statement, state_statement
from app.problems import ProblemError, unavailable

INSTRUCTIONS = 20_000
"""After so many virtual machine instructions the clock is looked at; about a millisecond."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 200_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
"""Far more than our statements need, and far less than SQLite would take."""

_STATE, _REVISION = (
    str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    for statement in (state_statement(), revision_statement())
)


@dataclass
class _Connection:
    """An open file, with what identifies it and what it holds."""

    raw: sqlite3.Connection
    identity: tuple[int, int, int]
    dataset: DatasetState
    deadline: float = 0
    most_work: float = 0
    """The CPU time of this thread at which a query has done too much."""

    def is_late(self) -> bool:
        return time.monotonic() > self.deadline or time.thread_time() > self.most_work


class SqliteReader:
    """Reads an SQLite file that is replaced as a whole when new data are loaded.

    Each fetch looks whether the file was replaced (one `stat`), so new data are seen at once, and
    all of a fetch comes from one file.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path = path
        self._name = str(path)
        self._seconds = seconds
        self._local = threading.local()
        self._statements = Statements(sqlite.dialect(paramstyle="named"))

    async def open(self) -> None:
        """Nothing to open: a file that is not there yet may come later."""

    async def close(self) -> None:
        self._forget()

    async def dataset(self) -> DatasetState:
        return self._connection().dataset

    def dataset_at_hand(self) -> DatasetState | None:
        try:
            return self._connection().dataset
        except ProblemError:
            return None

    async def fetch(self, asks: Sequence[Ask], *, heavy: bool = False) -> Snapshot:
        work = [(self._statements.compiled(ask), ask.values) for ask in asks]
        if heavy:
            return await run_sync(self._run, work, self._seconds, self._seconds)
        return self._run(work, min(self._seconds, HELD_UP_SECONDS), LIGHT_SECONDS)

    def _run(
        self, work: Sequence[tuple[Compiled, Any]], seconds: float, cpu_seconds: float
    ) -> Snapshot:
        connection = self._connection()
        connection.deadline = time.monotonic() + seconds
        connection.most_work = time.thread_time() + cpu_seconds
        try:
            results: list[Fetched] = [
                connection.raw.execute(statement.sql, {**statement.constants, **values}).fetchall()
                for statement, values in work
            ]
        except sqlite3.Error as fault:
            self._forget()
            raise problem_of(fault) or fault from fault
        if self._is_written_over(connection):
            self._forget()
            raise unavailable("reloaded", "The database file was written over while it was read.")
        return Snapshot(connection.dataset, results)

    def _is_written_over(self, connection: _Connection) -> bool:
        """Whether somebody wrote into the file itself, as no load does, but a copy over it."""
        try:
            now = _identity(os.stat(self._name))  # noqa: PTH116 - Path.stat takes twice the time
        except OSError:
            return False  # Another name, or none: what was read is what it was.
        return now != connection.identity and now[0] == connection.identity[0]

    def _connection(self) -> _Connection:
        try:
            status = os.stat(self._name)  # noqa: PTH116 - Path.stat takes twice the time
        except OSError as fault:
            self._forget()
            raise problem_of_path(fault) from fault
        identity = _identity(status)
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection and connection.identity == identity:
            return connection
        self._forget()
        self._local.connection = self._opened(identity)
        return self._local.connection

    def _forget(self) -> None:
        """Close this thread's connection; the next fetch opens a new one."""
        connection: _Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection:
            connection.raw.close()

    def _opened(self, identity: tuple[int, int, int]) -> _Connection:
        try:
            raw = _connected(self._path)
            check_revision(raw.execute(_REVISION).fetchall())
            dataset = judged(raw.execute(_STATE).fetchall())
        except sqlite3.Error as fault:
            raise problem_of(fault) or fault from fault
        connection = _Connection(raw, identity, dataset)
        raw.set_progress_handler(connection.is_late, INSTRUCTIONS)
        return connection


def _identity(status: os.stat_result) -> tuple[int, int, int]:
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def _connected(path: Path) -> sqlite3.Connection:
    """A connection that can only read, and never waits: a load locks nothing."""
    raw = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=ro",
        uri=True,
        timeout=0,
        isolation_level=None,
        cached_statements=512,
        check_same_thread=False,
    )
    for pragma in ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1"):
        raw.execute(f"PRAGMA {pragma}")
    for limit, most in _LIMITS.items():
        raw.setlimit(limit, most)
    return raw
