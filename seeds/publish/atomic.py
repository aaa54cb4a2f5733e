"""Files replaced whole: whoever reads one sees the old or the new, whatever happens between."""

import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from seeds.publish.faults import PublishError
from seeds.publish.progress import Progress

TIMEOUT = 600.0
"""Longest wait for another load, in seconds."""


@contextmanager
def turn(path: Path, progress: Progress) -> Generator[None]:
    """Only one load of `path` at a time; a second one says that it waits.

    The lock is SQLite's, on an empty file beside it: it exists on every system and dies with its
    process.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as connection:
        try:
            _take(connection)
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            progress.say("another load is running; waiting for it to end")
            _wait(connection, path)
        yield


def _take(connection: sqlite3.Connection) -> None:
    # In memory, so that a load that is killed leaves no journal of the lock.
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("BEGIN EXCLUSIVE")


def _wait(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(TIMEOUT * 1000)}")
    try:
        _take(connection)
    except sqlite3.OperationalError as fault:
        message = f"{path}: another load has not ended within {TIMEOUT:.0f} s: end it first."
        raise PublishError(message) from fault


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """The path of a new file that takes the place of `path` if the block ends well.

    Only within `turn`: what lies under that name is then left over from a load that was killed.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        _remove(fresh)
        yield fresh
        if path.exists():
            shutil.copymode(path, fresh)
        _sync(fresh)
        fresh.replace(path)
        _sync(path.parent)
    finally:
        with suppress(OSError):
            _remove(fresh)


def _remove(fresh: Path) -> None:
    for name in (fresh.name, f"{fresh.name}-journal"):
        fresh.with_name(name).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Wait until the disk has it, so that a loss of power does not undo what was told as done."""
    if path.is_dir() and os.name != "posix":
        return  # Windows opens no folders.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
