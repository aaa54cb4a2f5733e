"""Did you mean: for words of a search that find nothing, the most similar words of names."""

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
"""So many names and aliases are looked through, in the order of the alphabet."""
MOST_WORDS = 10
SIMILAR = 0.7

_NAMES = "names of kinds"
_WORDS_ONLY = Shape((), None, True, (), None, False)


class Suggestions:
    """Suggests other words, from the names of rows that have aliases; remembers those of one
    dataset. They do not depend on the database that holds it."""

    def __init__(self, reader: Reader, kinds: Sequence[str]) -> None:
        self._reader = reader
        self._kinds = kinds
        self._cache = DatasetCache[str, list[str]](1)

    async def of(
        self, resource: Resource, search: SearchQuery, dataset: DatasetState
    ) -> str | None:
        """A `q` that finds something on the list, if each word that finds nothing there is like one
        of a name; null too if the data are loaded anew meanwhile."""
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
        """Whether each search finds something on the list."""
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
    """The terms that are no prefixes: what begins so cannot be misspelt at its end."""
    return [term for term in search.terms if not term.prefix]


def _one(word: Word) -> SearchQuery:
    return SearchQuery((Term((word,), prefix=False),))


def _words_of(names: Sequence[str]) -> list[str]:
    return sorted({word.whole for name in names for word in words(name)})


def _nearest(lost: Sequence[Word], known: Sequence[str]) -> dict[Word, Word]:
    """The known word that is most like each lost one, if any is."""
    meant: dict[Word, Word] = {}
    for word in lost:
        if close := alike(word.whole, known):
            [meant[word]] = words(close)
    return meant


def alike(word: str, known: Sequence[str]) -> str | None:
    """The known word that is most like a word, if any is like it.

    What difflib finds alike has at least as many letters in common, in order; most other words are
    left out for that, a hundred times faster.
    """
    from rapidfuzz import fuzz, process

    percent = 100 * SIMILAR - 0.01
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=percent, limit=None)
    likely = [name for name, _, _ in found]
    return next(iter(difflib.get_close_matches(word, likely, n=1, cutoff=SIMILAR)), None)


def _with(search: SearchQuery, meant: dict[Word, Word]) -> SearchQuery:
    """The search with other words in place of some."""
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
