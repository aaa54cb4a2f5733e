"""Requests made from the examples in the OpenAPI document."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from app.api.openapi import parameters_of

Json = dict[str, Any]

GOES_WITH: Mapping[str, Mapping[str, str]] = {
    "fields": {"format": "csv"},
}
"""Parameters whose example is only valid together with another parameter."""


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    """Each path with its operation. References to parameters are resolved. Each parameter has an
    example, also if the document has it in the schema."""
    for path, methods in document["paths"].items():
        operation: Json = methods["get"]
        parameters = [_with_example(each) for each in parameters_of(document, operation)]
        yield path, {**operation, "parameters": parameters}


def _with_example(parameter: Json) -> Json:
    [example] = parameter["schema"]["examples"]
    return {**parameter, "example": example}


def parameters(operation: Json, place: str = "query") -> dict[str, Json]:
    """The parameters of an operation in the query or in the path."""
    return {each["name"]: each for each in operation["parameters"] if each["in"] == place}


def plain_request(path: str, operation: Json) -> tuple[str, dict[str, Any]]:
    """The path and the query with the required parameters only."""
    for name, each in parameters(operation, "path").items():
        path = path.replace(f"{{{name}}}", each["example"])
    required = {n: e["example"] for n, e in parameters(operation).items() if e["required"]}
    return path, required


def example_requests(path: str, operation: Json) -> Iterator[tuple[str, str]]:
    """For each parameter, a request with its example."""
    plain, required = plain_request(path, operation)
    known = parameters(operation)
    for name, each in known.items():
        query = {**required, **GOES_WITH.get(name, {}), name: each["example"]}
        for other in {"facet_limit": ["facet"], "date_match": ["date"]}.get(name, ()):
            query[other] = known[other]["example"]
        yield name, address(plain, query)


def address(path: str, query: Mapping[str, Any]) -> str:
    """The path with the encoded query."""
    written = {name: _written(value) for name, value in query.items()}
    return f"{path}?{urlencode(written, doseq=True)}" if query else path


def _written(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
