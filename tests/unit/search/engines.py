"""The same search in three engines: FTS5, PostgreSQL, and plain Python."""

import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing, contextmanager

import psycopg

from app.search.fts5 import TOKENIZE, fts5_match, fts5_text
from app.search.layout import PARTS, layout_of
from app.search.query import SearchQuery, Term
from app.search.tokens import words
from app.search.tsvector import tsquery, tsvector

Texts = Mapping[str, Sequence[str]]
"""A row: the texts of each of its search fields."""


def expected(query: SearchQuery, rows: Sequence[Texts], parts: Iterable[str] = PARTS) -> list[int]:
    """The rows that the documentation promises, computed in plain Python."""
    return [
        number
        for number, row in enumerate(rows)
        if all(
            any(_stands_in(term, text) for part in parts for text in row.get(part, ()))
            for term in query.terms
        )
    ]


def _stands_in(term: Term, text: str) -> bool:
    # Compares strings: a space is before each word, and also after a word that must match
    # completely.
    found = words(text)
    if term.prefix:
        begins = " ".join(word.folded for word in term.words)
        return f" {begins}" in "".join(f" {word.folded}" for word in found)
    phrase = " ".join(word.stem for word in term.words)
    return f" {phrase} " in "".join(f" {word.stem}" for word in found) + " "


def in_sqlite(query: SearchQuery, rows: Sequence[Texts], parts: Sequence[str] = PARTS) -> list[int]:
    """The rows that FTS5 finds."""
    with _indexed(rows) as connection:
        found = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid",
            (fts5_match(query, parts),),
        )
        return [rowid for (rowid,) in found]


def sqlite_lexemes(rows: Sequence[Texts]) -> set[str]:
    """All lexemes in the index of FTS5."""
    with _indexed(rows) as connection:
        connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(search, row)")
        return {lexeme for (lexeme,) in connection.execute("SELECT term FROM vocabulary")}


@contextmanager
def _indexed(rows: Sequence[Texts]) -> Generator[sqlite3.Connection]:
    columns = ", ".join(PARTS)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE search USING fts5({columns}, content='', columnsize=0,"
            f' tokenize="{TOKENIZE}")'
        )
        connection.executemany(
            f"INSERT INTO search (rowid, {columns}) VALUES (?, ?, ?, ?)",
            (
                (number, *(fts5_text(part) for part in layout_of(row).values()))
                for number, row in enumerate(rows)
            ),
        )
        yield connection


def in_postgres(
    connection: psycopg.Connection,
    query: SearchQuery,
    rows: Sequence[Texts],
    parts: Sequence[str] = PARTS,
) -> list[int]:
    """The rows that PostgreSQL finds."""
    vectors = [tsvector(layout_of(row)) for row in rows]
    found = connection.execute(
        "SELECT number - 1 FROM unnest(%s::text[]) WITH ORDINALITY AS row (vector, number)"
        " WHERE CAST(vector AS tsvector) @@ CAST(%s AS tsquery) ORDER BY number",
        (vectors, tsquery(query, parts)),
    )
    return [number for (number,) in found]


def postgres_lexemes(connection: psycopg.Connection, rows: Sequence[Texts]) -> set[str]:
    """All lexemes in the tsvectors of the rows."""
    found = connection.execute(
        "SELECT unnest(tsvector_to_array(CAST(vector AS tsvector)))"
        " FROM unnest(%s::text[]) AS row (vector)",
        ([tsvector(layout_of(row)) for row in rows],),
    )
    return {lexeme for (lexeme,) in found}
