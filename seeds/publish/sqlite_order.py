"""The rendered rows of an SQLite file lie in the order of dates, in which most pages read them.

They are made in the order of the documents. So they are gathered apart, in a file without a name
that vanishes with the connection, and put in their places when all of them are there.
"""

import sqlite3

from sqlalchemy import Table

from app.resources.derived import Rendering
from app.resources.resource import table_of

_RENDERINGS = table_of(Rendering)

_PREPARING = (
    "ATTACH '' AS gathered",
    "PRAGMA gathered.page_size = 8192",
    "PRAGMA gathered.journal_mode = OFF",
    "PRAGMA gathered.synchronous = OFF",
    "CREATE TABLE gathered.renderings AS SELECT * FROM main.renderings WHERE false",
)
_PLACING = (
    "CREATE INDEX gathered.places ON renderings (place)",
    "INSERT INTO main.renderings "
    "SELECT * FROM gathered.renderings INDEXED BY places ORDER BY place",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Make the place apart; outside of a transaction."""
    for statement in _PREPARING:
        connection.execute(statement)


def target(table: Table) -> str:
    """Where the rows of a table are written first."""
    return f'{"gathered" if table is _RENDERINGS else "main"}."{table.name}"'


def put_in_place(connection: sqlite3.Connection) -> None:
    """Write what was gathered, when all of it is there."""
    for statement in _PLACING:
        connection.execute(statement)


def clear_away(connection: sqlite3.Connection) -> None:
    """Remove the place apart; outside of a transaction."""
    connection.execute("DETACH gathered")
