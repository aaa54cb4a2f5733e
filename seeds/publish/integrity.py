"""Integrity checks of an SQLite file: its pages, its indexes and its foreign keys."""

import sqlite3
from itertools import groupby
from operator import itemgetter

from seeds.publish.faults import PublishError

_SELECT_INDEXES = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' ORDER BY 1"


def check_migrated_file(connection: sqlite3.Connection) -> None:
    """Raise `PublishError` if a changed file is damaged. Runs the full `integrity_check`."""
    _check(connection, "integrity_check")


def check_new_file(connection: sqlite3.Connection) -> None:
    """Raise `PublishError` if a new file is damaged.

    `quick_check` reads every page and every row, but does not compare indexes with their tables.
    Rows were only inserted, so an index is complete if the checksum of its rowids equals that of
    its table. To look up each row in each index takes three times as long.
    """
    _check(connection, "quick_check")
    for table, indexes in groupby(connection.execute(_SELECT_INDEXES).fetchall(), itemgetter(0)):
        rows = _rowid_checksum(connection, f'"{table}" NOT INDEXED')
        for _, index in indexes:
            if rows != _rowid_checksum(connection, f'"{table}" INDEXED BY "{index}"'):
                raise _damaged(f"the rows in index {index} are not those of its table")


def _check(connection: sqlite3.Connection, check: str) -> None:
    found = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
    if found != "ok":
        raise _damaged(found)
    _check_references(connection)


def _check_references(connection: sqlite3.Connection) -> None:
    missing = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    if missing:
        named = "; ".join(
            f"{connection.execute(_first_column(table), (row,)).fetchone()[0]!r} of {table} "
            f"names a row of {parent} that is not there"
            for table, row, parent, _ in missing
        )
        raise PublishError(f"the content does not hold together, so nothing was loaded: {named}.")


def _damaged(found: str) -> PublishError:
    return PublishError(f"the new database file came out damaged ({found}): look at the disk.")


def _rowid_checksum(connection: sqlite3.Connection, source: str) -> int:
    """A checksum of the rowids: the sum of each rowid modulo a prime. The modulo keeps it small."""
    return connection.execute(f"SELECT sum(rowid % 1000003) FROM {source}").fetchone()[0]  # noqa: S608


def _first_column(table: str) -> str:
    return f'SELECT * FROM "{table}" WHERE rowid = ?'  # noqa: S608 - the name of our table
