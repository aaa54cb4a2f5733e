"""The words of a row, as each database indexes them."""

from collections.abc import Callable, Iterator

from sqlalchemy import Column, Integer, MetaData, Table, Text

from app.entries import SearchWords
from app.resource import table_of
from app.search.fts5 import fts5_text
from app.search.layout import PARTS, Words, laid_out
from app.search.texts import texts_of
from app.search.tsearch import tsvector
from seeds.content import LoadedRow
from seeds.publishing.shredding import TableRows

Indexing = Callable[[LoadedRow, int], Iterator[TableRows]]
"""The rows by which the words of the row of a number are found."""

_NUMBERS = table_of(SearchWords)
_FTS5 = Table(
    "search_index", MetaData(), Column("rowid", Integer), *(Column(part, Text) for part in PARTS)
)


def by_fts5(loaded: LoadedRow, ordinal: int) -> Iterator[TableRows]:
    """For SQLite, whose index is a table that keeps no texts."""
    layout = _layout(loaded)
    yield _NUMBERS, [(ordinal, loaded.row.id, None)]
    yield _FTS5, [(ordinal, *(fts5_text(layout[part]) for part in PARTS))]


def by_tsvector(loaded: LoadedRow, ordinal: int) -> Iterator[TableRows]:
    """For PostgreSQL, whose index is over a column."""
    yield _NUMBERS, [(ordinal, loaded.row.id, tsvector(_layout(loaded)))]


def _layout(loaded: LoadedRow) -> dict[str, Words]:
    return laid_out(texts_of(loaded.resource, loaded.row))
