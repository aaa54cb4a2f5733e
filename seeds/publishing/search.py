"""The words of a row, as both databases index them."""

from app.entries import SearchWords
from app.resource import table_of
from app.search.fts5 import fts5_text
from app.search.layout import laid_out
from app.search.texts import texts_of
from app.search.tsearch import tsvector
from seeds.content import LoadedRow
from seeds.publishing.shredding import TableRow

SEARCH = table_of(SearchWords)


def search_row(loaded: LoadedRow, ordinal: int) -> TableRow:
    """The row of the table of words."""
    layout = laid_out(texts_of(loaded.resource, loaded.row))
    values = {
        "ordinal": ordinal,
        "entry_id": loaded.row.id,
        "vector": tsvector(layout),
        **{part: fts5_text(words) for part, words in layout.items()},
    }
    return tuple(values[column.name] for column in SEARCH.columns)
