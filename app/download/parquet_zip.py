"""Tables as Parquet in a zip archive. Needs the extra `parquet` (pyarrow)."""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import pyarrow
from pyarrow import parquet

from app.download.archives import write_archive
from app.download.sinks import Facts, Sink
from app.download.tables import CellRow, TidyTable

GROUP = 5_000
"""Lines of a row group, which are held in memory at once."""

_ARROW = cast(Any, pyarrow)
_PARQUET = cast(Any, parquet)
_TYPES = {
    "text": _ARROW.string(),
    "integer": _ARROW.int64(),
    "number": _ARROW.float64(),
    "boolean": _ARROW.bool_(),
}


class ParquetSink(Sink):
    """Writes the archive."""

    media_type = "application/zip"
    title = "Tables as Parquet"

    def __init__(self, path: Path, facts: Facts, tables: Sequence[TidyTable]) -> None:
        super().__init__(path, facts, tables)
        self._open = ExitStack()
        self._folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=".parquet-"))
        self._open.callback(shutil.rmtree, self._folder, ignore_errors=True)
        self._schemas = {table.name: _schema(table, facts) for table in tables}
        self._files = {table.name: self._folder / f"{table.name}.parquet" for table in tables}
        self._writers: dict[str, Any] = {
            name: self._open.enter_context(
                _PARQUET.ParquetWriter(str(file), self._schemas[name], compression="zstd")
            )
            for name, file in self._files.items()
        }
        self._kept: dict[str, list[CellRow]] = {table.name: [] for table in tables}

    def lines(self, table: TidyTable, lines: Sequence[CellRow]) -> None:
        kept = self._kept[table.name]
        kept.extend(lines)
        if len(kept) >= GROUP:
            self._write(table.name)

    def finish(self) -> None:
        for name, kept in self._kept.items():
            if kept:
                self._write(name)
            self._writers[name].close()
        files = [(file.name, file) for file in self._files.values()]
        write_archive(self.path, self.facts, files, compressed=False)

    def close(self) -> None:
        self._open.close()

    def _write(self, name: str) -> None:
        schema = self._schemas[name]
        columns = zip(*self._kept[name], strict=True)
        arrays = [
            _ARROW.array(column, type=field.type)
            for column, field in zip(columns, schema, strict=True)
        ]
        self._writers[name].write_table(_ARROW.Table.from_arrays(arrays, schema=schema))
        self._kept[name] = []


def _schema(table: TidyTable, facts: Facts) -> Any:
    columns = [
        _ARROW.field(each.name, _TYPES[each.type], metadata={"description": each.meaning})
        for each in table.columns
    ]
    about = {"description": table.meaning, "dataset": facts.dataset.version}
    return _ARROW.schema(columns, metadata=about)
