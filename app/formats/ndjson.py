"""NDJSON: each row as rendered, one JSON text a line. This format loses nothing.

The separators of Unicode are escaped, so that a client which splits at them gets whole rows.
"""

from collections.abc import Sequence

from pydantic_core import from_json, to_json

from app.formats.format import Format, Writer
from app.formats.schemas import ALWAYS, keys
from app.formats.separators import SEPARATORS, has_separator

_ESCAPES = str.maketrans({each: f"\\u{ord(each):04x}" for each in SEPARATORS})
"""In JSON they stand only inside strings, where an escape means the same (RFC 8259, section 7)."""


class NdjsonWriter(Writer):
    """Writes a line for each row; with `fields` only those keys, in the order of the row."""

    __slots__ = ()

    def part(self, rows: Sequence[str]) -> bytes:
        if not self.selection.fields:
            return _encoded("\n".join((*rows, "")))
        chosen = {*ALWAYS, *self.selection.fields}
        objects = ({k: v for k, v in from_json(row).items() if k in chosen} for row in rows)
        return _encoded("".join(f"{to_json(each).decode()}\n" for each in objects))


def _encoded(lines: str) -> bytes:
    return (lines.translate(_ESCAPES) if has_separator(lines) else lines).encode()


NDJSON = Format("ndjson", "application/x-ndjson", NdjsonWriter, keys)
