"""The interface between the API and the database: statements in, snapshots of rows out."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Dialect, Select

from app.params.types import Scalar

Rows = list[tuple[Any, ...]]
MAX_STATEMENTS = 2_000
"""Maximum number of cached statements."""

CUSTOM_PLAN = "custom_plan"
"""Execution option of a statement: PostgreSQL has to plan it each time, for its actual values (a
custom plan). A plan that is good for a rare word is bad for a common one."""


@dataclass(frozen=True, slots=True)
class SqlStatement:
    """One SQL statement to run, with the values of its bind parameters.

    `shape` identifies the SQL that `build` makes: it is the key under which the text is cached.
    Statements of one fetch with the same shape must have the same values; they run once.

    `short` builds a cheaper statement for PostgreSQL, which yields the same rows or no rows.
    `transform` converts the rows to the result where SQL cannot. With `per_dataset`, the rows
    depend only on the dataset, so they are cached for its version.
    """

    shape: Hashable
    build: Callable[[], Select[*tuple[Any, ...]]]
    values: Mapping[str, Scalar]
    short: Callable[[], Select[*tuple[Any, ...]]] | None = None
    transform: Callable[[Rows], Rows] | None = None
    per_dataset: bool = False


class DatasetState(NamedTuple):
    """The version of the dataset in the database, and when it was loaded (RFC 3339, UTC)."""

    version: str
    loaded_at: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The results of one fetch, all from one state of the data: the rows of each statement."""

    dataset: DatasetState
    results: list[Rows]


class Reader(Protocol):
    """Reads the data. Raises `ProblemError` (503) if the data cannot be read in time, or at all."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def dataset(self) -> DatasetState:
        """The current dataset, which the next query would read."""
        ...

    def cached_dataset(self) -> DatasetState | None:
        """The current dataset if it is available at once, else None; never raises."""
        ...

    def last_dataset(self) -> DatasetState | None:
        """The dataset of the latest successful read, of any age, or None. It is for responses that
        do not contain the dataset's data."""
        ...

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        """The rows of each statement, from one snapshot.

        A fetch that is not `heavy` may run in the event loop, so SQLite gives it a short time limit
        (see `limits`). A `heavy` fetch has the full time limit of a query; SQLite runs it in a
        thread.
        """
        ...


class ReaderWrapper:
    """Base class of readers that wrap another reader and change only `fetch`. The other methods are
    the wrapped reader's own, so they cost no extra call."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.open, self.close = reader.open, reader.close
        self.dataset, self.cached_dataset = reader.dataset, reader.cached_dataset
        self.last_dataset = reader.last_dataset


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """A statement as SQL text for one database, with its constant values."""

    sql: str
    constants: Mapping[str, Any]
    order: Sequence[str]
    """The names of its parameters in the order of their numbers; empty if they are not numbered."""
    custom_plan: bool
    """Whether PostgreSQL has to plan it for its actual values, each time."""


class StatementCache:
    """A cache of statements compiled for one database, by shape. `make_select` makes the `Select`
    of a statement."""

    def __init__(
        self,
        dialect: Dialect,
        make_select: Callable[[SqlStatement], Select[Any]] = lambda statement: statement.build(),
    ) -> None:
        self._dialect = dialect
        self._make_select = make_select
        self._compiled: dict[Hashable, CompiledStatement] = {}

    def compiled(self, statement: SqlStatement) -> CompiledStatement:
        """The statement as SQL text, from the cache if it has one of the same shape."""
        key = self._key(statement)
        found = self._compiled.get(key)
        if found is None:
            if len(self._compiled) >= MAX_STATEMENTS:
                self._compiled.clear()
            found = self._compiled[key] = self._compile(statement)
        return found

    def _key(self, statement: SqlStatement) -> Hashable:
        return statement.shape

    def _compile(self, statement: SqlStatement) -> CompiledStatement:
        select = self._make_select(statement)
        compiled = select.compile(dialect=self._dialect)
        constants = {name: v for name, v in compiled.params.items() if v is not None}
        options = select.get_execution_options()
        return CompiledStatement(
            sql=compiled.string,
            constants=constants,
            order=compiled.positiontup or (),
            custom_plan=bool(options.get(CUSTOM_PLAN)),
        )
