"""Spelling suggestions for a search: words that find nothing are replaced by similar words from the
names of rows."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy import Select, literal, select

from app.db import DatasetState, Reader, SqlStatement
from app.db.binds import bound_each, values_of_each
from app.db.dataset_cache import DatasetCache
from app.resources.columns import Key
from app.resources.resource import Resource, table_of
from app.resources.shared import EntryName
from app.search.query import SearchQuery, Term
from app.search.tokens import Word, words
from app.sql.fulltext import search_values
from app.sql.statements import Shape
from app.sql.where import rows_clause

MOST_NAMES = 5_000
"""Maximum number of names and aliases that are read, in alphabetical order."""
MOST_WORDS = 10
"""Maximum number of words of a search that are checked."""
SIMILAR = 0.7
"""Minimum similarity of a suggested word, by difflib: from 0 to 1."""

_NAMES = "names of kinds"
_WORDS_ONLY = Shape((), None, True, (), None, False)


class Suggestions:
    """Suggests other words for a search, from the names and aliases of rows of the given kinds.

    Caches the words of one dataset. They are the same in both databases.
    """

    def __init__(self, reader: Reader, kinds: Sequence[str]) -> None:
        self._reader = reader
        self._kinds = kinds
        self._cache = DatasetCache[str, list[str]](1)

    async def of(
        self, resource: Resource, search: SearchQuery, dataset: DatasetState
    ) -> str | None:
        """A value of `q` that finds rows of the list, or null.

        Null if a word that finds nothing is not similar to any word of the names, or if the data
        were reloaded meanwhile.
        """
        asked = list(dict.fromkeys(w for term in _plain(search) for w in term.words))[:MOST_WORDS]
        found = await self._find(resource, [_one(word) for word in asked], dataset)
        lost = [word for word, is_found in zip(asked, found, strict=True) if not is_found]
        known = await self._names(dataset) if lost else []
        meant = await run_sync(partial(_nearest, lost, known))
        if not lost or len(meant) < len(lost):
            return None
        suggested = _with(search, meant)
        return (
            suggested.text if await self._find(resource, [suggested], dataset) == [True] else None
        )

    async def _find(
        self, resource: Resource, searches: Sequence[SearchQuery], dataset: DatasetState
    ) -> list[bool]:
        """For each search, whether it finds a row of the list in this dataset."""
        shape = (resource.path, "finds something")
        build = partial(_something, resource)
        asks = [SqlStatement(shape, build, search_values(search)) for search in searches]
        snapshot = await self._reader.fetch(asks, heavy=True)
        return [bool(rows) and snapshot.dataset == dataset for rows in snapshot.results]

    async def _names(self, dataset: DatasetState) -> list[str]:
        """The words of all names."""
        known = self._cache.of(dataset).get(_NAMES)
        if known is None:
            values = values_of_each("kind", self._kinds)
            ask = SqlStatement(_NAMES, partial(_names, len(self._kinds)), values)
            snapshot = await self._reader.fetch([ask], heavy=True)
            names = [name for (name,) in snapshot.results[0]]
            known = self._cache.of(snapshot.dataset)[_NAMES] = await run_sync(_words_of, names)
        return known


def _plain(search: SearchQuery) -> list[Term]:
    """The terms that are not prefixes. A prefix is no whole word, so it gets no suggestion."""
    return [term for term in search.terms if not term.prefix]


def _one(word: Word) -> SearchQuery:
    return SearchQuery((Term((word,), prefix=False),))


def _words_of(names: Sequence[str]) -> list[str]:
    return sorted({word.folded for name in names for word in words(name)})


def _nearest(lost: Sequence[Word], known: Sequence[str]) -> dict[Word, Word]:
    """The most similar known word for each word in `lost` that has one."""
    meant: dict[Word, Word] = {}
    for word in lost:
        if close := alike(word.folded, known):
            [meant[word]] = words(close)
    return meant


def alike(word: str, known: Sequence[str]) -> str | None:
    """The most similar known word by difflib, or null if the similarity is below `SIMILAR`.

    rapidfuzz is about a hundred times faster than difflib, so it first removes most words. It keeps
    all words that difflib could find, because its similarity is never lower than that of difflib.
    """
    from rapidfuzz import fuzz, process

    percent = 100 * SIMILAR - 0.01
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=percent, limit=None)
    likely = [name for name, _, _ in found]
    return next(iter(difflib.get_close_matches(word, likely, n=1, cutoff=SIMILAR)), None)


def _with(search: SearchQuery, meant: dict[Word, Word]) -> SearchQuery:
    """The search with some words replaced; `meant` maps old words to new ones."""
    return SearchQuery(
        tuple(
            term
            if term.prefix
            else replace(term, words=tuple(meant.get(word, word) for word in term.words))
            for term in search.terms
        )
    )


def _something(resource: Resource) -> Select[Any]:
    wanted = rows_clause(resource, _WORDS_ONLY)
    return select(literal(1)).select_from(resource.table).where(wanted).limit(1)


def _names(count: int) -> Select[str]:
    columns = table_of(EntryName).c
    kinds = columns.kind.in_(bound_each("kind", count, Key))
    distinct = select(columns.folded).where(kinds).distinct()
    return distinct.order_by(columns.folded).limit(MOST_NAMES)
