"""The requests that the OpenAPI document itself gives by its examples."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from app.api.openapi import parameters_of

Json = dict[str, Any]

GOES_WITH: Mapping[str, Mapping[str, str]] = {
    "fields": {"format": "csv"},
}
"""Parameters whose example makes no sense without another one."""


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    """Each path with its operation, as a reader of the document sees it: references to parameters
    are resolved, and each parameter has its example, which may stand in its schema."""
    for path, methods in document["paths"].items():
        operation: Json = methods["get"]
        parameters = [_with_example(each) for each in parameters_of(document, operation)]
        yield path, {**operation, "parameters": parameters}


def _with_example(parameter: Json) -> Json:
    [example] = parameter["schema"]["examples"]
    return {**parameter, "example": example}


def parameters(operation: Json, place: str = "query") -> dict[str, Json]:
    """The parameters of an operation that stand in the query, or in the path."""
    return {each["name"]: each for each in operation["parameters"] if each["in"] == place}


def plain_request(path: str, operation: Json) -> tuple[str, dict[str, Any]]:
    """The path and the query with no more than what is required."""
    for name, each in parameters(operation, "path").items():
        path = path.replace(f"{{{name}}}", each["example"])
    required = {n: e["example"] for n, e in parameters(operation).items() if e["required"]}
    return path, required


def example_requests(path: str, operation: Json) -> Iterator[tuple[str, str]]:
    """For each parameter, a request by its example."""
    plain, required = plain_request(path, operation)
    known = parameters(operation)
    for name, each in known.items():
        query = {**required, **GOES_WITH.get(name, {}), name: each["example"]}
        for other in {"facet_limit": ["facet"], "date_match": ["date"]}.get(name, ()):
            query[other] = known[other]["example"]
        yield name, address(plain, query)


def address(path: str, query: Mapping[str, Any]) -> str:
    """A path with a query."""
    written = {name: _written(value) for name, value in query.items()}
    return f"{path}?{urlencode(written, doseq=True)}" if query else path


def _written(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
