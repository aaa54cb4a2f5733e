"""`/docs`: the guide to the API, and its explorer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from app.api.openapi import Document, parameters_of
from app.links import with_query
from app.web import labels
from app.web.html import TEMPLATES, page

EXAMPLE = TEMPLATES / "example.html"
"""A whole page that uses the API; the tests run it in a browser."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, and an address to try it at."""

    id: str
    path: str
    summary: str
    example: str


async def docs(request: Request) -> Response:
    """The guide and a table of all operations. The script of the page replaces the table with the
    explorer."""
    document: Document = request.app.openapi()
    return page(
        request, "docs.html", title=labels.API_GUIDE, description=labels.API_GUIDE_DESCRIPTION,
        operations=list(operations(document)),
    )  # fmt: skip


async def front_end(request: Request) -> Response:
    """How to use the API from another site."""
    return page(
        request, "front_end.html", title=labels.FRONT_END, description=labels.FRONT_END_DESCRIPTION,
        example=EXAMPLE.read_text(encoding="utf-8").rstrip(),
    )  # fmt: skip


def operations(document: Document) -> Iterator[Operation]:
    """Every operation of the OpenAPI document."""
    for path, methods in document["paths"].items():
        operation = methods["get"]
        example = _example(path, parameters_of(document, operation))
        yield Operation(operation["operationId"], path, operation["summary"], example)


def _example(path: str, parameters: list[dict[str, Any]]) -> str:
    """A link to try: the path with its required parameters."""
    needed: dict[str, list[str]] = {}
    for each in (parameter for parameter in parameters if parameter["required"]):
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", written(each["example"]))
        else:
            needed[each["name"]] = [written(each["example"])]
    return with_query(path, needed)


def written(example: Any) -> str:
    """An example as it is written in an address."""
    if isinstance(example, list):
        return ",".join(written(item) for item in cast(list[Any], example))
    return str(example).lower() if isinstance(example, bool) else str(example)
