"""The operations of the API, read from the OpenAPI document: paths and parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from app.api.openapi import parameters_of

Document = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One operation: a path with a real id, and its parameters."""

    template: str
    path: str
    parameters: tuple[str, ...]
    needed: tuple[tuple[str, str], ...]
    """The required parameters, with valid values."""

    @property
    def is_item(self) -> bool:
        return "{" in self.template

    def target(self, *pairs: tuple[str, str]) -> str:
        """The request target (path and query). Names and values are already percent-encoded."""
        given = {name for name, _ in pairs}
        needed = [pair for pair in self.needed if pair[0] not in given]
        query = "&".join(f"{name}={value}" for name, value in (*needed, *pairs))
        return f"{self.path}?{query}" if query else self.path


def operations(document: Document) -> Iterator[Operation]:
    """All operations of an OpenAPI document."""
    for template, methods in document["paths"].items():
        parameters = parameters_of(document, methods["get"])
        path = template
        for each in parameters:
            if each["in"] == "path":
                path = path.replace(f"{{{each['name']}}}", quote(str(each["example"])))
        queries = [each for each in parameters if each["in"] == "query"]
        needed = [(each["name"], _written(each)) for each in queries if each.get("required")]
        names = tuple(each["name"] for each in queries)
        yield Operation(template, path, names, tuple(needed))


def _written(parameter: Document) -> str:
    example = parameter["example"]
    values = cast(list[Any], example) if isinstance(example, list) else [example]
    return quote(",".join(str(value) for value in values))
