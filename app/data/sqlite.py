"""Reading an SQLite file: read-only, one connection for each thread, reopened when replaced."""

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

from app.data.reader import Ask, Compiled, DatasetState, Fetched, Snapshot, Statements
from app.data.state import judged, state_statement
from app.problems import TOO_SLOW, ProblemError, unavailable

INSTRUCTIONS = 20_000
"""After so many virtual machine instructions the clock is looked at; about a millisecond."""


@dataclass
class _Connection:
    """An open file, with what identifies it and what it holds."""

    raw: sqlite3.Connection
    identity: tuple[int, int, int]
    dataset: DatasetState
    deadline: float = float("inf")

    def is_late(self) -> bool:
        return time.monotonic() > self.deadline


class SqliteReader:
    """Reads an SQLite file that is replaced as a whole when new data are loaded.

    Each fetch looks whether the file was replaced (one `stat`), so new data are seen at once, and
    all of a fetch comes from one file.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path = path
        self._seconds = seconds
        self._local = threading.local()
        self._statements = Statements(sqlite.dialect(paramstyle="named"))

    async def open(self) -> None:
        """Nothing to open: a file that is not there yet may come later."""

    async def close(self) -> None:
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection:
            connection.raw.close()
            self._local.connection = None

    async def dataset(self) -> DatasetState:
        return self._connection().dataset

    async def fetch(self, asks: Sequence[Ask], *, heavy: bool = False) -> Snapshot:
        work = [(self._statements.compiled(ask), ask.values) for ask in asks]
        return await run_sync(self._run, work) if heavy else self._run(work)

    def _run(self, work: Sequence[tuple[Compiled, Any]]) -> Snapshot:
        connection = self._connection()
        connection.deadline = time.monotonic() + self._seconds
        try:
            results: list[Fetched] = [
                connection.raw.execute(statement.sql, {**statement.constants, **values}).fetchall()
                for statement, values in work
            ]
        except sqlite3.OperationalError as error:
            raise _problem(error) from error
        except sqlite3.DatabaseError as error:
            self._local.connection = None
            raise unavailable(
                "The database file is damaged; the operator has to load it."
            ) from error
        return Snapshot(connection.dataset, results)

    def _connection(self) -> _Connection:
        try:
            status = self._path.stat()
        except OSError:
            raise unavailable(
                "The database file is missing; the operator has to run `load`."
            ) from None
        identity = (status.st_ino, status.st_mtime_ns, status.st_size)
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection and connection.identity == identity:
            return connection
        if connection:
            connection.raw.close()
        self._local.connection = None
        self._local.connection = self._opened(identity)
        return self._local.connection

    def _opened(self, identity: tuple[int, int, int]) -> _Connection:
        try:
            raw = sqlite3.connect(
                f"file:{quote(str(self._path.absolute()))}?mode=ro",
                uri=True,
                isolation_level=None,
                cached_statements=512,
                check_same_thread=False,
            )
            raw.execute("PRAGMA query_only = 1")
            raw.execute("PRAGMA trusted_schema = 0")
            rows = raw.execute(str(state_statement().compile(dialect=sqlite.dialect(),
                compile_kwargs={"literal_binds": True}))).fetchall()  # fmt: skip
        except sqlite3.Error as error:
            raise unavailable(
                "The database is not migrated, or damaged; the operator has to run `load`."
            ) from error
        connection = _Connection(raw, identity, judged(rows))
        raw.set_progress_handler(connection.is_late, INSTRUCTIONS)
        return connection


def _problem(error: sqlite3.OperationalError) -> ProblemError:
    if error.sqlite_errorname == "SQLITE_INTERRUPT":
        return ProblemError(TOO_SLOW, "The query took too long.", headers={"Retry-After": "5"})
    return unavailable("The database cannot be read now.")
