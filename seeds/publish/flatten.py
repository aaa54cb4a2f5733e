"""Rows taken apart: from loaded rows to their rows in every table that they touch.

Tables are filled by what they declare; no table is named here but those that all kinds share. Rows
of one kind are taken apart together, column by column: row by row it takes three times as long.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from pydantic import BaseModel
from pydantic_core import to_json
from sqlalchemy import Table

from app.folding import fold
from app.rendering import render
from app.resources.derived import Rendering
from app.resources.registry import BY_KIND
from app.resources.resource import Resource, table_of
from app.resources.rows import Citation, Reference
from app.resources.shared import (
    Entry,
    EntryActor,
    EntryCitation,
    EntryName,
    EntrySection,
    FormerId,
)
from app.schema import Schema
from seeds.publish.columns import Columns, Take, Value, model_of, take
from seeds.publish.items import Items, within, within_trees
from seeds.publish.spans import UNDATED
from seeds.publish.summaries import actors_of, render_entry

QUAD = "coding_quad"


def flatten_row(rows: Items) -> Iterator[tuple[Table, Columns]]:
    """All rows of all tables that loaded rows of one kind become; a table comes at most once."""
    chunk = rows.owners
    plan = _plan(chunk[0].resource.kind)
    columns = plan.record.columns(rows)
    yield _ENTRIES, plan.entries(columns)
    yield plan.record.table, columns
    for part in plan.parts:
        yield part.filling.table, part.filling.columns(part.items(rows))
    citations = within(rows, [loaded.citations for loaded in chunk])
    yield plan.citation.table, plan.citation.columns(citations)
    actors = [actors_of(loaded) for loaded in chunk]
    yield plan.actors.table, plan.actors.columns(within(rows, actors))
    yield _RENDERINGS, _renderings(rows, actors)
    yield _SECTIONS, _sections(within(rows, [loaded.in_sections for loaded in chunk]))
    folded = [dict.fromkeys(map(fold, loaded.names)) for loaded in chunk]
    yield _NAMES, _names(within(rows, folded))
    former = within(rows, [loaded.former_ids for loaded in chunk])
    yield _FORMER_IDS, [former.each, _ids(former)]


@dataclass(frozen=True, slots=True)
class Filling:
    """How the columns of one table are filled."""

    table: Table
    takes: tuple[Take, ...]

    def columns(self, items: Items) -> list[Sequence[Value]]:
        return [values(items) for values in self.takes]


@dataclass(frozen=True, slots=True)
class ChildRows:
    """A field of a row that holds a list; `children` is the field that makes it a tree."""

    field: str
    children: str | None
    filling: Filling

    def items(self, rows: Items) -> Items:
        lists = map(attrgetter(self.field), rows.each)
        return within_trees(rows, lists, self.children) if self.children else within(rows, lists)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one resource are taken apart.

    `entries` makes the columns of the table of entries of those of the record.
    """

    record: Filling
    entries: Callable[[Columns], Columns]
    parts: tuple[ChildRows, ...]
    citation: Filling
    actors: Filling


@cache
def _plan(kind: str) -> Plan:
    resource = BY_KIND[kind]
    return Plan(
        record=_filling(resource.table, resource.row),
        entries=_entries(resource),
        parts=tuple(_part(resource, field) for field in resource.parts),
        citation=_filling(table_of(EntryCitation), Citation),
        actors=_filling(table_of(EntryActor), Reference),
    )


def _filling(table: Table, schema: type[BaseModel] | None) -> Filling:
    return Filling(table, tuple(take(column, schema) for column in table.columns))


def _entries(resource: Resource) -> Callable[[Columns], Columns]:
    """Picks the columns of entries by name; those that a kind does not have stay null, and the quad
    class is an event's."""
    names = list(resource.table.columns.keys())
    beside: dict[str, Value] = {"kind": resource.kind, "datable": resource.dated, **UNDATED}
    wanted = [QUAD if name == "quad" else name for name in _ENTRIES.columns.keys()]  # noqa: SIM118

    def picked(columns: Columns) -> Columns:
        many = len(columns[0])
        return [
            columns[names.index(name)] if name in names else [beside.get(name)] * many
            for name in wanted
        ]

    return picked


def _part(resource: Resource, field: str) -> ChildRows:
    schema = model_of(resource.row.model_fields[field].annotation)
    fields = schema.model_fields if schema else {}
    trees = (name for name, inner in fields.items() if model_of(inner.annotation) is schema)
    return ChildRows(field, next(trees, None), _filling(table_of(resource.parts[field]), schema))


def _renderings(rows: Items, actors: Sequence[Sequence[Reference]]) -> Columns:
    """Each row as JSON, in both forms, with its evidence and by what it surely fits a period."""
    dated = rows.owners[0].resource.dated
    bodies = list(map(render, rows.each))
    entries = list(map(render_entry, rows.owners, actors))
    evidence = [_as_json(loaded.evidence) for loaded in rows.owners]
    fits = ([span[name] if dated else None for span in rows.spans] for name in _FITS)
    return [rows.places, bodies, entries, evidence, *fits]


def _sections(found: Items) -> Columns:
    documents = [each.document for each in found.each]
    sections = [each.section for each in found.each]
    return [_ids(found), found.ordinals, documents, sections]


def _names(found: Items) -> Columns:
    kinds = [owner.row.kind for owner in found.owners]
    return [_ids(found), found.ordinals, kinds, found.each]


def _ids(items: Items) -> list[str]:
    """The ids of the rows that they stand in."""
    return [owner.row.id for owner in items.owners]


def _as_json(evidence: Sequence[Schema] | None) -> str | None:
    return None if evidence is None else to_json(evidence, by_alias=True).decode()


_ENTRIES = table_of(Entry)
_SECTIONS = table_of(EntrySection)
_NAMES = table_of(EntryName)
_FORMER_IDS = table_of(FormerId)
_RENDERINGS = table_of(Rendering)
_FITS = [name for name in _RENDERINGS.columns.keys() if name in UNDATED]  # noqa: SIM118
"""The columns by which a rendered row tells whether it surely fits a period."""
