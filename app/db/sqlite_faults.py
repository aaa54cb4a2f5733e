"""Faults while an SQLite file is read, and the problem that a client gets for each."""

import errno
import sqlite3

from app.problems.codes import ErrorCode
from app.problems.problems import TOO_SLOW, ProblemError, unavailable

ErrorMatch = tuple[ErrorCode, str]
"""The error code and the detail of a problem."""

_DAMAGED: ErrorMatch = (
    "database-damaged",
    "The database file is damaged; the operator has to load it, or put a backup in its place.",
)
_UNREADABLE: ErrorMatch = (
    "database-unreadable",
    "The database file cannot be opened; see its permissions.",
)
_LOCKED: ErrorMatch = ("database-locked", "Another program holds the database file locked.")

_BY_CODE: dict[int, ErrorMatch] = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_CANTOPEN: _UNREADABLE,
    sqlite3.SQLITE_PERM: _UNREADABLE,
    sqlite3.SQLITE_AUTH: _UNREADABLE,
    sqlite3.SQLITE_READONLY: (
        "database-half-written",
        "A program broke off while it wrote into the database file; the operator has to load it.",
    ),
    sqlite3.SQLITE_IOERR: ("disk-failed", "Reading the database file failed; see the disk."),
    sqlite3.SQLITE_FULL: ("disk-full", "The disk for temporary files is full."),
    sqlite3.SQLITE_NOMEM: ("out-of-memory", "The server has no memory to spare for the query."),
}


def problem_of(fault: sqlite3.Error) -> ProblemError | None:
    """The problem for a fault of the file or the system; None if the fault is in this program."""
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        return ProblemError(TOO_SLOW, "The query took too long.", headers={"Retry-After": "5"})
    if code in _BY_CODE:
        return unavailable(*_BY_CODE[code])
    if "no such table" in str(fault) or "no such column" in str(fault):
        detail = "The database is not migrated; the operator has to run `load`."
        return unavailable("not-migrated", detail)
    return None


def problem_of_path(fault: OSError) -> ProblemError:
    """The problem if the operating system gives no access to the file."""
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        detail = "The database file is missing; the operator has to run `load`."
        return unavailable("database-missing", detail)
    return unavailable(*_UNREADABLE)
