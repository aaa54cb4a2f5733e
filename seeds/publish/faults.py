"""Faults of files and databases during a load, when the content is valid; each with its cure."""

import errno
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from migrations import Standing


class PublishError(Exception):
    """Nothing was published; the database is unchanged. The operator sees the message as it is."""


UNUSABLE: dict[Standing, str] = {
    "newer": "use the version that made it, or another database (HKUS_DATABASE_URL)",
    "foreign": "no version of this project has such a revision, so the tables are left as they "
    "are: name another database in HKUS_DATABASE_URL",
}
"""The cure for a database whose revision this version cannot migrate."""

_LOSSLESS = "nothing is lost, since all of it comes from the articles"
REBUILD = (
    "no migration leads from the one to the other, so build the file again by `hkus load`; "
    f"{_LOSSLESS}"
)
REPLACE = (
    "no migration leads from the one to the other, so replace the database by `{command}`; "
    f"{_LOSSLESS}"
)

_FULL = "the disk is full: make room, or name another place in HKUS_DATABASE_URL"
_READ_ONLY = (
    "the folder or the file cannot be written to: mend its permissions, or name another place in "
    "HKUS_DATABASE_URL"
)
_BUSY = "another program has it open and locked: close that, then try again"
_FOREIGN = "it is no database of ours, and is left as it is: name another file in HKUS_DATABASE_URL"
_DAMAGED = "it is damaged: move it away, then load again"
_INCOMPLETE = "its tables are not those of its revision: move it away, then load again"

_BY_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_NOTADB: _FOREIGN,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_IOERR: "reading or writing it failed: look at the disk and its limits",
}

_BY_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOTDIR: "a part of its path is a file: name another place in HKUS_DATABASE_URL",
    errno.EEXIST: "a part of its path is a file: name another place in HKUS_DATABASE_URL",
}


def foreign_file(path: Path) -> PublishError:
    """The error for a file that is not a database of this project."""
    return PublishError(f"{path}: {_FOREIGN}.")


def url_without_password(url: URL) -> str:
    """The URL as text, without passwords. The query of the URL may also contain a password."""
    harmless = {name: value for name, value in url.query.items() if "pass" not in name}
    plain = url.set(drivername=url.get_backend_name(), query=harmless)
    return plain.render_as_string(hide_password=True)


@contextmanager
def as_publish_error(path: Path) -> Generator[None]:
    """Convert faults of files and of SQLite to a `PublishError` about `path`."""
    try:
        yield
    except (OSError, sqlite3.Error, DBAPIError) as fault:
        reason = _reason(fault.orig if isinstance(fault, DBAPIError) else fault)
        if reason is None:
            raise  # The fault is in this program, not in its environment.
        raise PublishError(f"{path}: {reason}.") from fault


def _reason(fault: BaseException | None) -> str | None:
    match fault:
        case OSError():
            return _BY_SYSTEM.get(fault.errno or 0, str(fault.strerror))
        case sqlite3.IntegrityError():
            return f"the content breaks a rule of its tables, so nothing was loaded: {fault}"
        case sqlite3.OperationalError() if "no such table" in str(fault):
            return f"{_INCOMPLETE} ({fault})"
        case sqlite3.Error():
            # The low byte is the primary code; the cures do not need the extended code.
            return _BY_SQLITE.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
        case _:
            return None
