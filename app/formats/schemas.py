"""The types of the fields of a row. They decide the columns of a CSV table."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from app.resources.rows import DAY_PATTERN, SPLICED, VOCABULARY, Reference
from app.schema import Schema

CellForm = Literal["text", "code", "day", "number", "flag", "object"]
"""The form of a value. A code is a word of a vocabulary; it never begins like a formula and has no
comma. A day before AD 1 begins like a formula, because it has a minus sign."""

ALWAYS = ("kind", "id")
"""The keys that identify a row. They come first in every export."""


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a field. It is a list if `many` is true. `schema` is set only for objects."""

    form: CellForm
    schema: type[Schema] | None = None
    many: bool = False


def row_keys(row_type: type[Schema], with_additions: Collection[str]) -> tuple[str, ...]:
    """The keys of a row in its JSON. The optional keys of the query come last."""
    own = [name for name in row_type.model_fields if name not in SPLICED]
    added = [name for name in row_type.model_fields if name in SPLICED & set(with_additions)]
    rest = [name for name in own if name not in ALWAYS]
    return (*ALWAYS, *rest, *added)


def field_types(schema: type[Schema]) -> Iterator[tuple[str, FieldType]]:
    """The keys of an object in its JSON, with their types.

    The kind of a reference is omitted, because ids are unique over all kinds.
    """
    for name, field in schema.model_fields.items():
        if name != "kind" or not issubclass(schema, Reference):
            yield field.alias or name, field_type(field)


def field_type(field: FieldInfo) -> FieldType:
    """The type of a field."""
    type_ = type_of(field.annotation)
    if type_.form != "text":
        return type_
    forms = (_form_of_text(info) for info in (field, *_field_infos(field.annotation)))
    return replace(type_, form=next(filter(None, forms), "text"))


def type_of(annotation: Any) -> FieldType:
    """The type of a field with this annotation, without null.

    Raises `TypeError` for a list of lists and for a union of types.
    """
    types = set(_union_members(annotation))
    if types <= {int, float}:
        return FieldType("number")
    if types == {bool}:
        return FieldType("flag")
    only = types.pop()
    item = type_of(get_args(only)[0]) if get_origin(only) is list else None
    if types or (item and item.many):
        raise TypeError(f"{annotation}: a column cannot hold a list of lists or a union of types")
    if item:
        return replace(item, many=True)
    if isinstance(only, type) and issubclass(only, Schema):
        return FieldType("object", only)
    return FieldType("code" if get_origin(only) is Literal else "text")


def is_tree(schema: type[Schema]) -> bool:
    """Whether objects of this schema contain lists of objects, at any depth."""
    return any(
        type_.schema is not None and (type_.many or is_tree(type_.schema))
        for _, type_ in field_types(schema)
    )


def _union_members(annotation: Any) -> Iterator[Any]:
    """The types of a union, without null and annotations."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _union_members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _union_members(member)
    elif annotation is not type(None):
        yield annotation


def _field_infos(annotation: Any) -> Iterator[FieldInfo]:
    """The field infos inside an annotation."""
    for argument in get_args(annotation):
        if isinstance(argument, FieldInfo):
            yield argument
        else:
            yield from _field_infos(argument)


def _form_of_text(info: FieldInfo) -> CellForm | None:
    """The form `code` or `day` if the field info says so; None for any other text."""
    extra: Any = info.json_schema_extra or {}
    if VOCABULARY in extra:
        return "code"
    return "day" if extra.get("pattern") == DAY_PATTERN else None
