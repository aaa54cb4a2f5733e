"""A SQLite database for people: tables with comments, views, foreign keys, a data dictionary."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.download.sinks import Facts, Sink
from app.download.tables import CITATIONS, ENTRIES, CellRow, Column, TidyTable

_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "BOOLEAN"}
_FAST = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -49152", "page_size = 8192")
"""Nobody reads the new file yet, and a failed export deletes it."""

VIEWS = {
    "chronology": (
        "Everything that has a date, in the order of dates.",
        "SELECT date_earliest, date_latest, date_edtf, kind, id, name, type "  # noqa: S608
        f'FROM "{ENTRIES}" '
        "WHERE date_edtf IS NOT NULL ORDER BY date_earliest IS NULL, date_earliest, id",
    ),
    "quotes": (
        "The words that prove each row, beside its name.",
        "SELECT e.kind, e.id, e.name, c.fields, c.exact, c.document, c.section "  # noqa: S608
        f'FROM "{CITATIONS}" AS c JOIN "{ENTRIES}" AS e ON e.id = c.entry_id',
    ),
}
"""The meaning and the query of each view."""


class SqliteSink(Sink):
    """Writes the database."""

    media_type = "application/vnd.sqlite3"
    title = "SQLite database: tables, views, comments, foreign keys"

    def __init__(self, path: Path, facts: Facts, tables: Sequence[TidyTable]) -> None:
        super().__init__(path, facts, tables)
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in _FAST:
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        for table in tables:
            self._connection.execute(declaration(table))
        self._inserts = {table.name: _insert(table) for table in tables}

    def lines(self, table: TidyTable, lines: Sequence[CellRow]) -> None:
        self._connection.executemany(self._inserts[table.name], lines)

    def finish(self) -> None:
        run = self._connection.execute
        for table in self.tables:
            for column in table.columns:
                if column.refers and (column.name,) != table.key:
                    run(f'CREATE INDEX "{table.name}_{column.name}" '
                        f'ON "{table.name}" ("{column.name}")')  # fmt: skip
        for name, (meaning, query) in VIEWS.items():
            run(f'CREATE VIEW "{name}" AS -- {meaning}\n{query}')
        run("CREATE TABLE data_dictionary ( -- What every table, view and column means.\n"
            "  table_name TEXT NOT NULL,\n  column_name TEXT NOT NULL, -- Empty: the table itself."
            "\n  meaning TEXT NOT NULL,\n  PRIMARY KEY (table_name, column_name)\n)")  # fmt: skip
        insert = "INSERT INTO data_dictionary VALUES (?, ?, ?)"
        self._connection.executemany(insert, _dictionary(self.tables))
        run("CREATE TABLE about ( -- Version, licence, sources, and how to cite.\n  line TEXT\n)")
        lines = [(line,) for line in self.facts.lines()]
        self._connection.executemany("INSERT INTO about VALUES (?)", lines)
        run("COMMIT")
        run("ANALYZE")
        broken = run("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise ValueError(f"{broken[0]} refers to a row of {broken[2]} that is not there")

    def close(self) -> None:
        self._connection.close()


def declaration(table: TidyTable) -> str:
    """CREATE TABLE with the meaning of the table and of each column as comments."""
    lines = [f'CREATE TABLE "{table.name}" ( -- {_one_line(table.meaning)}']
    lines += [f"  {_declared(column)}, -- {_one_line(column.meaning)}" for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in table.key)
    return "\n".join([*lines, f"  PRIMARY KEY ({quoted})", ")"])


def _declared(column: Column) -> str:
    refers = f' REFERENCES "{ENTRIES}" (id)' if column.refers else ""
    return f'"{column.name}" {_TYPES[column.type]}{refers}'


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _insert(table: TidyTable) -> str:
    marks = ", ".join("?" for _ in table.columns)
    return f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - the name of our table


def _dictionary(tables: Sequence[TidyTable]) -> Iterator[tuple[str, str, str]]:
    for name, (meaning, _) in VIEWS.items():
        yield name, "", meaning
    for table in tables:
        yield table.name, "", table.meaning
        for column in table.columns:
            yield table.name, column.name, column.meaning
