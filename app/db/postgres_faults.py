"""What may go wrong with PostgreSQL: each fault with what a client is told of it."""

import re

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout, TooManyRequests

from app.db.postgres_connection import OptionsIgnored, OtherEncoding
from app.problems.codes import ErrorCode
from app.problems.problems import TOO_SLOW, ProblemError, unavailable

LOST = (errors.AdminShutdown, errors.CrashShutdown, errors.SerializationFailure)
"""Broken off by the server for reasons of its own: a restart, a failover, a standby that has to go
on. A reader loses nothing by asking again."""

_QUOTED = re.compile('"[^"]*"')

ErrorMatch = tuple[ErrorCode, str]
"""Code and detail of a problem."""

_NOT_MIGRATED: ErrorMatch = (
    "not-migrated",
    "The database is not migrated; the operator has to run `load`.",
)
_DAMAGED: ErrorMatch = (
    "database-damaged",
    "The database is damaged; the operator has to restore it.",
)

_BY_TYPE: dict[type[Exception], ErrorMatch] = {
    errors.UndefinedTable: _NOT_MIGRATED,
    errors.UndefinedColumn: _NOT_MIGRATED,
    errors.InvalidSchemaName: _NOT_MIGRATED,
    errors.InsufficientPrivilege: (
        "no-permission",
        "The server's database user may not read the tables; the operator has to grant it SELECT.",
    ),
    errors.DataCorrupted: _DAMAGED,
    errors.IndexCorrupted: _DAMAGED,
    errors.DiskFull: ("disk-full", "The database has no room for temporary files."),
    errors.OutOfMemory: ("out-of-memory", "The database has no memory to spare for the query."),
    TooManyRequests: ("overloaded", "Too many requests wait for the database."),
    PoolTimeout: (
        "database-away",
        "No connection to the database in time: it does not answer, or all connections are in use.",
    ),
    TimeoutError: ("database-away", "The database does not answer."),
    psycopg.OperationalError: ("database-away", "The database does not answer."),
}
"""The first that fits counts."""


def problem_of(fault: BaseException) -> ProblemError | None:
    """What to answer; None if the fault is ours."""
    if isinstance(fault, errors.QueryCanceled):
        return ProblemError(TOO_SLOW, "The query took too long.", headers={"Retry-After": "5"})
    for kind, told in _BY_TYPE.items():
        if isinstance(fault, kind):
            return unavailable(*told)
    return None


_LOGIN: ErrorMatch = (
    "no-permission",
    "The database refuses the server's user; the operator has to check user and password.",
)
_NO_DATABASE: ErrorMatch = (
    "database-missing",
    "There is no such database; the operator has to create it, and run `load`.",
)
_OPTION: ErrorMatch = (
    "database-unreadable",
    "The database refuses an option of the connection; the operator has to mend the database URL.",
)
_POOLER: ErrorMatch = (
    "database-unreadable",
    "A pooler stands in front of the database; the operator has to set "
    "HKUS_DATABASE_POOLER=transaction.",
)

_BY_CONNECTION_FAULT: dict[type[psycopg.Error], ErrorMatch] = {
    OtherEncoding: (
        "database-unreadable",
        "The database is not encoded in UTF8; the operator has to create one that is, and load it.",
    ),
    OptionsIgnored: _POOLER,
}

# A connection that is refused has no error code, only the server's words.
_BY_WORDS: dict[str, ErrorMatch] = {
    "unsupported startup parameter": _POOLER,
    'database "" does not exist': _NO_DATABASE,
    "no such database": _NO_DATABASE,
    'role "" does not exist': _LOGIN,
    "password": _LOGIN,
    "no pg_hba.conf entry": _LOGIN,
    "no such user": _LOGIN,
    "permission denied": _LOGIN,
    "not permitted to log in": _LOGIN,
    "too many": ("overloaded", "The database has no connection to spare."),
    "remaining connection slots": ("overloaded", "The database has no connection to spare."),
    "invalid": _OPTION,
    "bad value for": _OPTION,
    "definition of service": _OPTION,
    "channel binding": _OPTION,
    "unrecognized": _OPTION,
}


def connection_problem(fault: psycopg.Error) -> ProblemError | None:
    """What to answer if there is no connection because of `fault`; None if nothing is known of it
    but that the server cannot be reached."""
    for kind, told in _BY_CONNECTION_FAULT.items():
        if isinstance(fault, kind):
            return unavailable(*told)
    words = server_words(fault)
    for part, told in _BY_WORDS.items():
        if part in words:
            return unavailable(*told)
    return None


def server_words(fault: BaseException) -> str:
    """What the server, or libpq, says in a message about a connection: without the address before
    it, and without quoted names, which may be anything."""
    _, _, words = str(fault).rpartition("FATAL:")
    return _QUOTED.sub('""', words)


def is_lost(fault: BaseException, connection_closed: bool) -> bool:
    """Whether the fault is of the connection, so that another one may serve."""
    return isinstance(fault, LOST) or (
        connection_closed and isinstance(fault, psycopg.OperationalError)
    )
