"""How a column is filled: its name says from which field, such as `city_folded` from `city`."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from sqlalchemy import Column, Double, Table

from app.folding import fold
from app.resources.rows import Row
from seeds.dataset_content import LoadedRow
from seeds.publish.date_columns import UNDATED, date_range_columns
from seeds.publish.items import Items

Value = str | int | float | bool | None

Columns = Sequence[Sequence[Value]]
"""The values of a table by column: one sequence for each column, in the order of the model."""

TableRow = tuple[Value, ...]
"""One row of a table: the values of its columns, in the order of the model."""

TableRows = tuple[Table, Iterable[TableRow]]

SORT_KEY_LENGTH = 60
"""Length of a sort key, in characters. It is limited because a cursor contains the sort key."""

ColumnFunction = Callable[[Items], Sequence[Value]]
"""Computes a column: one value for each item. Items may be the rows themselves."""


def column_function(column: Column[Any], schema: type[BaseModel] | None) -> ColumnFunction:
    """The function that fills `column` from items of `schema`; without a schema, items are texts.

    The name of the column says where its value comes from:

    - `actor_id`: the id of the field `actor`, or of the item itself;
    - `date_edtf`: the field `edtf` of the field `date`;
    - `city_folded`: the field `city`, folded for comparison;
    - `name_sort`: the start of the folded field `name`;
    - a name without a field: `LoadedRow.columns`.
    """
    found = _from_row(column) or _from_item(column, schema)
    if found is None:
        return _extra_column(column)
    return _as_float(found) if isinstance(column.type, Double) else found


def model_of(annotation: Any) -> type[BaseModel] | None:
    """The model in an annotation such as `DateValue | None` or `list[Participant]`, if any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        arguments = arguments[:1]
    elif get_origin(annotation) not in (list, Union, UnionType):
        return None
    inner = [argument for argument in arguments if argument is not NoneType]
    return model_of(inner[0]) if len(inner) == 1 else None


def _from_row(column: Column[Any]) -> ColumnFunction | None:
    """For columns that do not depend on the fields of the item: keys, ranks, the date of its row,
    and copies of other columns of its row."""
    name = column.name
    if column.info.get("owner"):
        return _owner_field("row.id")
    if name == "ordinal":
        return lambda items: items.ordinals
    if name == "position":
        return _owner_field("position")
    if name == "render_rank":
        return lambda items: items.ranks
    if name == "parent":
        return lambda items: [parent and parent.id for parent in items.parents]
    if name == "is_duplicate":
        return _is_duplicate
    if derived := column.info.get("derived"):
        return lambda items: [
            derived(owner.row, item) for item, owner in zip(items.each, items.owners, strict=True)
        ]
    if column.info.get("denormalised"):
        return _owner_field(f"row.{name}")
    if column.info.get("of_item"):
        return lambda items: [
            date_range_columns(item.date.edtf)[name] if item.date else None for item in items.each
        ]
    if name in UNDATED:
        return lambda items: [date[name] for date in items.dates]
    return None


def _from_item(column: Column[Any], schema: type[BaseModel] | None) -> ColumnFunction | None:
    if schema is None:
        return lambda items: items.each
    fields = schema.model_fields
    name: str = column.info.get("field", column.name)
    stem, _, ending = name.rpartition("_")
    if name in fields:
        return (_joined if get_origin(fields[name].annotation) is list else _item_field)(name)
    if ending == "folded" and stem in fields:
        return _folded(stem)
    if ending == "sort" and stem in fields:
        return _folded(stem, SORT_KEY_LENGTH)
    if ending == "id" and stem in fields:
        return _id(stem)
    if ending == "id" and "id" in fields and not issubclass(schema, Row):
        return _item_field("id")
    for head, field in fields.items():
        model, tail = model_of(field.annotation), name.removeprefix(f"{head}_")
        if model and tail != name and tail in model.model_fields:
            return _nested(head, tail)
    return None


def _owner_field(path: str) -> ColumnFunction:
    return lambda items: list(map(attrgetter(path), items.owners))


def _is_duplicate(items: Items) -> list[bool]:
    """For each item: whether an earlier item of its row has the same id."""
    seen = set[tuple[str, str]]()
    duplicates: list[bool] = []
    for item, owner in zip(items.each, items.owners, strict=True):
        key = (owner.row.id, item.id)
        duplicates.append(key in seen)
        seen.add(key)
    return duplicates


def _item_field(name: str) -> ColumnFunction:
    return lambda items: list(map(attrgetter(name), items.each))


def _joined(name: str) -> ColumnFunction:
    return lambda items: list(map(",".join, map(attrgetter(name), items.each)))


def _folded(name: str, length: int | None = None) -> ColumnFunction:
    def values(items: Items) -> list[Value]:
        texts = map(attrgetter(name), items.each)
        return [None if text is None else fold(text)[:length] for text in texts]

    return values


def _id(name: str) -> ColumnFunction:
    def values(items: Items) -> list[Value]:
        named = map(attrgetter(name), items.each)
        return [each if each is None or isinstance(each, str) else each.id for each in named]

    return values


def _nested(head: str, tail: str) -> ColumnFunction:
    inner = attrgetter(tail)

    def values(items: Items) -> list[Value]:
        models = map(attrgetter(head), items.each)
        return [None if model is None else inner(model) for model in models]

    return values


def _as_float(found: ColumnFunction) -> ColumnFunction:
    def values(items: Items) -> list[Value]:
        return [None if number is None else float(number) for number in found(items)]

    return values


def _extra_column(column: Column[Any]) -> ColumnFunction:
    def value(owner: LoadedRow) -> Value:
        if column.name not in owner.columns:
            raise LookupError(
                f"{owner.row.kind} {owner.row.id!r}: nothing fills the column {column}; give "
                "the row a field of that name, or LoadedRow.columns the value"
            )
        return owner.columns[column.name]

    return lambda items: list(map(value, items.owners))
