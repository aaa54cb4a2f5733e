"""Rows for the search index of each database: FTS5 in SQLite, `tsvector` in PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Column, Integer, MetaData, Table, Text

from app.resources.derived import CommonStem, SearchRow
from app.resources.resource import table_of
from app.resources.searched_texts import texts_of
from app.search.fts5 import fts5_text
from app.search.layout import GAP, PARTS, Words, layout_of
from app.search.tokens import WordCache
from app.search.tsvector import RARE, tsvector
from seeds.dataset_content import LoadedRow
from seeds.publish.columns import TableRow, TableRows

SearchRows = Callable[[Sequence[LoadedRow], Sequence[int], Sequence[int]], Iterator[TableRows]]
"""Makes the rows of the search index, from loaded rows, their ordinals and their ranks."""

_WORD_CACHE = WordCache(1 << 19)
"""Cache of the words of a load. It is large, because the texts have many different words."""

_NUMBERS, _COMMON = table_of(SearchRow), table_of(CommonStem)
_FTS5 = Table(
    "search_index", MetaData(), Column("rowid", Integer), *(Column(part, Text) for part in PARTS)
)


def fts5_rows(
    chunk: Sequence[LoadedRow], ordinals: Sequence[int], ranks: Sequence[int]
) -> Iterator[TableRows]:
    """For SQLite: the index is an FTS5 table, which does not store the texts."""
    numbered = list(zip(chunk, ordinals, ranks, strict=True))
    yield _NUMBERS, [(ordinal, loaded.row.id, rank, None) for loaded, ordinal, rank in numbered]
    yield _FTS5, [_fts5_row(ordinal, _layout(loaded)) for loaded, ordinal, _ in numbered]


class TsvectorRows:
    """For PostgreSQL: the index is on a `tsvector` column. A second table lists common words."""

    def __init__(self) -> None:
        self._rows = Counter[str]()

    def __call__(
        self, chunk: Sequence[LoadedRow], ordinals: Sequence[int], ranks: Sequence[int]
    ) -> Iterator[TableRows]:
        rows: list[TableRow] = []
        for loaded, ordinal, rank in zip(chunk, ordinals, ranks, strict=True):
            layout = _layout(loaded)
            self._rows.update(_stems(layout))
            rows.append((ordinal, loaded.row.id, rank, tsvector(layout)))
        yield _NUMBERS, rows

    def common_word_rows(self) -> TableRows:
        """The rows of the table of common words: those in more than `RARE` rows so far."""
        return _COMMON, [(stem,) for stem, rows in self._rows.items() if rows > RARE]


def _stems(layout: Mapping[str, Words]) -> set[str]:
    return {
        word.stem
        for words in layout.values()
        for word in (*words.in_order, *words.beyond_limits)
        if word is not GAP
    }


def _fts5_row(ordinal: int, layout: Mapping[str, Words]) -> TableRow:
    return ordinal, *map(fts5_text, layout.values())


def _layout(loaded: LoadedRow) -> dict[str, Words]:
    return layout_of(texts_of(loaded.resource, loaded.row), _WORD_CACHE)
