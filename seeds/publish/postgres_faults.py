"""Faults of PostgreSQL during a load, when the content is valid; each with its cure."""

import shlex
from collections.abc import Generator
from contextlib import contextmanager
from typing import TypeGuard

import psycopg
from psycopg import errors
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from app.db.postgres_faults import server_words
from seeds.publish.faults import PublishError, url_without_password

_LOGIN = "check user and password (HKUS_DATABASE_URL, or PGPASSWORD)"
_PRIVILEGES = "the user has not the rights for it; load as the owner of the tables"
_MISSING = "there is no such database; create it: createdb {database}"
_INCOMPLETE = "its tables are not those of its revision; replace it by `{command}`"
FOREIGN_TABLES = "it has tables of another program: name another database in HKUS_DATABASE_URL"
_OPTION = "mend that option in HKUS_DATABASE_URL"
_POOLER = "a pooler takes no such option: leave it out of HKUS_DATABASE_URL"
_UNREACHABLE = "see that the server runs, and that host and port in HKUS_DATABASE_URL are right"

_CURES: dict[type[psycopg.Error], str] = {
    errors.InvalidPassword: _LOGIN,
    errors.InvalidAuthorizationSpecification: _LOGIN,
    errors.InvalidCatalogName: _MISSING,
    errors.InsufficientPrivilege: _PRIVILEGES,
    errors.UndefinedTable: _INCOMPLETE,
    errors.UndefinedColumn: _INCOMPLETE,
    errors.DuplicateTable: FOREIGN_TABLES,
    errors.DuplicateObject: FOREIGN_TABLES,
    errors.DuplicateFunction: FOREIGN_TABLES,
    errors.WrongObjectType: FOREIGN_TABLES,
    errors.DiskFull: "its disk is full: make room",
    errors.ReadOnlySqlTransaction: "it takes no changes any more: name the primary server",
    errors.LockNotAvailable: "other programs hold its tables: end them, or try again later",
    errors.TooManyConnections: "it has no connection to spare: try again later",
}

# When the server refuses a connection, the fault has no error code, only a message.
_CURES_BY_MESSAGE = {
    "client_login_timeout": _UNREACHABLE,
    "password": _LOGIN,
    "role ": _LOGIN,
    "no such user": _LOGIN,
    "database ": _MISSING,
    "no such database": _MISSING,
    "no pg_hba.conf entry": _LOGIN,
    "too many": _CURES[errors.TooManyConnections],
    "remaining connection slots": _CURES[errors.TooManyConnections],
    "unsupported startup parameter": _POOLER,
    "invalid": _OPTION,
    "unrecognized": _OPTION,
    "bad value for": _OPTION,
    "definition of service": _OPTION,
    "channel binding": _OPTION,
    "": _UNREACHABLE,
}

_CONTENT = (psycopg.IntegrityError, psycopg.DataError)


@contextmanager
def as_publish_error(url: URL) -> Generator[None]:
    """Convert faults of PostgreSQL to a `PublishError`."""
    try:
        yield
    except (psycopg.Error, DBAPIError) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        words = " ".join(str(cause).split()).rstrip(".")
        if isinstance(cause, _CONTENT):
            message = f"the content breaks a rule of its tables, so nothing was loaded: {words}"
            raise PublishError(f"{url_without_password(url)}: {message}.") from fault
        cure = _cure(cause)
        if cure is None:
            raise  # The fault is in this program, not in its environment.
        cure = cure.format(database=_name(url), command=replace_command(url))
        raise PublishError(f"{url_without_password(url)}: {words}: {cure}.") from fault


_UTF8 = "--encoding=UTF8 --locale=C --template=template0"
"""Options of `createdb`. They are valid on each server, also if its own encoding is another one."""


def replace_command(url: URL) -> str:
    """A command line that drops the database, creates it again and loads it."""
    server, name = _maintenance(url), shlex.quote(_name(url))
    return f"dropdb {server} {name} && createdb {server} {_UTF8} {name} && hkus load"


def createdb_utf8_command(url: URL) -> str:
    """A command line that creates another database on the same server, with the encoding UTF8."""
    name = shlex.quote(f"{_name(url)}_utf8")
    return f"createdb {_maintenance(url)} {_UTF8} {name}"


def _maintenance(url: URL) -> str:
    """The option of `createdb` and `dropdb` to connect to another database of the server."""
    server = url.set(
        drivername="postgresql",
        password=None,
        database="template1" if _name(url) == "postgres" else "postgres",
        query={key: value for key, value in url.query.items() if "pass" not in key},
    )
    return f"--maintenance-db={shlex.quote(server.render_as_string())}"


def _name(url: URL) -> str:
    return url.database or url.username or "hkus"


def _cure(cause: BaseException | None) -> str | None:
    for kind, cure in _CURES.items():
        if isinstance(cause, kind):
            return cure
    if isinstance(cause, psycopg.OperationalError) or _is_from_libpq(cause):
        words = server_words(cause)
        return next(cure for part, cure in _CURES_BY_MESSAGE.items() if part in words)
    return None


def _is_from_libpq(cause: BaseException | None) -> TypeGuard[psycopg.ProgrammingError]:
    """Whether the fault comes from libpq: it refuses a connection option before it connects."""
    return isinstance(cause, psycopg.ProgrammingError) and cause.sqlstate is None
