"""Store the rendered rows of an SQLite file in date order, because most pages read them so.

A load makes the rows in the order of the documents. So it collects them in a temporary database,
which SQLite deletes with the connection, and copies them in date order when all are there.
"""

import sqlite3

from sqlalchemy import Table

from app.resources.derived import Rendering
from app.resources.resource import table_of

_RENDERINGS = table_of(Rendering)

_ATTACH_BUFFER = (
    "ATTACH '' AS buffer",
    "PRAGMA buffer.page_size = 8192",
    "PRAGMA buffer.journal_mode = OFF",
    "PRAGMA buffer.synchronous = OFF",
    "CREATE TABLE buffer.renderings AS SELECT * FROM main.renderings WHERE false",
)
_COPY_IN_DATE_ORDER = (
    "CREATE INDEX buffer.ranks ON renderings (render_rank)",
    "INSERT INTO main.renderings "
    "SELECT * FROM buffer.renderings INDEXED BY ranks ORDER BY render_rank",
)


def attach_buffer(connection: sqlite3.Connection) -> None:
    """Attach the temporary database. Call this outside a transaction."""
    for statement in _ATTACH_BUFFER:
        connection.execute(statement)


def insert_target(table: Table) -> str:
    """The table to which the rows of `table` are first written: with its database, and quoted."""
    return f'{"buffer" if table is _RENDERINGS else "main"}."{table.name}"'


def copy_in_date_order(connection: sqlite3.Connection) -> None:
    """Copy the collected rows to their table, in date order. Call this when all are there."""
    for statement in _COPY_IN_DATE_ORDER:
        connection.execute(statement)


def detach_buffer(connection: sqlite3.Connection) -> None:
    """Detach the temporary database. Call this outside a transaction."""
    connection.execute("DETACH buffer")
