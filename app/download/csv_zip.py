"""Tables as CSV in a zip archive, with a Data Package descriptor (`datapackage.json`).

UTF-8 without a byte order mark, RFC 4180. Texts are as in the API: unlike exports of single lists,
no text gets a prefix against formulas, so that every program reads the same values.
"""

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from app.about import DESCRIPTION, KEYWORDS, LICENCE_NAME, LICENCE_URL, TITLE
from app.download.archives import write_archive
from app.download.sinks import Facts, Sink
from app.download.tables import ENTRIES, CellRow, Column, TidyTable

_TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
_FLAGS = {True: "true", False: "false", None: None}


class CsvSink(Sink):
    """Writes the archive."""

    media_type = "application/zip"
    title = "Tables as CSV, with a Data Package descriptor"

    def __init__(self, path: Path, facts: Facts, tables: Sequence[TidyTable]) -> None:
        super().__init__(path, facts, tables)
        self._open = ExitStack()
        self._folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=".csv-"))
        self._open.callback(shutil.rmtree, self._folder, ignore_errors=True)
        self._files = {table.name: self._folder / f"{table.name}.csv" for table in tables}
        self._flags = {
            table.name: [n for n, column in enumerate(table.columns) if column.type == "boolean"]
            for table in tables
        }
        self._handles = {
            name: self._open.enter_context(file.open("w", encoding="utf-8", newline=""))
            for name, file in self._files.items()
        }
        self._writers = {name: csv.writer(handle) for name, handle in self._handles.items()}
        for table in tables:
            self._writers[table.name].writerow([column.name for column in table.columns])

    def lines(self, table: TidyTable, lines: Sequence[CellRow]) -> None:
        flags = self._flags[table.name]
        written = [_with_words(line, flags) for line in lines] if flags else lines
        self._writers[table.name].writerows(written)

    def finish(self) -> None:
        for handle in self._handles.values():
            handle.close()
        descriptor = json.dumps(self._descriptor(), indent=1, ensure_ascii=False)
        files = [(file.name, file) for file in self._files.values()]
        write_archive(self.path, self.facts, [("datapackage.json", f"{descriptor}\n"), *files])

    def close(self) -> None:
        self._open.close()

    def _descriptor(self) -> dict[str, Any]:
        return {
            "profile": "tabular-data-package",
            "name": "hkus",
            "title": TITLE,
            "description": DESCRIPTION,
            "version": self.facts.dataset.version,
            "created": self.facts.dataset.loaded_at,
            "keywords": list(KEYWORDS),
            "licenses": [{"name": LICENCE_NAME, "path": LICENCE_URL}],
            "sources": [{"title": each} for each in self.facts.attributions],
            **({"homepage": self.facts.address.link("/")} if self.facts.address.origin else {}),
            "resources": [self._resource(table) for table in self.tables],
        }

    def _resource(self, table: TidyTable) -> dict[str, Any]:
        file = self._files[table.name]
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        schema: dict[str, Any] = {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [each.name], "reference": {"resource": ENTRIES, "fields": ["id"]}}
                for each in table.columns
                if each.refers
            ],
        }
        return {
            "profile": "tabular-data-resource",
            "name": table.name,
            "path": file.name,
            "description": table.meaning,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": file.stat().st_size,
            "hash": f"sha256:{digest}",
            "schema": {name: value for name, value in schema.items() if value},
        }


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}


def _with_words(line: CellRow, flags: Sequence[int]) -> CellRow:
    """The line with `true` and `false` as a Data Package writes them."""
    line = list(line)
    for index in flags:
        line[index] = _FLAGS[line[index]]
    return line
