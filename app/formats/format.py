"""The parts that all export formats share: their input and the interface of their writers."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.links import NO_ADDRESS, PublicAddress
from app.schema import Schema


@dataclass(frozen=True, slots=True)
class Feed:
    """Facts about the export.

    `self_link` is root-relative, `loaded_at` is RFC 3339 in UTC. `address` makes links absolute.
    `changed_at` has the time when each row of the present part changed, by id; `updated` is the
    time of the last change of the dataset.
    """

    title: str
    self_link: str
    dataset_version: str
    loaded_at: str
    total: int
    address: PublicAddress = NO_ADDRESS
    changed_at: Mapping[str, str] = field(default_factory=dict[str, str])
    updated: str = ""

    def changed(self, id: str) -> str:
        """The time when a row changed, or else the time of the load."""
        return self.changed_at.get(id, self.loaded_at)


@dataclass(frozen=True, slots=True)
class Selection:
    """The parts of each row that the export writes.

    `fields` are names from `Format.columns` for the same row type and optional keys. Empty means
    all fields. `with_additions` are the optional keys (`SPLICED`) that the query adds to rows.
    """

    row_type: type[Schema]
    fields: tuple[str, ...] = ()
    with_additions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Writer(ABC):
    """Writes one export in UTF-8: the head, any number of parts, the tail.

    The bytes of the export depend on the rows, not on their division into parts.
    """

    feed: Feed
    selection: Selection

    def head(self) -> bytes:
        """The bytes before the first row."""
        return b""

    @abstractmethod
    def part(self, rows: Sequence[str]) -> bytes:
        """The bytes of some rows. The rows are given as JSON."""

    def tail(self) -> bytes:
        """The bytes after the last row."""
        return b""


FIRST_DAY = "0001-01-01"
"""The first day of the year AD 1. Formats without signed years have no earlier day. Year 0000 is
1 BC. Days with a sign sort before this day, both in ISO 8601 and as sort keys."""

ColumnNames = Callable[[type[Schema], Collection[str]], tuple[str, ...]]


def no_columns(_row_type: type[Schema], _spliced: Collection[str]) -> tuple[str, ...]:
    """The columns of a format that always writes whole rows."""
    return ()


@dataclass(frozen=True, slots=True)
class Format:
    """An export format.

    - `columns`: a function from a row type and its optional keys to the names that `fields` may
      choose. `kind` and `id` are always written.
    - `dated_only`: the format exists only for lists of rows with dates.
    - `omits_startless`: the format omits rows without a first day, or with one before `FIRST_DAY`.
    - `leaves_the_api`: other programs keep the rows, so links are absolute if the service has a
      public address.
    """

    name: str
    media_type: str
    writer: type[Writer]
    columns: ColumnNames = no_columns
    dated_only: bool = False
    omits_startless: bool = False
    leaves_the_api: bool = False

    @property
    def extension(self) -> str:
        """The extension of a file name, without the dot."""
        return self.name
