"""The seam: what the API asks of the data, and what it gets."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Dialect, Select

from app.params.types import Scalar

Rows = list[tuple[Any, ...]]
MOST_STATEMENTS = 2_000

PLANNED_ANEW = "planned_anew"
"""The option of statements that PostgreSQL has to plan for the very values each time: what is good
for a rare word is bad for a common one."""


@dataclass(frozen=True, slots=True)
class SqlStatement:
    """One statement to run: `shape` stands for its SQL, which is built only once; asks of one fetch
    that have the same shape have the same values, and are run once.

    `short` builds another one for PostgreSQL that costs less, and yields the same rows or none.
    `told` makes of the rows what is asked for, where SQL cannot. What is `lasting` follows from the
    dataset alone.
    """

    shape: Hashable
    build: Callable[[], Select[*tuple[Any, ...]]]
    values: Mapping[str, Scalar]
    short: Callable[[], Select[*tuple[Any, ...]]] | None = None
    transform: Callable[[Rows], Rows] | None = None
    per_dataset: bool = False


class DatasetState(NamedTuple):
    """Which content the database holds."""

    version: str
    loaded_at: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was fetched, all from one state of the data."""

    dataset: DatasetState
    results: list[Rows]


class Reader(Protocol):
    """Reads the data. Raises `ProblemError` (503) when they cannot be read, or not in time."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def dataset(self) -> DatasetState:
        """The content that a query would meet now."""
        ...

    def cached_dataset(self) -> DatasetState | None:
        """The same, if it can be told at once; never raises."""
        ...

    def last_dataset(self) -> DatasetState | None:
        """The content that was met last, however long ago; for answers that are not from it."""
        ...

    async def fetch(self, asks: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        """The rows of each statement, from one snapshot.

        Bounded statements run where the request arrived, with little time where the database would
        hold up other requests; `heavy` ones in a thread there, with the whole budget.
        """
        ...


class ReaderWrapper:
    """The base of readers by another reader, which differ from it in how they fetch; all else is
    that reader's own, without a call between."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.open, self.close = reader.open, reader.close
        self.dataset, self.cached_dataset = reader.dataset, reader.cached_dataset
        self.last_dataset = reader.last_dataset


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """A statement as text for one database, with the values that never change."""

    sql: str
    constants: Mapping[str, Any]
    order: Sequence[str]
    """The names of its values in the order of their numbers, if it has these in place of names."""
    planned_anew: bool


class StatementCache:
    """Statements compiled for one database, kept by shape; `built` makes them of what is asked."""

    def __init__(
        self,
        dialect: Dialect,
        built: Callable[[SqlStatement], Select[Any]] = lambda ask: ask.build(),
    ) -> None:
        self._dialect = dialect
        self._built = built
        self._kept: dict[Hashable, CompiledStatement] = {}

    def compiled(self, ask: SqlStatement) -> CompiledStatement:
        key = self._key(ask)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_STATEMENTS:
                self._kept.clear()
            found = self._kept[key] = self._compile(ask)
        return found

    def _key(self, ask: SqlStatement) -> Hashable:
        return ask.shape

    def _compile(self, ask: SqlStatement) -> CompiledStatement:
        statement = self._built(ask)
        compiled = statement.compile(dialect=self._dialect)
        constants = {name: v for name, v in compiled.params.items() if v is not None}
        anew = bool(statement.get_execution_options().get(PLANNED_ANEW))
        return CompiledStatement(compiled.string, constants, compiled.positiontup or (), anew)
