"""Full-text search in both databases: the matching rows, as a condition or as a derived table."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    and_,
    any_,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.db.binds import bind_name, bound
from app.resources.columns import Key
from app.resources.derived import CommonStem, SearchRow
from app.resources.resource import Resource, table_of
from app.resources.timeline import SEARCH
from app.search.fts5 import fts5_match
from app.search.layout import PARTS
from app.search.ordinals import KIND_MASK, RUN_BITS, rank_of
from app.search.query import SearchQuery
from app.search.tsvector import RARE, tsquery
from app.vocabularies.kinds import KINDS

TIERS: tuple[tuple[str, ...], ...] = (PARTS[:1], PARTS[:2], PARTS)
"""The tiers of relevance, best first. Each tier has the parts of a row in which all words must
occur: the name; the name and aliases; any text."""

ALL = "all"
"""Suffix of the bound values that match in any part of a row. Those of tier 0 end with `only_0`."""

STEMS: BindParameter[str] = bound("stems", Key)
"""Bound value: the stems of a search, separated by blanks."""

ORDINAL = "ordinal"

FewHits = Literal["by-a-word", "by-count"]
"""How it is known that a search has few hits: one of its words is rare, or the hits were
counted."""

_SEARCH_ROWS, _COMMON_STEMS = table_of(SearchRow), table_of(CommonStem)


def search_values(query: SearchQuery) -> dict[str, str]:
    """The bound values of a search, for both databases.

    The `only` values match the rows that belong to a tier and not to the tier before, so that each
    hit is in exactly one tier.
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


def matching(resource: Resource, suffix: str) -> FromClause:
    """The ordinals, ids and render ranks of the rows of a list that match.

    `suffix` is the suffix of the bound value, such as `only_0`. SQLite yields the rows in the order
    of ordinals without a sort.
    """
    columns = (
        column(ORDINAL, BigInteger),
        column("entry_id", Text),
        column("render_rank", BigInteger),
    )
    return _Matching(resource, suffix).table_valued(*columns, name="hits")


def matching_few(resource: Resource, suffix: str) -> FromClause:
    """The same rows in PostgreSQL, from the few rows of `PROBE`."""
    return _hits_of_list(resource, PROBE, PROBE.c.vector.bool_op("@@")(_tsquery(suffix)))


def matching_many(resource: Resource, suffix: str) -> FromClause:
    """The same rows in PostgreSQL, for many hits. The function `ts_match_vq` cannot use the index
    of words, so PostgreSQL scans the rows in the order of ordinals."""
    return _hits_of_list(
        resource, _SEARCH_ROWS, func.ts_match_vq(_SEARCH_ROWS.c.vector, _tsquery(suffix))
    )


def tiered_few(few: FewHits, resource: Resource, better: Sequence[int], last: int) -> FromClause:
    """All rows of a list that match, each with its tier, if `few` proves that they are few.

    The tier is the first of the `better` tiers that matches, else `last`.
    """
    words = _SEARCH_ROWS if few == "by-a-word" else PROBE
    found = and_(_matches(words, ALL), _has_rare_word()) if few == "by-a-word" else ARE_FEW
    tier: ColumnElement[int] = literal(last)
    if better:
        tier = case(*((_matches(words, str(each)), literal(each)) for each in better), else_=last)
    return _hits_of_list(resource, words, found, tier.label("tier"))


def _matches(words: Table | CTE, suffix: str) -> ColumnElement[bool]:
    """The condition that the words match. The tsquery is in a subquery, so PostgreSQL evaluates it
    once, and plans as for a rare word."""
    return words.c.vector.bool_op("@@")(select(_tsquery(suffix)).scalar_subquery())


def _has_rare_word() -> ColumnElement[bool]:
    stems = func.string_to_array(STEMS, " ", type_=ARRAY(Key))
    common = (
        select(func.count()).select_from(_COMMON_STEMS).where(_COMMON_STEMS.c.stem == any_(stems))
    )
    return common.scalar_subquery() < func.cardinality(stems)


def _hits_of_list(
    resource: Resource, words: Table | CTE, found: ColumnElement[bool], *more: ColumnElement[Any]
) -> FromClause:
    columns = words.c.ordinal, words.c.entry_id, words.c.render_rank, *more
    of_kinds = literal_column(_likely(_of_kinds(resource, f"{words.name}.ordinal")), Boolean)
    return select(*columns).select_from(words).where(found, of_kinds).subquery("hits")


def _of_kinds(resource: Resource, ordinal: str) -> str:
    """The SQL condition that an ordinal belongs to one of the kinds of the list."""
    kinds = resource.listed_kinds
    if len(kinds) == len(KINDS.values):
        return "true"
    ranks = ", ".join(str(rank_of(kind)) for kind in kinds)
    return f"(({ordinal} >> {RUN_BITS}) & {KIND_MASK}) IN ({ranks})"


def _tsquery(suffix: str) -> ColumnElement[Any]:
    return cast(bound(f"tsquery_{suffix}", Key), TSQUERY)


PROBE = (
    select(
        _SEARCH_ROWS.c.ordinal,
        _SEARCH_ROWS.c.entry_id,
        _SEARCH_ROWS.c.render_rank,
        _SEARCH_ROWS.c.vector,
    )
    .where(_SEARCH_ROWS.c.vector.bool_op("@@")(_tsquery(ALL)))
    .limit(RARE + 1)
    .cte("probe")
)
"""At most `RARE` + 1 rows that match in any part.

If there are at most `RARE`, these are all hits, and they are sorted. If there are more, a scan in
order soon finds enough hits for a page.
"""

ARE_FEW = select(func.count()).select_from(PROBE).scalar_subquery() <= RARE


def _likely(condition: str) -> str:
    """The condition in COALESCE. PostgreSQL then estimates that half of the rows fulfil it. Without
    COALESCE it estimates one of 200 rows, because the condition compares an expression."""
    return f"COALESCE({condition}, false)"


class _Matching(FunctionElement[Any]):
    """The derived table of the rows that match."""

    inherit_cache = False

    def __init__(self, resource: Resource, suffix: str) -> None:
        self.fts5 = bound(f"fts5_{suffix}", Key)
        self.tsquery = _tsquery(suffix)
        self.resource = resource
        super().__init__()


@compiles(_Matching, "sqlite")
def _matching_in_sqlite(element: _Matching, compiler: Any, **options: Any) -> str:
    match = compiler.process(element.fts5, **options)
    of_kinds = _of_kinds(element.resource, "search_index.rowid")
    # With a left join, SQLite reads the index first, and reads only the index if the statement
    # selects no ids.
    return (
        "(SELECT search_index.rowid AS ordinal, search_rows.entry_id, search_rows.render_rank "  # noqa: S608
        "FROM search_index "
        "LEFT JOIN search_rows ON search_rows.ordinal = search_index.rowid "
        f"WHERE search_index MATCH {match} AND {of_kinds})"
    )


@compiles(_Matching, "postgresql")
def _matching_in_postgres(element: _Matching, compiler: Any, **options: Any) -> str:
    query = compiler.process(element.tsquery, **options)
    of_kinds = _likely(_of_kinds(element.resource, "ordinal"))
    return (
        "(SELECT ordinal, entry_id, render_rank FROM search_rows "  # noqa: S608
        f"WHERE vector @@ {query} AND {of_kinds})"
    )


def found_ids() -> Select[str]:
    """The ids of all entries that have all words, in any of their parts."""
    hits = matching(SEARCH, str(len(TIERS) - 1))
    return select(hits.c.entry_id)


def has_all_words(id: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that the row with this id has all words, in any of its parts."""
    return _HasAllWords(id, len(TIERS) - 1)


def finds(id: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that the row with this id has all words, in any of its parts."""
    return _HasAllWords(id, len(TIERS) - 1)


def tier(id: ColumnElement[str]) -> ColumnElement[int]:
    """The number of the first tier in which the row with this id has all words; 0 is the most
    relevant."""
    *better, _ = range(len(TIERS))
    return case(
        *((_HasAllWords(id, each), literal(each)) for each in better), else_=literal(len(better))
    )


class _HasAllWords(ColumnElement[bool]):
    """The condition that the row with this id has all words in the parts of a tier."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, id: ColumnElement[str], tier: int) -> None:
        self.id = id
        self.fts5 = bound(f"fts5_{tier}", Key)
        self.tsquery = bound(f"tsquery_{tier}", Key)


@compiles(_HasAllWords, "sqlite")
def _has_all_words_in_sqlite(element: _HasAllWords, compiler: Any, **options: Any) -> str:
    id, match = (compiler.process(each, **options) for each in (element.id, element.fts5))
    return (
        f"{id} IN (SELECT entry_id FROM search_rows WHERE ordinal IN "  # noqa: S608
        f"(SELECT rowid FROM search_index WHERE search_index MATCH {match}))"
    )


@compiles(_HasAllWords, "postgresql")
def _has_all_words_in_postgres(element: _HasAllWords, compiler: Any, **options: Any) -> str:
    id, query = (compiler.process(each, **options) for each in (element.id, element.tsquery))
    return (
        f"{id} IN (SELECT entry_id FROM search_rows "  # noqa: S608
        f"WHERE CAST(vector AS tsvector) @@ CAST({query} AS tsquery))"
    )
