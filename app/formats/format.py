"""What all export formats share: their input, and the interface of their writers."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from app.schema import Schema


@dataclass(frozen=True, slots=True)
class Feed:
    """Facts of the whole export. `self_link` is root-relative, `loaded_at` RFC 3339 in UTC."""

    title: str
    self_link: str
    dataset_version: str
    loaded_at: str
    total: int


@dataclass(frozen=True, slots=True)
class Selection:
    """The parts of each row that are written.

    `fields` are names that `Format.columns` gives for the same row type and optional keys; none
    means all. `with_additions` are the optional keys (`SPLICED`) that the query adds to rows.
    """

    row_type: type[Schema]
    fields: tuple[str, ...] = ()
    with_additions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Writer(ABC):
    """Writes one export in UTF-8: the head, any number of parts, the tail.

    The bytes depend on the rows, not on how they are divided into parts.
    """

    feed: Feed
    selection: Selection

    def head(self) -> bytes:
        """The bytes before the first row."""
        return b""

    @abstractmethod
    def part(self, rows: Sequence[str]) -> bytes:
        """The bytes of some rows, which are rendered as JSON."""

    def tail(self) -> bytes:
        """The bytes after the last row."""
        return b""


FIRST_DAY = "0001-01-01"
"""The first day of the years after Christ, which formats without signed years can hold. Year 0000
is 1 BC. Days with a sign sort before it, in ISO 8601 and as sort keys."""

ColumnNames = Callable[[type[Schema], Collection[str]], tuple[str, ...]]


def no_columns(_row_type: type[Schema], _spliced: Collection[str]) -> tuple[str, ...]:
    """The columns of a format that always writes whole rows."""
    return ()


@dataclass(frozen=True, slots=True)
class Format:
    """An export format.

    `columns` gives the names that `fields` may choose, for a row type with some optional keys;
    `kind` and `id` are always written. `dated_only`: only lists of dated rows have the format.
    `omits_startless`: it leaves out rows without a first day, or with one before `FIRST_DAY`.
    """

    name: str
    media_type: str
    writer: type[Writer]
    columns: ColumnNames = no_columns
    dated_only: bool = False
    omits_startless: bool = False

    @property
    def extension(self) -> str:
        """The extension of a file name, without the dot."""
        return self.name
