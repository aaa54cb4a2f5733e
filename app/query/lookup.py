"""Lookups in the data, for the values of filters.

A filter by row takes an id, an exact name or an alias; the lookup finds the id. A filter by text
takes a text that some row has; the lookup checks that it exists. So a misspelt value gets an error
with a suggestion, not an empty list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, literal, select, union_all

from app.db import Reader, SqlStatement
from app.db.binds import bound_each, values_of_each
from app.db.dataset_cache import DatasetCache
from app.folding import fold
from app.params.parameter import Values
from app.params.types import KnownText, Named, Scalar
from app.problems.messages import did_you_mean, nearest, quoted
from app.problems.problems import MAX_ALLOWED, MAX_ERRORS, Fault
from app.resources.columns import Key
from app.resources.resource import table_of
from app.resources.shared import Entry, EntryName, FormerId

MAX_CACHED = 20_000
"""Maximum number of cached texts."""
MAX_CANDIDATES = 5_000
"""Maximum number of texts or ids that are compared with a misspelt value."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A row that a text identifies; `how` is `id`, `former id` or `name`."""

    id: str
    kind: str
    how: str


class NameLookup:
    """Looks up the rows for ids and names. Caches the results for one dataset."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._presence = KnownTextLookup(reader)
        self._cache = DatasetCache[str, tuple[NameMatch, ...]](MAX_CACHED)

    async def resolved(
        self, values: Values, looked_up: Mapping[str, Named | KnownText], *, earlier: int
    ) -> tuple[Values, list[Fault]]:
        """The values with names replaced by ids, and the faults.

        There is a fault for each name that identifies no row or several rows, and for each text
        that no row has. `earlier` is the number of faults that the parser found before. A response
        contains only the first faults, so only these get a suggestion.
        """
        faults: list[Fault] = []
        for name, type_ in looked_up.items():
            if isinstance(type_, KnownText):
                faults += await self._presence.faults(name, type_, values[name])
        named = {name: type_ for name, type_ in looked_up.items() if isinstance(type_, Named)}
        if not named:
            return values, faults
        hits = await self._hits({str(text) for name in named for text in values[name]})
        found = dict(values)
        for name, type_ in named.items():
            ids = set[str]()
            for text in values[name]:
                named_by = await self._id(
                    name, str(text), type_, hits[str(text)], earlier + len(faults)
                )
                if isinstance(named_by, Fault):
                    faults.append(named_by)
                else:
                    ids.add(named_by)
            found[name] = tuple(sorted(ids))
        return found, faults

    async def _id(
        self,
        parameter: str,
        text: str,
        type_: Named,
        hits: Sequence[NameMatch],
        earlier: int,
    ) -> str | Fault:
        """The id of the row that a text identifies, or the fault if there is not exactly one."""
        fitting = [hit for hit in hits if hit.kind in type_.kinds]
        exact = [hit for hit in fitting if hit.how == "id"]
        current = exact or [hit for hit in fitting if hit.how == "name"]
        ids = sorted({hit.id for hit in current})
        if len(ids) == 1:
            return ids[0]
        return await self._fault(parameter, text, type_, ids, fitting or hits, earlier)

    async def _fault(
        self,
        parameter: str,
        text: str,
        type_: Named,
        ids: Sequence[str],
        others: Sequence[NameMatch],
        earlier: int,
    ) -> Fault:
        kind_name = " or ".join(type_.kinds) if len(type_.kinds) < 4 else "row"
        if ids:
            message = f"{text!r} names {len(ids)} rows; give an id."
            return Fault(parameter, "ambiguous-name", message, text, ids[0], tuple(ids))
        former = next((hit for hit in others if hit.how == "former id"), None)
        if former:
            message = f"{text!r} is now called {former.id!r}."
            return Fault(parameter, "renamed-id", message, text, former.id)
        other = next(iter(others), None)
        if other:
            message = f"{text!r} is of the kind {other.kind}; give a {kind_name} here."
            return Fault(parameter, "other-kind", message, text)
        # Each suggestion costs a query, so only faults that the response contains get one.
        suggestion = await self.suggestion(text, type_.kinds) if earlier < MAX_ERRORS else None
        return Fault(
            parameter,
            "unknown-id",
            f"No {kind_name} has the id or name {quoted(text)}.{did_you_mean(suggestion)}",
            text,
            suggestion,
        )

    async def suggestion(self, text: str, kinds: Sequence[str]) -> str | None:
        """The most similar id of a row of these kinds, or null."""
        values = values_of_each("kind", kinds)
        statement = SqlStatement(("ids of kinds", len(kinds)), partial(_ids_of, len(kinds)), values)
        rows = (await self._reader.fetch([statement], heavy=True)).results[0]
        slug = "-".join(fold(text).split())
        return nearest(slug, [row[0] for row in rows])

    async def _hits(self, texts: set[str]) -> Mapping[str, tuple[NameMatch, ...]]:
        matches = self._cache.of(await self._reader.dataset())
        if missing := sorted(texts - matches.keys()):
            matches |= await self._look_up(missing)
        return matches

    async def _look_up(self, texts: Sequence[str]) -> dict[str, tuple[NameMatch, ...]]:
        folded = [fold(text) for text in texts]
        values = values_of_each("id", [text.casefold() for text in texts])
        values |= values_of_each("name", folded)
        statement = SqlStatement(("names", len(texts)), partial(_named, len(texts)), values)
        rows = (await self._reader.fetch([statement])).results[0]
        return {
            text: tuple(
                NameMatch(id, kind, how)
                for id, kind, how, key in rows
                if key == (name if how == "name" else text.casefold())
            )
            for text, name in zip(texts, folded, strict=True)
        }


def _named(count: int) -> Select[str, str, str, str]:
    entries, names, former = table_of(Entry).c, table_of(EntryName).c, table_of(FormerId).c
    ids, folded = bound_each("id", count, Key), bound_each("name", count, Key)
    return select(
        union_all(
            select(entries.id, entries.kind, _how("id"), entries.id.label("key")).where(
                entries.id.in_(ids)
            ),
            select(names.entry_id, names.kind, _how("name"), names.folded).where(
                names.folded.in_(folded)
            ),
            select(former.entry_id, entries.kind, _how("former id"), former.id)
            .join_from(former.id.table, entries.id.table, entries.id == former.entry_id)
            .where(former.id.in_(ids)),
        ).subquery()
    )


def _how(how: str) -> Label[str]:
    return literal(how).label("how")


def _ids_of(count: int) -> Select[str]:
    entries = table_of(Entry).c
    kinds = entries.kind.in_(bound_each("kind", count, Key))
    return select(entries.id).where(kinds).order_by(entries.id).limit(MAX_CANDIDATES)


class KnownTextLookup:
    """Checks whether texts occur in a column. Caches the texts that do, for one dataset."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._cache = DatasetCache[tuple[str, Scalar], bool](MAX_CACHED)

    async def faults(
        self, parameter: str, type_: KnownText, texts: Sequence[Scalar]
    ) -> list[Fault]:
        """A fault for each text that no row has in the column."""
        present = self._cache.of(await self._reader.dataset())
        column = str(type_.column)
        absent = [text for text in texts if (column, text) not in present]
        if absent:
            found = await self._found(type_, absent)
            present |= {(column, text): True for text in found}
            absent = [text for text in absent if text not in found]
        if not absent:
            return []
        every = await self._every(type_)
        return [_absent(parameter, str(text), every) for text in absent]

    async def _found(self, type_: KnownText, texts: Sequence[Scalar]) -> set[Scalar]:
        values = values_of_each("text", texts)
        build = partial(_present_select, type_.column, len(texts))
        statement = SqlStatement((str(type_.column), "present", len(texts)), build, values)
        return {row[0] for row in (await self._reader.fetch([statement], heavy=True)).results[0]}

    async def _every(self, type_: KnownText) -> list[str]:
        statement = SqlStatement((str(type_.column), "every"), partial(_every, type_.column), {})
        return [row[0] for row in (await self._reader.fetch([statement], heavy=True)).results[0]]


def _absent(parameter: str, text: str, every: list[str]) -> Fault:
    suggestion = nearest(text, every)
    allowed = tuple(every) if len(every) <= MAX_ALLOWED else ()
    message = f"There is no {parameter.partition('_')[0]} {quoted(text)}.{did_you_mean(suggestion)}"
    return Fault(parameter, "unknown-value", message, text, suggestion, allowed)


def _present_select(column: ColumnElement[Any], count: int) -> Select[str]:
    return select(column).where(column.in_(bound_each("text", count, Key))).distinct()


def _every(column: ColumnElement[Any]) -> Select[str]:
    values = select(column).where(column.is_not(None)).distinct()
    return values.order_by(column).limit(MAX_CANDIDATES)
