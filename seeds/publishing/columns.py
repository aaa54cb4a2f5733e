"""How a column is filled: from the field of its name, or from what its name is made of."""

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from sqlalchemy import Column, Double

from app.folding import fold
from app.rows import Row
from seeds.content import LoadedRow
from seeds.publishing.spans import UNDATED

Value = str | int | float | bool | None

SORTED = 60
"""So many characters of a text are sorted by: a cursor has to hold them."""


class Place(NamedTuple):
    """Where an item stands: in which row, at which place, and in which other item of its kind.

    `span` are the columns that follow from the date of the row.
    """

    loaded: LoadedRow
    ordinal: int = 0
    parent: Any = None
    span: Mapping[str, str | int] = UNDATED
    again: bool = False
    """Whether an earlier item of the row refers to the same row."""


Take = Callable[[Any, Place], Value]
"""The value of a column, from an item of a row (or the row itself) and its place."""


def take(column: Column[Any], schema: type[BaseModel] | None) -> Take:
    """How `column` is filled from items of `schema`; without a schema, items are texts.

    `actor_id` is the id of the field `actor`, or of the item itself; `date_edtf` the field `edtf`
    of the field `date`; `city_folded` the field `city` as it is compared, `name_sort` the beginning
    of that. A column without a field is taken from `LoadedRow.columns`.
    """
    found = _of_the_place(column) or _of_the_item(column, schema)
    if found is None:
        return _beside(column)
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


def _of_the_place(column: Column[Any]) -> Take | None:
    """Keys, and what a part repeats of its row."""
    name = column.name
    if column.info.get("owner"):
        return lambda _item, place: place.loaded.row.id
    if name == "ordinal":
        return lambda _item, place: place.ordinal
    if name == "position":
        return lambda _item, place: place.loaded.position
    if name == "parent":
        return lambda _item, place: place.parent and place.parent.id
    if name == "again":
        return lambda _item, place: place.again
    if column.info.get("repeated"):
        return lambda _item, place: getattr(place.loaded.row, name)
    if name in UNDATED:
        return lambda _item, place: place.span[name]
    return None


def _of_the_item(column: Column[Any], schema: type[BaseModel] | None) -> Take | None:
    if schema is None:
        return lambda item, _place: item
    fields = schema.model_fields
    name: str = column.info.get("field", column.name)
    stem, _, ending = name.rpartition("_")
    if name in fields:
        return (_joined if get_origin(fields[name].annotation) is list else _plain)(name)
    if ending == "folded" and stem in fields:
        return _folded(stem)
    if ending == "sort" and stem in fields:
        return _folded(stem, SORTED)
    if ending == "id" and stem in fields:
        return _id(stem)
    if ending == "id" and "id" in fields and not issubclass(schema, Row):
        return lambda item, _place: item.id
    for head, field in fields.items():
        model, tail = model_of(field.annotation), name.removeprefix(f"{head}_")
        if model and tail != name and tail in model.model_fields:
            return _nested(head, tail)
    return None


def _plain(name: str) -> Take:
    def value(item: Any, _place: Place) -> Value:
        return getattr(item, name)

    return value


def _joined(name: str) -> Take:
    def value(item: Any, _place: Place) -> Value:
        return ",".join(getattr(item, name))

    return value


def _folded(name: str, length: int | None = None) -> Take:
    def value(item: Any, _place: Place) -> Value:
        found = getattr(item, name)
        return None if found is None else fold(found)[:length]

    return value


def _id(name: str) -> Take:
    def value(item: Any, _place: Place) -> Value:
        found = getattr(item, name)
        return found if found is None or isinstance(found, str) else found.id

    return value


def _nested(head: str, tail: str) -> Take:
    def value(item: Any, _place: Place) -> Value:
        found = getattr(item, head)
        return None if found is None else getattr(found, tail)

    return value


def _as_float(found: Take) -> Take:
    def value(item: Any, place: Place) -> Value:
        number = found(item, place)
        return None if number is None else float(number)

    return value


def _beside(column: Column[Any]) -> Take:
    def value(_item: Any, place: Place) -> Value:
        row, columns = place.loaded.row, place.loaded.columns
        if column.name not in columns:
            raise LookupError(
                f"{row.kind} {row.id!r}: nothing fills the column {column}; give the row a field "
                "of that name, or LoadedRow.columns the value"
            )
        return columns[column.name]

    return value
