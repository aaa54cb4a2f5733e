"""Words as a condition: which rows have them, and how tellingly, in either database."""

from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, FromClause, case, literal
from sqlalchemy.ext.compiler import compiles

from app.query.binds import bind_name, bound
from app.query.values import LONGEST_TEXT, Refused
from app.search.fts5 import fts5_match
from app.search.layout import PARTS
from app.search.query import QueryError, SearchQuery, parse_query
from app.search.tsearch import tsquery
from app.tables import Key

TIERS: tuple[tuple[str, ...], ...] = (PARTS[:1], PARTS[:2], PARTS)
"""Parts of a row that have all words, most telling first: the name, any name, anywhere."""

ALL = "all"
"""Names the value of a search that matches anywhere, as `only_0` does the one of the first tier."""

STEMS: BindParameter[str] = bound("stems", Key)
"""The stems of a search, divided by blanks."""


class SearchText:
    """Words and "quoted phrases", in canonical form."""

    def read(self, text: str) -> str:
        try:
            query = parse_query(text)
        except QueryError as error:
            over = len(text) > LONGEST_TEXT
            raise Refused(f"{error}.", code="too-long", expressible=over) from None
        if not query.terms:
            message = f"{text[:40]!r} has no word to search for; give letters or digits."
            raise Refused(message, code="no-words", expressible=False)
        return query.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


def search_values(query: SearchQuery) -> dict[str, str]:
    """The values that statements with a search are run with; each database takes its own.

    `only` match the rows that have all words in the parts of a tier, but not in those of the one
    before it: each hit is in one of them.
    """
    values = {"stems": " ".join(query.stems)}
    for tier, parts in enumerate(TIERS):
        match, lexemes = fts5_match(query, parts), tsquery(query, parts)
        values[f"fts5_{tier}"] = values[f"fts5_only_{tier}"] = match
        values[f"tsquery_{tier}"] = values[f"tsquery_only_{tier}"] = lexemes
        if tier:
            values[f"fts5_only_{tier}"] = f"({match}) NOT ({values[f'fts5_{tier - 1}']})"
            values[f"tsquery_only_{tier}"] = f"({lexemes}) & !({values[f'tsquery_{tier - 1}']})"
    last = len(TIERS) - 1
    values |= {f"{of}_{ALL}": values[f"{of}_{last}"] for of in ("fts5", "tsquery")}
    return {bind_name(name): value for name, value in values.items()}


def finds(table: FromClause) -> ColumnElement[bool]:
    """Whether a row has all the words."""
    return _Finds(table.c.id, len(TIERS) - 1)


def tier(table: FromClause) -> ColumnElement[int]:
    """In which tier a row has all the words; 0 tells most."""
    *better, _ = range(len(TIERS))
    return case(
        *((_Finds(table.c.id, each), literal(each)) for each in better), else_=literal(len(better))
    )


class _Finds(ColumnElement[bool]):
    """`id` is that of a row whose words match in the parts of a tier."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, id: ColumnElement[str], tier: int) -> None:
        self.id = id
        self.fts5 = bound(f"fts5_{tier}", Key)
        self.tsquery = bound(f"tsquery_{tier}", Key)


@compiles(_Finds, "sqlite")
def _in_sqlite(element: _Finds, compiler: Any, **options: Any) -> str:
    id, match = (compiler.process(each, **options) for each in (element.id, element.fts5))
    return (
        f"{id} IN (SELECT entry_id FROM search_words WHERE ordinal IN "  # noqa: S608
        f"(SELECT rowid FROM search_index WHERE search_index MATCH {match}))"
    )


@compiles(_Finds, "postgresql")
def _in_postgres(element: _Finds, compiler: Any, **options: Any) -> str:
    id, query = (compiler.process(each, **options) for each in (element.id, element.tsquery))
    return (
        f"{id} IN (SELECT entry_id FROM search_words "  # noqa: S608
        f"WHERE CAST(vector AS tsvector) @@ CAST({query} AS tsquery))"
    )
