"""Write all files: into a hidden folder first, then into place by renaming.

So a full disk, an interrupt or a crash leaves no incomplete file under its final name. An export
that is started again starts from the beginning.
"""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from app.about import LICENCE_URL, cite_as
from app.download.csv_zip import CsvSink
from app.download.faults import DownloadError
from app.download.json_ld import JsonLdSink
from app.download.sinks import Facts, Sink
from app.download.source import Source, opened
from app.download.sqlite_file import SqliteSink
from app.download.tables import CODE_TABLE, code_lines, lines_of, tables
from app.links import PublicAddress
from app.resources.registry import RESOURCES
from app.settings import Settings

ENDINGS = {"sqlite": ".sqlite", "csv": "-csv.zip", "parquet": "-parquet.zip", "jsonld": ".jsonld"}
"""The end of the name of each file, by its format."""
MANIFEST = "manifest.json"
UNFINISHED = ".hkus-export-"
"""The beginning of the name of a folder with files that are not finished."""


class Advances(Protocol):
    """Receives how many rows are done."""

    def advance(self, rows: int) -> None: ...


ShowProgress = Callable[[int], AbstractContextManager[Advances]]
"""A display of the progress for a number of rows."""


def available_formats() -> tuple[str, ...]:
    """The formats that can be written here; Parquet needs the extra `parquet`."""
    return tuple(each for each in ENDINGS if each != "parquet" or find_spec("pyarrow"))


def export(
    settings: Settings, folder: Path, formats: Sequence[str], show_progress: ShowProgress
) -> dict[str, Any]:
    """Write the files into a folder, which may exist; returns the manifest. Raises
    `DownloadError`."""
    with _explained(folder), opened(settings) as source, _unfinished(folder) as fresh:
        manifest = _write_all(source, settings, fresh, formats, show_progress)
        for file in sorted(fresh.iterdir(), key=lambda each: each.name == MANIFEST):
            file.replace(folder / file.name)
    return manifest


def _write_all(
    source: Source,
    settings: Settings,
    fresh: Path,
    formats: Sequence[str],
    show_progress: ShowProgress,
) -> dict[str, Any]:
    """Write all files and their manifest into an empty folder."""
    address = PublicAddress(settings.public_url)
    facts = Facts(source.dataset, tuple(source.attributions), address)
    with ExitStack() as opened_sinks, show_progress(source.total) as progress:
        sinks: dict[str, Sink] = {}
        for name in formats:
            path = fresh / f"{facts.stem}{ENDINGS[name]}"
            sinks[name] = sink_class(name)(path, facts, tables())
            opened_sinks.callback(sinks[name].close)
        _write_rows(source, list(sinks.values()), progress)
        for sink in sinks.values():
            sink.finish()
    manifest = _manifest(facts, sinks)
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (fresh / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    for file in fresh.iterdir():
        _sync(file)
    return manifest


def sink_class(name: str) -> type[Sink]:
    if name == "parquet":
        try:
            from app.download.parquet_zip import ParquetSink
        except ModuleNotFoundError as fault:
            message = "Parquet needs the package 'pyarrow'; install it by: pip install '.[parquet]'"
            raise DownloadError(message) from fault
        return ParquetSink
    return {"sqlite": SqliteSink, "csv": CsvSink, "jsonld": JsonLdSink}[name]


def _write_rows(source: Source, sinks: Sequence[Sink], progress: Advances) -> None:
    for resource in RESOURCES:
        for rows in source.batches(resource):
            for table, lines in lines_of(resource, rows):
                for sink in sinks:
                    sink.lines(table, lines)
            for sink in sinks:
                sink.rows(rows)
            progress.advance(len(rows))
    codes = list(code_lines())
    for sink in sinks:
        sink.lines(CODE_TABLE, codes)


def _manifest(facts: Facts, sinks: dict[str, Sink]) -> dict[str, Any]:
    return {
        "dataset": {"version": facts.dataset.version, "loaded_at": facts.dataset.loaded_at},
        "licence": LICENCE_URL,
        "attribution": list(facts.attributions),
        "cite_as": cite_as(facts.dataset.version),
        "files": [_described(name, sink) for name, sink in sinks.items()],
    }


def _described(name: str, sink: Sink) -> dict[str, Any]:
    with sink.path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "name": sink.path.name,
        "format": name,
        "title": sink.title,
        "media_type": sink.media_type,
        "bytes": sink.path.stat().st_size,
        "sha256": digest,
    }


@contextmanager
def _unfinished(folder: Path) -> Generator[Path]:
    """A hidden folder inside `folder` for files that are not finished. It is removed at the end,
    and `folder` with it if this made it and nothing is in it."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{UNFINISHED}{os.getpid()}"
    try:
        _remove_abandoned(folder)
        fresh.mkdir()
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        with suppress(OSError):  # The folder is not empty if the export succeeded.
            for each in made:
                each.rmdir()


def _remove_abandoned(folder: Path) -> None:
    """Remove what exports left that were killed."""
    for each in folder.glob(f"{UNFINISHED}*"):
        number = each.name.removeprefix(UNFINISHED)
        if number == str(os.getpid()) or not (number.isdecimal() and _is_running(int(number))):
            shutil.rmtree(each, ignore_errors=True)


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return True  # Windows would end the process.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sync(file: Path) -> None:
    with file.open("rb+") as opened_file:
        os.fsync(opened_file.fileno())


@contextmanager
def _explained(folder: Path) -> Generator[None]:
    """Convert faults of the disk to a `DownloadError`."""
    full = f"{folder}: the disk is full; make room, or name another folder. Nothing was written."
    try:
        yield
    except sqlite3.Error as fault:
        if getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise DownloadError(full) from fault
        raise DownloadError(f"{folder}: {fault}. Nothing was written.") from fault
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DownloadError(full) from fault
        reason = fault.strerror or str(fault)
        cure = "name a folder that can be written to"
        raise DownloadError(f"{folder}: {reason}; {cure}. Nothing was written.") from fault
