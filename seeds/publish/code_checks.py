"""Check the columns of codes in all rows of an SQLite file at once."""

import sqlite3
from typing import Any

from sqlalchemy import Column, Table

from app.resources.registry import METADATA
from seeds.publish.faults import PublishError


def check_codes(connection: sqlite3.Connection) -> None:
    """Raise `PublishError` if a column has a value that its CHECK does not allow."""
    for table in METADATA.tables.values():
        coded = [column for column in table.columns if "allowed" in column.info]
        if coded:
            _check_table(connection, table, coded)


def _check_table(connection: sqlite3.Connection, table: Table, coded: list[Column[Any]]) -> None:
    names = ", ".join(f'"{column.name}"' for column in coded)
    for values in connection.execute(f'SELECT DISTINCT {names} FROM "{table.name}"'):  # noqa: S608
        for column, value in zip(coded, values, strict=True):
            if value is not None and value not in column.info["allowed"]:
                raise PublishError(
                    f"the content breaks a rule of its tables, so nothing was loaded: "
                    f"ck_{table.name}_{column.name} does not allow {value!r}."
                )
