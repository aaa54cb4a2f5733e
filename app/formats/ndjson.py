"""NDJSON: each row as one JSON text on one line. This format loses nothing.

The Unicode line separators are escaped. So a client that splits text at them gets whole rows.
"""

from collections.abc import Sequence

from pydantic_core import from_json, to_json

from app.formats.format import Format, Writer
from app.formats.schemas import ALWAYS, row_keys
from app.formats.separators import SEPARATORS, has_separator

_ESCAPES = str.maketrans({each: f"\\u{ord(each):04x}" for each in SEPARATORS})
"""JSON escapes of the separators. In JSON they occur only inside strings, where an escape has the
same meaning as the character (RFC 8259, section 7)."""


class NdjsonWriter(Writer):
    """Writes a line for each row. With `fields`, it writes only these keys, in row order."""

    __slots__ = ()

    def part(self, rows: Sequence[str]) -> bytes:
        if not self.selection.fields:
            return _encoded("\n".join((*rows, "")))
        chosen = {*ALWAYS, *self.selection.fields}
        objects = ({k: v for k, v in from_json(row).items() if k in chosen} for row in rows)
        return _encoded("".join(f"{to_json(each).decode()}\n" for each in objects))


def _encoded(lines: str) -> bytes:
    return (lines.translate(_ESCAPES) if has_separator(lines) else lines).encode()


NDJSON = Format("ndjson", "application/x-ndjson", NdjsonWriter, row_keys)
