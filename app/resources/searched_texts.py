"""The texts of a row that the search looks at, and the names of their fields in highlights."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic_core import SchemaValidator
from pydantic_core.core_schema import any_schema, typed_dict_field, typed_dict_schema

from app.resources.resource import Resource
from app.schema import Schema

ALIASES = "aliases"


def texts_of(resource: Resource, row: Schema) -> Mapping[str, list[str]]:
    """The texts of a row by the columns of the index: `name`, `aliases`, `text`.

    The name is omitted if it only repeats the beginning of a text (`resource.named` is false),
    because the index ranks names higher than texts.
    """
    parts: dict[str, list[str]] = {"name": [], ALIASES: [], "text": []}
    for field, text in fields_of(resource, _searched(resource, row)):
        head = field.partition(".")[0]
        if head == "name" and not resource.named:
            continue
        parts[head if head in parts and head != "text" else "text"].append(text)
    return parts


def _searched(resource: Resource, row: Schema) -> Mapping[str, Any]:
    """The fields with texts, as in JSON. Only fields that contain models need a conversion."""
    inner = _inner(resource)
    return {**row.__dict__, **row.model_dump(include=inner)} if inner else row.__dict__


@cache
def _inner(resource: Resource) -> set[str]:
    """The names of the fields whose texts are inside of models."""
    return {name.partition(".")[0] for name in resource.texts if "." in name}


def reading(resources: Iterable[Resource]) -> Callable[[str], Mapping[str, Any]]:
    """A function that parses a row in JSON, but only its kind and the keys that `fields_of` needs.

    This takes half the time of parsing the whole row.
    """
    names = {path.partition(".")[0] for resource in resources for path in resource.texts}
    read = typed_dict_field(any_schema(), required=False)
    fields = dict.fromkeys(("kind", "name", ALIASES, *sorted(names)), read)
    return SchemaValidator(typed_dict_schema(fields)).validate_json


def fields_of(resource: Resource, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The searched texts of a row, as pairs of field and text: `summary`, `provisions.0.text`.

    The row is a mapping with the keys of its JSON.
    """
    for path in ("name", ALIASES, *resource.texts):
        value = row.get(path)
        if isinstance(value, str):
            yield path, value
        elif value or "." in path:
            yield from _under(path.split("."), row, "")


def _under(path: list[str], value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            yield from _under(path, item, f"{name}.{index}")
    elif isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping) and path and path[0] in value:
        inner = f"{name}.{path[0]}" if name else path[0]
        yield from _under(path[1:], value[path[0]], inner)
