"""SQLite reader: read-only connections, which are reused until the file is replaced."""

import os
import sqlite3
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from anyio.to_thread import run_sync
from sqlalchemy.dialects import sqlite

from app.db.dataset import check_revision, checked_state, revision_select, state_select
from app.db.limits import LIGHT_CPU_SECONDS, LIGHT_SECONDS
from app.db.reader import (
    CompiledStatement,
    DatasetState,
    Rows,
    Snapshot,
    SqlStatement,
    StatementCache,
)
from app.db.sqlite_faults import problem_of, problem_of_path
from app.problems.problems import ProblemError, unavailable

INSTRUCTIONS_PER_CHECK = 20_000
"""Number of SQLite virtual machine instructions between checks of the time limit; about 1 ms."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 200_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
"""SQLite's run-time limits: far above what our statements need, far below SQLite's defaults."""

_Identity = tuple[int, int, int]

_STATE, _REVISION = (
    str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    for statement in (state_select(), revision_select())
)


@dataclass
class _Connection:
    """A connection to an open file, with the identity and the dataset of the file.

    `deadline` is the end of the query's time, by the monotonic clock.
    """

    raw: sqlite3.Connection
    identity: _Identity
    dataset: DatasetState
    deadline: float = 0
    cpu_deadline: float = 0
    """The end of the query's CPU time, by the CPU clock of the thread that runs it."""

    def is_over_time(self) -> bool:
        """Whether the query has reached one of its time limits."""
        return time.monotonic() > self.deadline or time.thread_time() > self.cpu_deadline


class SqliteReader:
    """Reads an SQLite file. A load replaces the whole file.

    Each fetch checks whether the file was replaced (one `stat`), so new data are visible at once.
    All rows of a fetch come from one file. A fetch has exclusive use of a connection, in any
    thread. Afterwards the connection is reused while the file is the same.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path = path
        self._name = str(path)
        self._seconds = seconds
        self._lock = threading.Lock()
        self._identity: _Identity | None = None
        self._idle: list[_Connection] = []
        """Idle connections, all to the file of that identity; the most recently used is last."""
        self._statements = StatementCache(sqlite.dialect(paramstyle="named"))

    async def open(self) -> None:
        """Do nothing: the file may not exist yet, so each fetch opens it if needed."""

    async def close(self) -> None:
        self._keep_only(None)

    async def dataset(self) -> DatasetState:
        return self._dataset()

    def cached_dataset(self) -> DatasetState | None:
        try:
            return self._dataset()
        except ProblemError:
            return None

    def last_dataset(self) -> DatasetState | None:
        return self.cached_dataset()  # This costs one `stat`.

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        work = [(self._statements.compiled(each), each.values) for each in statements]
        if heavy:
            return await run_sync(self._run, work, self._seconds, self._seconds)
        return self._run(work, min(self._seconds, LIGHT_SECONDS), LIGHT_CPU_SECONDS)

    def _run(
        self, work: Sequence[tuple[CompiledStatement, Any]], seconds: float, cpu_seconds: float
    ) -> Snapshot:
        with self._connection() as connection:
            connection.deadline = time.monotonic() + seconds
            connection.cpu_deadline = time.thread_time() + cpu_seconds
            raw = connection.raw
            try:
                results: list[Rows] = [
                    raw.execute(statement.sql, {**statement.constants, **values}).fetchall()
                    for statement, values in work
                ]
            except sqlite3.Error as fault:
                raise problem_of(fault) or fault from fault
            if self._was_overwritten(connection):
                detail = "The database file was written over while it was read."
                raise unavailable("reloaded", detail)
            return Snapshot(connection.dataset, results)

    def _was_overwritten(self, connection: _Connection) -> bool:
        """Whether a program has written into the same file, such as `cp` over it. A load does not:
        it makes a new file."""
        try:
            now = _identity(os.stat(self._name))  # noqa: PTH116 - Path.stat takes twice the time
        except OSError:
            return False  # The file was moved or deleted, but its content has not changed.
        return now != connection.identity and now[0] == connection.identity[0]

    def _dataset(self) -> DatasetState:
        identity = self._identity_now()
        with self._lock:
            if self._idle and identity == self._identity:
                return self._idle[-1].dataset
        with self._connection() as connection:
            return connection.dataset

    @contextmanager
    def _connection(self) -> Generator[_Connection]:
        """A connection for one fetch; it is closed if the fetch fails, else reused."""
        connection = self._check_out()
        try:
            yield connection
        except BaseException:
            connection.raw.close()
            raise
        self._check_in(connection)

    def _check_out(self) -> _Connection:
        identity = self._identity_now()
        if identity != self._identity:
            self._keep_only(identity)
        with self._lock:
            if self._idle and identity == self._identity:
                return self._idle.pop()
        return self._open_connection(identity)

    def _identity_now(self) -> _Identity:
        try:
            status = os.stat(self._name)  # noqa: PTH116 - Path.stat takes twice the time
        except OSError as fault:
            self._keep_only(None)
            raise problem_of_path(fault) from fault
        return _identity(status)

    def _check_in(self, connection: _Connection) -> None:
        with self._lock:
            if connection.identity == self._identity:
                self._idle.append(connection)
                return
        connection.raw.close()

    def _keep_only(self, identity: _Identity | None) -> None:
        """Close the idle connections; from now on, keep only connections to the file `identity`."""
        with self._lock:
            if identity == self._identity:
                return
            self._identity = identity
            outdated, self._idle = self._idle, []
        for connection in outdated:
            connection.raw.close()

    def _open_connection(self, identity: _Identity) -> _Connection:
        with ExitStack() as on_failure:
            try:
                raw = on_failure.enter_context(closing(_connect(self._path)))
                check_revision(raw.execute(_REVISION).fetchall())
                dataset = checked_state(raw.execute(_STATE).fetchall())
            except sqlite3.Error as fault:
                raise problem_of(fault) or fault from fault
            connection = _Connection(raw, identity, dataset)
            raw.set_progress_handler(connection.is_over_time, INSTRUCTIONS_PER_CHECK)
            on_failure.pop_all()
        return connection


def _identity(status: os.stat_result) -> _Identity:
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def _connect(path: Path) -> sqlite3.Connection:
    """A read-only connection. It never waits for a lock, because a load does not lock the file."""
    raw = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=ro",
        uri=True,
        timeout=0,
        isolation_level=None,
        cached_statements=512,
        check_same_thread=False,
    )
    with ExitStack() as on_failure:
        on_failure.enter_context(closing(raw))
        for pragma in ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1"):
            raw.execute(f"PRAGMA {pragma}")
        for limit, most in _LIMITS.items():
            raw.setlimit(limit, most)
        on_failure.pop_all()
    return raw
