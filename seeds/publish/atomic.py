"""Atomic replacement of a file: a reader sees the old file or the new one, even after a crash."""

import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from seeds.publish.faults import PublishError
from seeds.publish.progress import Progress

TIMEOUT = 600.0
"""Timeout for another load to end, in seconds."""


@contextmanager
def load_lock(path: Path, progress: Progress) -> Generator[None]:
    """Lock `path`, so that only one load of it runs at a time. A second load reports that it waits.

    The lock is an SQLite lock on an empty file beside `path`: it works on every operating system,
    and ends with its process.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as connection:
        try:
            _acquire(connection)
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            progress.notify("another load is running; waiting for it to end")
            _acquire_within_timeout(connection, path)
        yield


def _acquire(connection: sqlite3.Connection) -> None:
    # With the journal in memory, a load that is killed leaves no journal file.
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("BEGIN EXCLUSIVE")


def _acquire_within_timeout(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(TIMEOUT * 1000)}")
    try:
        _acquire(connection)
    except sqlite3.OperationalError as fault:
        message = f"{path}: another load has not ended within {TIMEOUT:.0f} s: end it first."
        raise PublishError(message) from fault


@contextmanager
def replacement_file(path: Path) -> Generator[Path]:
    """The path of a new file, which replaces `path` if the block succeeds.

    Use it only inside `load_lock`. Then an existing file with that name is from a load that was
    killed, and can be removed.
    """
    new_file = path.with_name(f".{path.name}.new")
    try:
        _remove(new_file)
        yield new_file
        if path.exists():
            shutil.copymode(path, new_file)
        _sync(new_file)
        new_file.replace(path)
        _sync(path.parent)
    finally:
        with suppress(OSError):
            _remove(new_file)


def _remove(new_file: Path) -> None:
    for name in (new_file.name, f"{new_file.name}-journal"):
        new_file.with_name(name).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Wait until the file or folder is on disk (`fsync`), so that a power failure cannot undo a
    load that was reported as done."""
    if path.is_dir() and os.name != "posix":
        return  # Windows cannot open a folder.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
