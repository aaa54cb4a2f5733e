"""The rendered rows of an SQLite file lie in the order of dates, in which most pages read them.

They are made in the order of the documents. So they are gathered apart, in a file without a name
that vanishes with the connection, and put in their places when all of them are there.
"""

import sqlite3

from sqlalchemy import Table

from app.entries import Rendering
from app.resource import table_of

_RENDERINGS = table_of(Rendering)

_PREPARING = (
    "ATTACH '' AS gathered",
    "PRAGMA gathered.journal_mode = OFF",
    "PRAGMA gathered.synchronous = OFF",
    "CREATE TABLE gathered.renderings AS SELECT * FROM main.renderings WHERE false",
    "CREATE TABLE gathered.places (place INTEGER PRIMARY KEY, made INTEGER)",
)
_PLACING = (
    "INSERT INTO gathered.places (made) SELECT made.rowid FROM gathered.renderings AS made "
    "LEFT JOIN entries ON entries.id = made.id "
    "ORDER BY date_undated, date_sort, entries.position, entries.id",
    "INSERT INTO main.renderings SELECT made.* FROM gathered.places "
    "CROSS JOIN gathered.renderings AS made ON made.rowid = places.made ORDER BY place",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Make the place apart; outside of a transaction."""
    for statement in _PREPARING:
        connection.execute(statement)


def target(table: Table) -> str:
    """Where the rows of a table are written first."""
    return f'{"gathered" if table is _RENDERINGS else "main"}."{table.name}"'


def put_in_place(connection: sqlite3.Connection) -> None:
    """Write what was gathered, when all entries are there."""
    for statement in _PLACING:
        connection.execute(statement)


def clear_away(connection: sqlite3.Connection) -> None:
    """Remove the place apart; outside of a transaction."""
    connection.execute("DETACH gathered")
