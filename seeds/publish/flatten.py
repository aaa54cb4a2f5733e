"""Flattening: convert loaded rows to the rows of all their tables.

The models declare how a table is filled, so this module names only the tables that all kinds share.
It converts many rows of one kind at once, by column, because by row it takes three times as long.
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
from app.resources.dyads import DYADS, DyadActor
from app.resources.events import Participant
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
from seeds.publish.columns import ColumnFunction, Columns, Value, column_function, model_of
from seeds.publish.date_columns import UNDATED
from seeds.publish.items import Items, list_items, tree_items
from seeds.publish.summaries import actors_of, render_entry

_QUAD_COLUMN = "coding_quad"


def flatten_row(rows: Items) -> Iterator[tuple[Table, Columns]]:
    """Convert loaded rows of one kind to the columns of their tables; each table comes at most
    once."""
    chunk = rows.owners
    plan = _plan(chunk[0].resource)
    columns = plan.record.columns(rows)
    yield _ENTRIES, plan.entries(columns)
    yield plan.record.table, columns
    for child in plan.parts:
        yield child.filler.table, child.filler.columns(child.items(rows))
    citations = list_items(rows, [loaded.citations for loaded in chunk])
    yield plan.citation.table, plan.citation.columns(citations)
    actors = [actors_of(loaded) for loaded in chunk]
    yield plan.actors.table, plan.actors.columns(list_items(rows, actors))
    yield _RENDERINGS, _renderings(rows, actors)
    yield _SECTIONS, _sections(list_items(rows, [loaded.in_sections for loaded in chunk]))
    folded = [dict.fromkeys(map(fold, loaded.names)) for loaded in chunk]
    yield _NAMES, _names(list_items(rows, folded))
    former = list_items(rows, [loaded.former_ids for loaded in chunk])
    yield _FORMER_IDS, [former.each, _ids(former)]


def flatten_dyads(
    rows: Items, pairs: Sequence[Sequence[Participant]]
) -> Iterator[tuple[Table, Columns]]:
    """Convert dyads to the columns of their tables. `pairs` has the two actors of each dyad."""
    record, actors = _dyads()
    yield record.table, record.columns(rows)
    yield actors.table, actors.columns(list_items(rows, pairs))
    bodies, without = list(map(render, rows.each)), len(rows.each)
    yield _RENDERINGS, [rows.ranks, bodies, [""] * without, [None] * without, *_fits(rows)]


@cache
def _dyads() -> "tuple[TableFiller, TableFiller]":
    return _filler(DYADS.table, DYADS.row), _filler(table_of(DyadActor), Participant)


@dataclass(frozen=True, slots=True)
class TableFiller:
    """How the columns of one table are filled."""

    table: Table
    functions: tuple[ColumnFunction, ...]

    def columns(self, items: Items) -> list[Sequence[Value]]:
        return [values(items) for values in self.functions]


@dataclass(frozen=True, slots=True)
class ChildRows:
    """A field of a row that is a list, and its child table. If the list is a tree, `children` is
    the field with the children of an item."""

    field: str
    children: str | None
    filler: TableFiller

    def items(self, rows: Items) -> Items:
        lists = map(attrgetter(self.field), rows.each)
        return tree_items(rows, lists, self.children) if self.children else list_items(rows, lists)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one resource are flattened.

    `entries` makes the columns of the table of entries from those of the resource's own table.
    """

    record: TableFiller
    entries: Callable[[Columns], Columns]
    parts: tuple[ChildRows, ...]
    citation: TableFiller
    actors: TableFiller


@cache
def _plan(resource: Resource) -> Plan:
    return Plan(
        record=_filler(resource.table, resource.row),
        entries=_entries(resource),
        parts=tuple(_child_rows(resource, field) for field in resource.parts),
        citation=_filler(table_of(EntryCitation), Citation),
        actors=_filler(table_of(EntryActor), Reference),
    )


def _filler(table: Table, schema: type[BaseModel] | None) -> TableFiller:
    return TableFiller(table, tuple(column_function(column, schema) for column in table.columns))


def _entries(resource: Resource) -> Callable[[Columns], Columns]:
    """A function that selects the columns of the table of entries by name. A column that the kind
    does not have is null. Only events have a quad class, in the column `coding_quad`."""
    names = list(resource.table.columns.keys())
    constants: dict[str, Value] = {"kind": resource.kind, "datable": resource.dated, **UNDATED}
    keys = _ENTRIES.columns.keys()
    names_in_entries = [_QUAD_COLUMN if name == "quad" else name for name in keys]

    def select(columns: Columns) -> Columns:
        length = len(columns[0])
        return [
            columns[names.index(name)] if name in names else [constants.get(name)] * length
            for name in names_in_entries
        ]

    return select


def _child_rows(resource: Resource, field: str) -> ChildRows:
    schema = model_of(resource.row.model_fields[field].annotation)
    fields = schema.model_fields if schema else {}
    trees = (name for name, inner in fields.items() if model_of(inner.annotation) is schema)
    return ChildRows(field, next(trees, None), _filler(table_of(resource.parts[field]), schema))


def _renderings(rows: Items, actors: Sequence[Sequence[Reference]]) -> Columns:
    """The columns of the table of renderings: the row as JSON in both forms, its evidence as JSON,
    and the dates that say whether it surely matches a period."""
    bodies = list(map(render, rows.each))
    entries = list(map(render_entry, rows.owners, actors))
    evidence = [_as_json(loaded.evidence) for loaded in rows.owners]
    return [rows.ranks, bodies, entries, evidence, *_fits(rows)]


def _fits(rows: Items) -> Columns:
    """The date columns of rendered rows; null if the rows of this kind have no dates."""
    dated = rows.owners[0].resource.dated
    return [[date[name] if dated else None for date in rows.dates] for name in _DATE_COLUMNS]


def _sections(found: Items) -> Columns:
    documents = [each.document for each in found.each]
    sections = [each.section for each in found.each]
    return [_ids(found), found.ordinals, documents, sections]


def _names(found: Items) -> Columns:
    kinds = [owner.row.kind for owner in found.owners]
    return [_ids(found), found.ordinals, kinds, found.each]


def _ids(items: Items) -> list[str]:
    """For each item, the id of its row."""
    return [owner.row.id for owner in items.owners]


def _as_json(evidence: Sequence[Schema] | None) -> str | None:
    return None if evidence is None else to_json(evidence, by_alias=True).decode()


_ENTRIES = table_of(Entry)
_SECTIONS = table_of(EntrySection)
_NAMES = table_of(EntryName)
_FORMER_IDS = table_of(FormerId)
_RENDERINGS = table_of(Rendering)
_DATE_COLUMNS = [name for name in _RENDERINGS.columns.keys() if name in UNDATED]  # noqa: SIM118
"""The date columns of a rendered row. They say whether it surely matches a period."""
