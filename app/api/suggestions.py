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

MAX_NAMES = 5_000
"""Maximum number of names and aliases that are read, in alphabetical order."""
MAX_WORDS = 10
"""Maximum number of words of a search that are checked."""
SIMILAR = 0.7
"""Minimum similarity of a suggested word, by difflib: from 0 to 1."""

_NAMES_SHAPE = "names of kinds"
_SEARCH_ONLY = Shape((), None, True, (), None, False)


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
        were reloaded in the meantime.
        """
        terms = _complete_terms(search)
        searched = list(dict.fromkeys(word for term in terms for word in term.words))[:MAX_WORDS]
        found = await self._find(resource, [_single_word(word) for word in searched], dataset)
        unknown = [word for word, is_found in zip(searched, found, strict=True) if not is_found]
        vocabulary = await self._vocabulary(dataset) if unknown else []
        replacements = await run_sync(partial(_replacements, unknown, vocabulary))
        if not unknown or len(replacements) < len(unknown):
            return None
        suggested = _with_replaced(search, replacements)
        return (
            suggested.text if await self._find(resource, [suggested], dataset) == [True] else None
        )

    async def _find(
        self, resource: Resource, searches: Sequence[SearchQuery], dataset: DatasetState
    ) -> list[bool]:
        """For each search, whether it finds a row of the list in this dataset."""
        shape = (resource.path, "finds something")
        build = partial(_any_row_select, resource)
        statements = [SqlStatement(shape, build, search_values(search)) for search in searches]
        snapshot = await self._reader.fetch(statements, heavy=True)
        return [bool(rows) and snapshot.dataset == dataset for rows in snapshot.results]

    async def _vocabulary(self, dataset: DatasetState) -> list[str]:
        """The words of all names."""
        vocabulary = self._cache.of(dataset).get(_NAMES_SHAPE)
        if vocabulary is None:
            values = values_of_each("kind", self._kinds)
            statement = SqlStatement(_NAMES_SHAPE, partial(_names_select, len(self._kinds)), values)
            snapshot = await self._reader.fetch([statement], heavy=True)
            names = [name for (name,) in snapshot.results[0]]
            vocabulary = self._cache.of(snapshot.dataset)[_NAMES_SHAPE] = await run_sync(
                _words_of, names
            )
        return vocabulary


def _complete_terms(search: SearchQuery) -> list[Term]:
    """The terms that are not prefixes. A prefix is an incomplete word, so it gets no suggestion."""
    return [term for term in search.terms if not term.prefix]


def _single_word(word: Word) -> SearchQuery:
    return SearchQuery((Term((word,), prefix=False),))


def _words_of(names: Sequence[str]) -> list[str]:
    return sorted({word.folded for name in names for word in words(name)})


def _replacements(unknown: Sequence[Word], vocabulary: Sequence[str]) -> dict[Word, Word]:
    """The most similar word of the vocabulary for each unknown word that has one."""
    replacements: dict[Word, Word] = {}
    for word in unknown:
        if close := most_similar(word.folded, vocabulary):
            [replacements[word]] = words(close)
    return replacements


def most_similar(word: str, vocabulary: Sequence[str]) -> str | None:
    """The most similar word of the vocabulary by difflib; None below the similarity `SIMILAR`.

    rapidfuzz is about a hundred times faster than difflib, so it first removes most words. It keeps
    all words that difflib could find, because its similarity is never lower than that of difflib.
    """
    from rapidfuzz import fuzz, process

    percent = 100 * SIMILAR - 0.01
    found = process.extract(word, vocabulary, scorer=fuzz.ratio, score_cutoff=percent, limit=None)
    likely = [name for name, _, _ in found]
    return next(iter(difflib.get_close_matches(word, likely, n=1, cutoff=SIMILAR)), None)


def _with_replaced(search: SearchQuery, replacements: dict[Word, Word]) -> SearchQuery:
    """The search with some words replaced."""
    return SearchQuery(
        tuple(
            term
            if term.prefix
            else replace(term, words=tuple(replacements.get(word, word) for word in term.words))
            for term in search.terms
        )
    )


def _any_row_select(resource: Resource) -> Select[Any]:
    condition = rows_clause(resource, _SEARCH_ONLY)
    return select(literal(1)).select_from(resource.table).where(condition).limit(1)


def _names_select(count: int) -> Select[str]:
    columns = table_of(EntryName).c
    kinds = columns.kind.in_(bound_each("kind", count, Key))
    distinct = select(columns.folded).where(kinds).distinct()
    return distinct.order_by(columns.folded).limit(MAX_NAMES)
