"""Rows taken apart: from one loaded row to its rows in every table that it touches.

Tables are filled by what they declare; no table is named here but those that all kinds share.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Table

from app.entries import (
    Entry,
    EntryActor,
    EntryCitation,
    EntryName,
    EntrySection,
    FormerId,
    Rendering,
)
from app.folding import fold
from app.rendering import render
from app.resource import Resource, table_of
from app.resources import BY_KIND
from app.rows import Citation, DateValue, Reference, Schema
from seeds.content import LoadedRow
from seeds.publishing.columns import Place, Take, Value, model_of, take
from seeds.publishing.spans import UNDATED, span_columns
from seeds.publishing.summaries import entry_row

TableRow = tuple[Value, ...]
"""One row of a table: the values of its columns, in the order in which the model declares them."""

TableRows = tuple[Table, Sequence[TableRow]]

QUAD = "coding_quad"


def shred(loaded: LoadedRow) -> Iterator[TableRows]:
    """All rows of all tables that the loaded row becomes; a table comes at most once."""
    plan = _plan(loaded.resource.kind)
    row, place = loaded.row, Place(loaded, span=span_columns(_edtf(loaded)))
    record = plan.record.fill(row, place)
    yield _ENTRIES, [plan.entry((*record, *plan.beside))]
    yield plan.record.table, [record]
    for part in plan.parts:
        if items := getattr(row, part.field):
            walk = _walk(items, part.children)
            yield part.filling.table, part.filling.fill_all(walk, place)
    citations = ((citation, None) for citation in loaded.citations)
    yield plan.citation.table, plan.citation.fill_all(citations, place)
    yield _SECTIONS, [(row.id, *each, number) for number, each in enumerate(loaded.in_sections)]
    yield _NAMES, _names(loaded)
    yield _FORMER_IDS, [(former, row.id) for former in loaded.former_ids]
    entry = entry_row(loaded)
    yield plan.actors.table, plan.actors.fill_all(((a, None) for a in entry.actors), place)
    rendered = (row.id, render(row), render(entry), _as_json(loaded.evidence))
    fits = [place.span[name] if loaded.resource.dated else None for name in _FITS]
    yield _RENDERINGS, [(*rendered, *fits)]


@dataclass(frozen=True, slots=True)
class Filling:
    """How the columns of one table are filled."""

    table: Table
    takes: tuple[Take, ...]
    tells_again: bool

    def fill(self, item: Any, place: Place) -> TableRow:
        return tuple([take(item, place) for take in self.takes])

    def fill_all(self, items: Iterable[tuple[Any, Any]], place: Place) -> list[TableRow]:
        seen = set[str]()
        rows: list[TableRow] = []
        for ordinal, (item, parent) in enumerate(items):
            again = self.tells_again and item.id in seen
            rows.append(self.fill(item, Place(place.loaded, ordinal, parent, place.span, again)))
            if self.tells_again:
                seen.add(item.id)
        return rows


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a row that holds a list; `children` is the field that makes it a tree."""

    field: str
    children: str | None
    filling: Filling


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one resource are taken apart.

    `entry` picks the row of the table of entries out of the record and of what stands `beside` it.
    """

    record: Filling
    entry: Callable[[TableRow], TableRow]
    beside: TableRow
    parts: tuple[Part, ...]
    citation: Filling
    actors: Filling


@cache
def _plan(kind: str) -> Plan:
    resource = BY_KIND[kind]
    beside = {"kind": kind, "datable": resource.dated, **UNDATED, "": None}
    return Plan(
        record=_filling(resource.table, resource.row),
        entry=_entry(resource.table, tuple(beside)),
        beside=tuple(beside.values()),
        parts=tuple(_part(resource, field) for field in resource.parts),
        citation=_filling(table_of(EntryCitation), Citation),
        actors=_filling(table_of(EntryActor), Reference),
    )


def _edtf(loaded: LoadedRow) -> str | None:
    date: DateValue | None = getattr(loaded.row, "date", None) if loaded.resource.dated else None
    return date.edtf if date else None


def _filling(table: Table, schema: type[BaseModel] | None) -> Filling:
    takes = tuple(take(column, schema) for column in table.columns)
    return Filling(table, takes, tells_again="again" in table.columns)


def _entry(record: Table, beside: tuple[str, ...]) -> Callable[[TableRow], TableRow]:
    """Picks the columns of entries by name; those that a kind does not have stay null, and the quad
    class is an event's."""
    names = [*record.columns.keys(), *beside]
    wanted = (QUAD if name == "quad" else name for name in _ENTRIES.columns.keys())  # noqa: SIM118
    return itemgetter(*(names.index(name if name in names else "") for name in wanted))


def _part(resource: Resource, field: str) -> Part:
    schema = model_of(resource.row.model_fields[field].annotation)
    fields = schema.model_fields if schema else {}
    trees = (name for name, inner in fields.items() if model_of(inner.annotation) is schema)
    return Part(field, next(trees, None), _filling(table_of(resource.parts[field]), schema))


def _walk(items: Iterable[Any], children: str | None, parent: Any = None) -> Iterator[Any]:
    """Each item with the one that it is in, in document order."""
    for item in items:
        yield item, parent
        if children:
            yield from _walk(getattr(item, children), children, item)


def _names(loaded: LoadedRow) -> list[TableRow]:
    folded = dict.fromkeys(fold(name) for name in loaded.names)
    id, kind = loaded.row.id, loaded.row.kind
    return [(id, kind, name, ordinal) for ordinal, name in enumerate(folded)]


def _as_json(evidence: Iterable[Schema] | None) -> str | None:
    if evidence is None:
        return None
    return "[" + ",".join(item.model_dump_json(by_alias=True) for item in evidence) + "]"


_ENTRIES = table_of(Entry)
_SECTIONS = table_of(EntrySection)
_NAMES = table_of(EntryName)
_FORMER_IDS = table_of(FormerId)
_RENDERINGS = table_of(Rendering)
_FITS = [name for name in _RENDERINGS.columns.keys() if name in UNDATED]  # noqa: SIM118
"""The columns by which a rendered row tells whether it surely fits a period."""
