"""The columns of a table and the cells of a row. The columns depend only on the row type."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from pydantic_core import to_json

from app.formats.cell_lists import joined_list, list_item
from app.formats.schemas import CellForm, FieldType, field_type, field_types, is_tree, row_keys
from app.schema import Schema

Cells = Callable[[Any], Sequence[Any]]
"""A function from an object to its cells, one for each column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the form of its cells. The form `object` means JSON."""

    name: str
    form: CellForm


@dataclass(frozen=True, slots=True)
class Columns:
    """Adjacent columns, and the function that reads their cells from an object.

    `value_key` is the key of the value if this is a single column and its cell is the value itself.
    """

    columns: tuple[Column, ...]
    cells: Cells
    value_key: str | None = None


def row_columns(row_type: type[Schema], with_additions: Collection[str]) -> list[Columns]:
    """The columns for each key of a row."""
    fields = row_type.model_fields
    names = row_keys(row_type, with_additions)
    return [field_columns(name, name, field_type(fields[name]), ";") for name in names]


def side_by_side(parts: Sequence[Columns]) -> Columns:
    """Join several groups of columns, side by side, into one group."""
    columns = tuple(column for part in parts for column in part.columns)
    readers = list(_readers(parts))

    def read(row: Any) -> list[Any]:
        cells: list[Any] = []
        for reader in readers:
            cells += reader(row)
        return cells

    return Columns(columns, readers[0] if len(readers) == 1 else read)


def object_columns(schema: type[Schema], prefix: str, mark: str) -> Columns:
    """The columns of an object: `date_edtf`, `date_earliest`, and nested `date_certain_from`."""
    fields = field_types(schema)
    columns = [field_columns(key, f"{prefix}_{key}", type_, mark) for key, type_ in fields]
    return side_by_side(columns)


def field_columns(key: str, name: str, type_: FieldType, mark: str) -> Columns:
    """The columns of one field. `mark` separates the items if the field is a list."""
    value_of = itemgetter(key)
    if type_.schema is None:
        if not type_.many:
            return Columns((Column(name, type_.form),), lambda row: (row[key],), value_key=key)
        columns = _list_columns(mark, Column(name, type_.form))
        return Columns(columns, lambda row: (joined_list(value_of(row), mark),))
    if type_.many and is_tree(type_.schema):
        return Columns((Column(name, "object"),), _cells_of_tree(key))
    if type_.many:
        items = object_columns(type_.schema, name, ",")
        return Columns(_list_columns(mark, *items.columns), _cells_of_list(key, items, mark))
    fields = object_columns(type_.schema, name, mark)
    return Columns(fields.columns, _cells_of_object(key, fields))


def _list_columns(mark: str, *columns: Column) -> tuple[Column, ...]:
    """The columns for cells with joined lists. The form of a joined list of flags is text."""
    unchanged = ("number", "code", "day") if mark != "," else ("number",)
    return tuple(c if c.form in unchanged else replace(c, form="text") for c in columns)


def _cells_of_tree(key: str) -> Cells:
    def read(row: Any) -> Sequence[Any]:
        tree = row.get(key)
        return (to_json(tree).decode() if tree else "",)

    return read


def _cells_of_object(key: str, fields: Columns) -> Cells:
    cells, empty = fields.cells, ("",) * len(fields.columns)

    def read(row: Any) -> Sequence[Any]:
        value = row.get(key)
        return empty if value is None else cells(value)

    return read


def _cells_of_list(key: str, items: Columns, mark: str) -> Cells:
    cells, empty = items.cells, ("",) * len(items.columns)

    def read(row: Any) -> Sequence[Any]:
        values = row.get(key)
        if not values:
            return empty
        if len(values) == 1:
            return [list_item(cell, mark) for cell in cells(values[0])]
        return [joined_list(column, mark) for column in zip(*map(cells, values), strict=True)]

    return read


def _readers(parts: Sequence[Columns]) -> Iterator[Cells]:
    """The functions that read the cells. For speed, one `itemgetter` reads adjacent values."""
    for is_leaf, group in groupby(parts, lambda part: part.value_key is not None):
        run = list(group)
        if is_leaf and len(run) > 1:
            yield itemgetter(*(part.value_key for part in run))
        else:
            yield from (part.cells for part in run)
