"""What may go wrong with PostgreSQL: each fault with what a client is told of it."""

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout, TooManyRequests

from app.problems.codes import ErrorCode
from app.problems.problems import TOO_SLOW, ProblemError, unavailable

LOST = (errors.AdminShutdown, errors.CrashShutdown, errors.SerializationFailure)
"""Broken off by the server for reasons of its own: a restart, a failover, a standby that has to go
on. A reader loses nothing by asking again."""

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
        "No connection to the database in time; it is away, or everybody else is faster.",
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


def is_lost(fault: BaseException, connection_closed: bool) -> bool:
    """Whether the fault is of the connection, so that another one may serve."""
    return isinstance(fault, LOST) or (
        connection_closed and isinstance(fault, psycopg.OperationalError)
    )
