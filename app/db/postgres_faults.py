"""Faults of PostgreSQL, and the problem that a client gets for each."""

import re
from collections.abc import Mapping

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout, TooManyRequests

from app.db.postgres_connection import OptionsIgnored, OtherEncoding
from app.problems.codes import ErrorCode
from app.problems.problems import TOO_SLOW, ProblemError, unavailable

OUTSIDE_CAUSES = (errors.AdminShutdown, errors.CrashShutdown, errors.SerializationFailure)
"""Faults that the query has not caused: a restart, a crash, a failover, or a recovery conflict on a
standby. It is safe to run a query again, because it only reads."""

_QUOTED = re.compile('"[^"]*"')

ErrorMatch = tuple[ErrorCode, str]
"""The error code and the detail of a problem."""

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
"""The problem for each type of fault; the first type that matches is used."""


def problem_of(fault: BaseException) -> ProblemError | None:
    """The problem for a fault of the database; None if the fault is in this program."""
    if isinstance(fault, errors.QueryCanceled):
        return ProblemError(TOO_SLOW, "The query took too long.", headers={"Retry-After": "5"})
    return _first_match(fault, _BY_TYPE)


def _first_match(
    fault: BaseException, by_type: Mapping[type[Exception], ErrorMatch]
) -> ProblemError | None:
    """The problem for the first type in the table that the fault has; None without such a type."""
    for kind, match in by_type.items():
        if isinstance(fault, kind):
            return unavailable(*match)
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

_BY_CONNECTION_FAULT: dict[type[Exception], ErrorMatch] = {
    OtherEncoding: (
        "database-unreadable",
        "The database is not encoded in UTF8; the operator has to create one that is, and load it.",
    ),
    OptionsIgnored: _POOLER,
}

# When the server refuses a connection, the fault has no error code, only a message.
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
    """The problem for a failed attempt to connect; None if the server is just not reachable."""
    words = server_words(fault)
    by_words = (unavailable(*match) for part, match in _BY_WORDS.items() if part in words)
    return _first_match(fault, _BY_CONNECTION_FAULT) or next(by_words, None)


def server_words(fault: BaseException) -> str:
    """The text of the server, or of libpq, in a message about a connection.

    Everything up to the last `FATAL:` is removed, because it names the address. Quoted names become
    `""`, because a name such as `password` could look like a cause.
    """
    _, _, words = str(fault).rpartition("FATAL:")
    return _QUOTED.sub('""', words)


def is_lost(fault: BaseException, connection_closed: bool) -> bool:
    """Whether the connection was lost, so that the work may succeed on another one."""
    return isinstance(fault, OUTSIDE_CAUSES) or (
        connection_closed and isinstance(fault, psycopg.OperationalError)
    )
