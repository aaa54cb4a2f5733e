"""The texts of a row that the search looks into, and the names under which they are told."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.resource import Resource
from app.rows import Schema

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
    inner = {name.partition(".")[0] for name in resource.texts if "." in name}
    return {**row.__dict__, **(row.model_dump(include=inner) if inner else {})}


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
