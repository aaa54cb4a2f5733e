"""Changes of rows as JSON, NDJSON and Atom (RFC 4287, with tombstones by RFC 6721)."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from pydantic_core import from_json, to_json

from app.formats.atom import entry, feed_head, markup, tombstone
from app.formats.format import Feed
from app.formats.separators import SEPARATORS


class ChangedRow(NamedTuple):
    """A row that differs. `row` is its JSON, null if it was removed."""

    change: str
    kind: str
    id: str
    name: str
    version: str
    loaded_at: str
    row: str | None

    @property
    def json(self) -> str:
        own = {name: value for name, value in self._asdict().items() if name != "row"}
        return f'{to_json(own).decode()[:-1]},"row":{self.row or "null"}}}'


@dataclass(frozen=True)
class ChangesWriter(ABC):
    """Writes changes; `rest` is the remainder of the JSON envelope."""

    feed: Feed
    rest: dict[str, Any]
    separator: ClassVar[bytes] = b""
    """What stands between two parts."""

    def head(self) -> bytes:
        return b""

    @abstractmethod
    def part(self, rows: Sequence[ChangedRow]) -> bytes:
        """The bytes of some changes."""

    def tail(self) -> bytes:
        return b""


class JsonChanges(ChangesWriter):
    separator = b","

    def head(self) -> bytes:
        return b'{"data":['

    def part(self, rows: Sequence[ChangedRow]) -> bytes:
        return ",".join(row.json for row in rows).encode()

    def tail(self) -> bytes:
        return b"],%b" % to_json(self.rest)[1:]


class NdjsonChanges(ChangesWriter):
    def part(self, rows: Sequence[ChangedRow]) -> bytes:
        text = "".join(f"{row.json}\n" for row in rows)
        return text.translate(_ESCAPES).encode()


class AtomChanges(ChangesWriter):
    def head(self) -> bytes:
        return feed_head(self.feed)

    def part(self, rows: Sequence[ChangedRow]) -> bytes:
        return b"".join(map(self._entry, rows))

    def _entry(self, row: ChangedRow) -> bytes:
        if row.row is None:
            return markup(tombstone(row.id, row.loaded_at, self.feed.address))
        times = {row.id: row.loaded_at}
        feed = Feed("", "", "", "", 0, self.feed.address, times)
        return markup(*entry(from_json(row.row), feed))

    def tail(self) -> bytes:
        return markup("</feed>")


_ESCAPES = str.maketrans({each: f"\\u{ord(each):04x}" for each in SEPARATORS})

CHANGE_FORMATS: dict[str, tuple[str, type[ChangesWriter]]] = {
    "json": ("application/json", JsonChanges),
    "ndjson": ("application/x-ndjson", NdjsonChanges),
    "atom": ("application/atom+xml", AtomChanges),
}
"""The media type and the writer of each format."""
