"""Whether an SQLite file is sound: nothing is damaged, and no row names one that is not there."""

import sqlite3
from itertools import groupby
from operator import itemgetter

from seeds.publish.faults import PublishError

_INDEXES = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' ORDER BY 1"


def check_changed(connection: sqlite3.Connection) -> None:
    """Raise `PublishError` unless a file that was changed in place is sound."""
    _check(connection, "integrity_check")


def check_made(connection: sqlite3.Connection) -> None:
    """Raise `PublishError` unless a file that was made anew is sound.

    Every page and every row is read. But rows were only ever added to it, so an index whose entries
    add up to the rows of its table has lost none of them; to look for each row in each index takes
    three times as long.
    """
    _check(connection, "quick_check")
    for table, indexes in groupby(connection.execute(_INDEXES).fetchall(), itemgetter(0)):
        rows = _added_up(connection, f'"{table}" NOT INDEXED')
        for _, index in indexes:
            if rows != _added_up(connection, f'"{table}" INDEXED BY "{index}"'):
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


def _added_up(connection: sqlite3.Connection, source: str) -> int:
    """The sum of the numbers of all rows, of each the rest by a prime, so that it stays small."""
    return connection.execute(f"SELECT sum(rowid % 1000003) FROM {source}").fetchone()[0]  # noqa: S608


def _first_column(table: str) -> str:
    return f'SELECT * FROM "{table}" WHERE rowid = ?'  # noqa: S608 - the name of our table
