"""Reading an SQLite file: read-only, over connections that are kept until the file is replaced."""

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
from app.db.limits import HELD_UP_SECONDS, LIGHT_SECONDS
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

INSTRUCTIONS = 20_000
"""After so many virtual machine instructions the clock is looked at; about a millisecond."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 200_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
"""Far more than our statements need, and far less than SQLite would take."""

_Identity = tuple[int, int, int]

_STATE, _REVISION = (
    str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    for statement in (state_select(), revision_select())
)


@dataclass
class _Connection:
    """An open file, with what identifies it and what it holds."""

    raw: sqlite3.Connection
    identity: _Identity
    dataset: DatasetState
    deadline: float = 0
    most_work: float = 0
    """The CPU time at which a query has done too much, by the clock of the thread that runs it."""

    def is_late(self) -> bool:
        return time.monotonic() > self.deadline or time.thread_time() > self.most_work


class SqliteReader:
    """Reads an SQLite file that is replaced as a whole when new data are loaded.

    Each fetch looks whether the file was replaced (one `stat`), so new data are seen at once, and
    all of a fetch comes from one file. A fetch has a connection to itself, in whichever thread it
    runs; afterwards the connection is kept for the next one, as long as the file is the same.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path = path
        self._name = str(path)
        self._seconds = seconds
        self._lock = threading.Lock()
        self._identity: _Identity | None = None
        self._idle: list[_Connection] = []
        """Connections that no fetch uses, all to the file of that identity; the last used last."""
        self._statements = StatementCache(sqlite.dialect(paramstyle="named"))

    async def open(self) -> None:
        """Nothing to open: a file that is not there yet may come later."""

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

    async def fetch(self, asks: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        work = [(self._statements.compiled(ask), ask.values) for ask in asks]
        if heavy:
            return await run_sync(self._run, work, self._seconds, self._seconds)
        return self._run(work, min(self._seconds, HELD_UP_SECONDS), LIGHT_SECONDS)

    def _run(
        self, work: Sequence[tuple[CompiledStatement, Any]], seconds: float, cpu_seconds: float
    ) -> Snapshot:
        with self._connection() as connection:
            connection.deadline = time.monotonic() + seconds
            connection.most_work = time.thread_time() + cpu_seconds
            raw = connection.raw
            try:
                results: list[Rows] = [
                    raw.execute(statement.sql, {**statement.constants, **values}).fetchall()
                    for statement, values in work
                ]
            except sqlite3.Error as fault:
                raise problem_of(fault) or fault from fault
            if self._is_written_over(connection):
                detail = "The database file was written over while it was read."
                raise unavailable("reloaded", detail)
            return Snapshot(connection.dataset, results)

    def _is_written_over(self, connection: _Connection) -> bool:
        """Whether somebody wrote into the file itself, as no load does, but a copy over it."""
        try:
            now = _identity(os.stat(self._name))  # noqa: PTH116 - Path.stat takes twice the time
        except OSError:
            return False  # Another name, or none: what was read is what it was.
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
        """A connection for one fetch; it is closed if that fails."""
        connection = self._taken()
        try:
            yield connection
        except BaseException:
            connection.raw.close()
            raise
        self._give_back(connection)

    def _taken(self) -> _Connection:
        identity = self._identity_now()
        if identity != self._identity:
            self._keep_only(identity)
        with self._lock:
            if self._idle and identity == self._identity:
                return self._idle.pop()
        return self._opened(identity)

    def _identity_now(self) -> _Identity:
        try:
            status = os.stat(self._name)  # noqa: PTH116 - Path.stat takes twice the time
        except OSError as fault:
            self._keep_only(None)
            raise problem_of_path(fault) from fault
        return _identity(status)

    def _give_back(self, connection: _Connection) -> None:
        with self._lock:
            if connection.identity == self._identity:
                self._idle.append(connection)
                return
        connection.raw.close()

    def _keep_only(self, identity: _Identity | None) -> None:
        """Close the idle connections, and from now on keep those to the file of that identity."""
        with self._lock:
            if identity == self._identity:
                return
            self._identity = identity
            outdated, self._idle = self._idle, []
        for connection in outdated:
            connection.raw.close()

    def _opened(self, identity: _Identity) -> _Connection:
        with ExitStack() as on_failure:
            try:
                raw = on_failure.enter_context(closing(_connected(self._path)))
                check_revision(raw.execute(_REVISION).fetchall())
                dataset = checked_state(raw.execute(_STATE).fetchall())
            except sqlite3.Error as fault:
                raise problem_of(fault) or fault from fault
            connection = _Connection(raw, identity, dataset)
            raw.set_progress_handler(connection.is_late, INSTRUCTIONS)
            on_failure.pop_all()
        return connection


def _identity(status: os.stat_result) -> _Identity:
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
    with ExitStack() as on_failure:
        on_failure.enter_context(closing(raw))
        for pragma in ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1"):
            raw.execute(f"PRAGMA {pragma}")
        for limit, most in _LIMITS.items():
            raw.setlimit(limit, most)
        on_failure.pop_all()
    return raw
