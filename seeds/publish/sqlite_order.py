"""Store the rendered rows of an SQLite file in date order, because most pages read them so.

A load makes the rows in the order of the documents. So it collects them in a temporary database,
which SQLite deletes with the connection, and copies them in date order when all are there.
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
    "CREATE INDEX gathered.render_ranks ON renderings (render_rank)",
    "INSERT INTO main.renderings "
    "SELECT * FROM gathered.renderings INDEXED BY render_ranks ORDER BY render_rank",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Attach the temporary database. Call this outside a transaction."""
    for statement in _PREPARING:
        connection.execute(statement)


def target(table: Table) -> str:
    """The table to which the rows of `table` are first written: with its database, and quoted."""
    return f'{"gathered" if table is _RENDERINGS else "main"}."{table.name}"'


def put_in_place(connection: sqlite3.Connection) -> None:
    """Copy the collected rows to their table, in date order. Call this when all are there."""
    for statement in _PLACING:
        connection.execute(statement)


def clear_away(connection: sqlite3.Connection) -> None:
    """Detach the temporary database. Call this outside a transaction."""
    connection.execute("DETACH gathered")
