"""NDJSON: each row as it stands, one JSON text a line. The form without loss."""

from collections.abc import Sequence

from pydantic_core import from_json, to_json

from app.formats.format import Format, Writer
from app.formats.schemas import ALWAYS, keys


class NdjsonWriter(Writer):
    """Writes a line for each row; of chosen fields only those keys, in the order of the row."""

    __slots__ = ()

    def part(self, rows: Sequence[str]) -> bytes:
        if not self.selection.fields:
            return "\n".join((*rows, "")).encode()
        wanted = {*ALWAYS, *self.selection.fields}
        return b"".join(
            to_json({key: value for key, value in from_json(row).items() if key in wanted}) + b"\n"
            for row in rows
        )


NDJSON = Format("ndjson", "application/x-ndjson", NdjsonWriter, keys)
