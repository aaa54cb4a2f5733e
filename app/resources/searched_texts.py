"""The texts of a row that the search looks into, and the names under which they are told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic_core import SchemaValidator
from pydantic_core.core_schema import any_schema, typed_dict_field, typed_dict_schema

from app.resources.resource import Resource
from app.schema import Schema

ALIASES = "aliases"


def texts_of(resource: Resource, row: Schema) -> Mapping[str, list[str]]:
    """The texts of each part of a row, as the index lays them out.

    A name that only repeats the beginning of a text is no part: it would pass for a telling one.
    """
    parts: dict[str, list[str]] = {"name": [], ALIASES: [], "text": []}
    for field, text in fields_of(resource, _searched(resource, row)):
        head = field.partition(".")[0]
        if head == "name" and not resource.named:
            continue
        parts[head if head in parts and head != "text" else "text"].append(text)
    return parts


def _searched(resource: Resource, row: Schema) -> Mapping[str, Any]:
    """The fields with texts, as JSON has them; those that hold no models are so already."""
    inner = _inner(resource)
    return {**row.__dict__, **row.model_dump(include=inner)} if inner else row.__dict__


@cache
def _inner(resource: Resource) -> set[str]:
    """The fields with models that hold texts."""
    return {name.partition(".")[0] for name in resource.texts if "." in name}


def reading(resources: Iterable[Resource]) -> Callable[[str], Mapping[str, Any]]:
    """Reads of a row in JSON no more than `fields_of` needs, and its kind: half the work."""
    names = {path.partition(".")[0] for resource in resources for path in resource.texts}
    read = typed_dict_field(any_schema(), required=False)
    fields = dict.fromkeys(("kind", "name", ALIASES, *sorted(names)), read)
    return SchemaValidator(typed_dict_schema(fields)).validate_json


def fields_of(resource: Resource, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each searched text of a row given as JSON, with its field: `summary`, `provisions.0.text`."""
    for path in ("name", ALIASES, *resource.texts):
        value = row.get(path)
        if isinstance(value, str):
            yield path, value
        elif value or "." in path:
            yield from _under(path.split("."), row, "")


def _under(path: list[str], value: Any, told: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for place, item in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            yield from _under(path, item, f"{told}.{place}")
    elif isinstance(value, str):
        yield told, value
    elif isinstance(value, Mapping) and path and path[0] in value:
        name = f"{told}.{path[0]}" if told else path[0]
        yield from _under(path[1:], value[path[0]], name)
