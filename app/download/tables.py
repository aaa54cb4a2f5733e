"""Tidy tables, derived from the resources: one table for each kind of row, and one for each field
that is a list, with a row for each item.

A table has no columns that only the server needs. Objects give several columns (`date_edtf`), a
reference gives the id and the name of the other row (`place_id`, `place_name`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Literal, cast, get_args

from pydantic.fields import FieldInfo

from app.formats.columns import Cells, field_columns, side_by_side
from app.formats.schemas import field_type, field_types, is_tree, row_keys
from app.resources.registry import RESOURCES, VOCABULARIES
from app.resources.resource import Resource
from app.resources.rows import Citation, DateValue, Reference
from app.schema import Schema

Row = Mapping[str, Any]
"""A row as the API gives it, with its evidence."""
CellRow = list[Any]
"""The cells of one line, in the order of the columns."""
Type = Literal["text", "integer", "number", "boolean"]

ENTRIES = "entries"
CITATIONS = "citations"
CODES = "codes"
_IRREGULAR = {"aliases": "alias", "parties": "party", "see_also": "see_also"}
_HIDDEN = ("kind", "links")
"""Fields of a row that have no column: the table says the kind, and links are addresses."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `refers` is true if it has the id of a row of any kind."""

    name: str
    type: Type
    meaning: str
    refers: bool = False


@dataclass(frozen=True, slots=True)
class TidyTable:
    """A table. The columns `key` identify a row of it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """A table, and the function that makes its lines from one row of a resource."""

    table: TidyTable
    lines: Callable[[Row], Iterable[CellRow]]


def singular(name: str) -> str:
    """The name of one item of a list field: `actors` gives `actor`, `signed_by` stays."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    return name.removesuffix("s")


def table_name(resource: Resource) -> str:
    return resource.path.replace("-", "_")


def tables() -> list[TidyTable]:
    """All tables, those that others refer to first."""
    own = [filling.table for resource in RESOURCES for filling in fillings(resource)]
    return [*dict.fromkeys((ENTRY_TABLE, *own)), CODE_TABLE]


@cache
def fillings(resource: Resource) -> tuple[Filling, ...]:
    """The tables that the rows of a resource fill."""
    lists = [key for key in _keys(resource) if field_type(resource.row.model_fields[key]).many]
    own = Filling(_own_table(resource, lists), _own_lines(resource, lists))
    children = [_child(resource, key) for key in lists]
    cited = [Filling(_CITATION_TABLE, _citation_lines())] if resource.cited else []
    return (Filling(ENTRY_TABLE, _entry_lines), own, *children, *cited)


def code_lines() -> Iterator[CellRow]:
    """The codes of all vocabularies."""
    for vocabulary in VOCABULARIES:
        for code in vocabulary:
            yield [vocabulary.name, code.value, code.label, code.definition]


def _keys(resource: Resource) -> list[str]:
    return [key for key in row_keys(resource.row, ()) if key not in _HIDDEN]


def _own_table(resource: Resource, lists: list[str]) -> TidyTable:
    given = resource.row.model_fields
    columns = [
        column
        for key in _keys(resource)
        if key not in lists
        for column in _columns(key, given[key])
    ]
    if _has_text(resource):
        columns.append(Column("text", "text", "The text itself; citations count its characters."))
    return TidyTable(table_name(resource), resource.description, tuple(columns), ("id",))


def _has_text(resource: Resource) -> bool:
    """Whether the rows have a text that the API serves by an address of its own."""
    return "text" in resource.table.c and "text" not in resource.row.model_fields


def _own_lines(resource: Resource, lists: list[str]) -> Callable[[Row], Iterable[CellRow]]:
    given = resource.row.model_fields
    own = [
        field_columns(key, key, field_type(given[key]), ";")
        for key in _keys(resource)
        if key not in lists
    ]
    cells = side_by_side(own).cells
    if not _has_text(resource):
        return lambda row: (_with_nulls(cells(row)),)
    return lambda row: ([*_with_nulls(cells(row)), row["text"]],)


def _child(resource: Resource, key: str) -> Filling:
    """The table of a field that is a list."""
    field = resource.row.model_fields[key]
    what = field_type(field)
    owner = resource.kind.replace("-", "_")
    numbered = (
        Column(f"{owner}_id", "text", f"The {resource.kind} that has this.", refers=True),
        Column("ordinal", "integer", "Position among the items of the same row, from 0."),
    )
    name, meaning = f"{owner}_{key}", field.description or ""
    if what.schema is None:
        item = Column(singular(key), _type(field), meaning)
        table = TidyTable(name, meaning, (*numbered, item), (f"{owner}_id", "ordinal"))
        return Filling(table, lambda row: [[row["id"], n, item] for n, item in enumerate(row[key])])
    schema = what.schema
    nested = next((name for name, inner in field_types(schema) if inner.schema is schema), None)
    columns = [*numbered, *(Column("parent", "integer", _PARENT) for _ in range(bool(nested)))]
    columns += _item_columns(singular(key), schema, nested)
    table = TidyTable(name, meaning, tuple(columns), (f"{owner}_id", "ordinal"))
    cells = _item_cells(singular(key), schema, nested)
    if nested is None:
        return Filling(
            table,
            lambda row: [
                [row["id"], n, *_with_nulls(cells(item))] for n, item in enumerate(row[key])
            ],
        )
    return Filling(
        table,
        lambda row: [
            [row["id"], n, parent, *_with_nulls(cells(item))]
            for n, (parent, item) in enumerate(_flat(row[key], nested))
        ],
    )


_PARENT = "The ordinal of the item that this one is in."


def _flat(items: Iterable[Row], nested: str) -> list[tuple[int | None, Row]]:
    """The items of a tree from the top down, each with the ordinal of the item that it is in."""
    found: list[tuple[int | None, Row]] = []

    def add(item: Row, parent: int | None) -> None:
        found.append((parent, item))
        own = len(found) - 1
        for child in item[nested]:
            add(child, own)

    for item in items:
        add(item, None)
    return found


def _item_names(one: str, schema: type[Schema], nested: str | None) -> Iterator[tuple[str, str]]:
    """The key of each field of an item, and its name in the table."""
    for key, what in field_types(schema):
        if key == nested:
            continue
        if what.schema is not None and is_tree(what.schema):
            raise TypeError(f"{schema.__name__}.{key}: a table has no column for a nested list")
        is_own = issubclass(schema, Reference) and key in ("id", "name")
        yield key, f"{one}_{key}" if is_own else key


def _item_columns(one: str, schema: type[Schema], nested: str | None) -> Iterator[Column]:
    by_key = {field.alias or name: field for name, field in schema.model_fields.items()}
    for key, name in _item_names(one, schema, nested):
        refers = issubclass(schema, Reference) and key == "id"
        for column in _columns(name, by_key[key]):
            yield Column(column.name, column.type, column.meaning, refers or column.refers)


def _item_cells(one: str, schema: type[Schema], nested: str | None) -> Cells:
    held = dict(field_types(schema))
    return side_by_side(
        [field_columns(key, name, held[key], ";") for key, name in _item_names(one, schema, nested)]
    ).cells


def _columns(name: str, field: FieldInfo) -> Iterator[Column]:
    """The columns of one field, in the order of `field_columns`."""
    what = field_type(field)
    meaning = " ".join((field.description or "").split())
    if what.schema is None or what.many:
        yield Column(name, "text" if what.many else _type(field), meaning)
        return
    inner = {each.alias or key: each for key, each in what.schema.model_fields.items()}
    for key, _ in field_types(what.schema):
        is_id = issubclass(what.schema, Reference) and key == "id"
        for column in _columns(f"{name}_{key}", inner[key]):
            said = f"{meaning} {column.meaning}".strip()
            yield Column(column.name, column.type, said, is_id or column.refers)


def _type(field: FieldInfo) -> Type:
    types = set(_types(field.annotation))
    if bool in types:
        return "boolean"
    if float in types:
        return "number"
    return "integer" if int in types else "text"


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from _types(argument)


def _with_nulls(cells: Iterable[Any]) -> CellRow:
    """The cells as a list. An object that is null gives empty texts, which are nulls here."""
    return [None if cell == "" else cell for cell in cells]


_ENTRY_COLUMNS = (
    Column("id", "text", "Slug, unique over all kinds."),
    Column("kind", "text", "Kind of the row; vocabulary `kinds`."),
    Column("table", "text", "The table that has the whole row."),
    Column("name", "text", "One line to show the row by."),
    Column("type", "text", "The type of the row, if its kind has types."),
    *(
        Column(f"date_{key}", "text", DateValue.model_fields[key].description or "")
        for key in ("edtf", "earliest", "latest")
    ),
)
ENTRY_TABLE = TidyTable(
    ENTRIES, "Every row of every kind, once. All ids refer to this table.", _ENTRY_COLUMNS, ("id",)
)
_TABLE_NAMES = {resource.kind: table_name(resource) for resource in RESOURCES}


def _entry_lines(row: Row) -> Iterable[CellRow]:
    date = cast(Row, row.get("date") or {})
    days = [date.get(key) for key in ("edtf", "earliest", "latest")]
    kind = row["kind"]
    return ([row["id"], kind, _TABLE_NAMES[kind], row["name"], row.get("type"), *days],)


_CITATION_TABLE = TidyTable(
    CITATIONS,
    "The exact words of a document that prove fields of a row.",
    (
        Column("entry_id", "text", "The row that the words prove.", refers=True),
        Column("ordinal", "integer", "Position among the citations of the row, from 0."),
        *_item_columns("citation", Citation, None),
    ),
    ("entry_id", "ordinal"),
)


def _citation_lines() -> Callable[[Row], Iterable[CellRow]]:
    cells = _item_cells("citation", Citation, None)
    return lambda row: [
        [row["id"], n, *cells(citation)] for n, citation in enumerate(row["citations"])
    ]


CODE_TABLE = TidyTable(
    CODES,
    "The codes of all vocabularies, with their meaning.",
    (
        Column("vocabulary", "text", "Name of the vocabulary."),
        Column("code", "text", "The code, as columns have it."),
        Column("label", "text", "Its name for people."),
        Column("definition", "text", "What it means."),
    ),
    ("vocabulary", "code"),
)


def lines_of(resource: Resource, rows: Iterable[Row]) -> Iterator[tuple[TidyTable, list[CellRow]]]:
    """The lines of all tables that rows of a resource fill."""
    rows = list(rows)
    for filling in fillings(resource):
        yield filling.table, list(chain.from_iterable(map(filling.lines, rows)))
