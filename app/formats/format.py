"""What all export formats share: what they are given, and what they write."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from app.schema import Schema


@dataclass(frozen=True, slots=True)
class Feed:
    """The result as a whole. `self_link` is root-relative, `loaded_at` RFC 3339 in UTC."""

    title: str
    self_link: str
    dataset_version: str
    loaded_at: str
    total: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What of each row is written.

    `fields` are names that `Format.columns` gives for the same row type and spliced keys; none
    means all. `spliced` are the optional keys (`SPLICED`) that the query puts into rows.
    """

    row_type: type[Schema]
    fields: tuple[str, ...] = ()
    with_additions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Writer(ABC):
    """Writes one result, piece by piece, in UTF-8: the head, any number of parts, the tail.

    The same input gives the same bytes, however its rows are dealt out to parts.
    """

    feed: Feed
    selection: Selection

    def head(self) -> bytes:
        """What stands before the first row."""
        return b""

    @abstractmethod
    def part(self, rows: Sequence[str]) -> bytes:
        """Some rows, each rendered as JSON."""

    def tail(self) -> bytes:
        """What stands behind the last row."""
        return b""


FIRST_DAY = "0001-01-01"
"""The first day of the years after Christ, which formats without signed years can hold. Year 0000
is 1 BC. Days with a sign sort before it, in ISO 8601 and as sort keys."""

ColumnNames = Callable[[type[Schema], Collection[str]], tuple[str, ...]]


def no_columns(_row_type: type[Schema], _spliced: Collection[str]) -> tuple[str, ...]:
    """The columns of a format of which nothing can be left out."""
    return ()


@dataclass(frozen=True, slots=True)
class Format:
    """A way to export rows; `dated_only` if it is offered only for rows that can have a date, and
    `omits_startless` if it leaves out those that have no first day from `FIRST_DAY` on.

    `columns` are what `fields` may choose of a row type with some spliced keys; `kind` and `id`
    are written whether chosen or not.
    """

    name: str
    media_type: str
    writer: type[Writer]
    columns: ColumnNames = no_columns
    dated_only: bool = False
    omits_startless: bool = False

    @property
    def extension(self) -> str:
        """Of a file's name, without the dot."""
        return self.name
