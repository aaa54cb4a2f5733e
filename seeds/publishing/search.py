"""The words of rows, as each database indexes them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Column, Integer, MetaData, Table, Text

from app.entries import SearchWords
from app.resource import table_of
from app.search.fts5 import fts5_text
from app.search.layout import PARTS, Words, laid_out
from app.search.texts import texts_of
from app.search.tokens import Kept
from app.search.tsearch import tsvector
from seeds.content import LoadedRow
from seeds.publishing.shredding import TableRow, TableRows

Indexing = Callable[[Sequence[LoadedRow], Sequence[int], Sequence[int]], Iterator[TableRows]]
"""The rows by which the words of rows are found that have these ordinals and places."""

_KEPT = Kept(1 << 19)
"""The words of a load, which are as many as those of a library."""

_NUMBERS = table_of(SearchWords)
_FTS5 = Table(
    "search_index", MetaData(), Column("rowid", Integer), *(Column(part, Text) for part in PARTS)
)


def by_fts5(
    chunk: Sequence[LoadedRow], ordinals: Sequence[int], places: Sequence[int]
) -> Iterator[TableRows]:
    """For SQLite, whose index is a table that keeps no texts."""
    numbered = list(zip(chunk, ordinals, places, strict=True))
    yield _NUMBERS, [(ordinal, loaded.row.id, place, None) for loaded, ordinal, place in numbered]
    yield _FTS5, [_fts5_row(ordinal, _layout(loaded)) for loaded, ordinal, _ in numbered]


def by_tsvector(
    chunk: Sequence[LoadedRow], ordinals: Sequence[int], places: Sequence[int]
) -> Iterator[TableRows]:
    """For PostgreSQL, whose index is over a column."""
    yield (
        _NUMBERS,
        [
            (ordinal, loaded.row.id, place, tsvector(_layout(loaded)))
            for loaded, ordinal, place in zip(chunk, ordinals, places, strict=True)
        ],
    )


def _fts5_row(ordinal: int, layout: Mapping[str, Words]) -> TableRow:
    return ordinal, *(fts5_text(layout[part]) for part in PARTS)


def _layout(loaded: LoadedRow) -> dict[str, Words]:
    return laid_out(texts_of(loaded.resource, loaded.row), _KEPT)
