"""`/docs`: the guide to the API, and its explorer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from app.api.openapi import Document, parameters_of
from app.links import with_query
from app.web import labels, samples
from app.web.html import TEMPLATES, page

EXAMPLE = TEMPLATES / "example.html"
"""A whole page that uses the API; the tests run it in a browser."""
FIRST_PATH = "/v1/events"
"""The operation of the first request of the guide. Its answer is the example of the document."""
ORIGIN = "http://127.0.0.1:8000"
"""The server in samples. The script of the page writes its own server instead."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, and an address to try it at."""

    id: str
    path: str
    summary: str
    example: str
    tag: str
    parameters: list[str]
    rank: int


@dataclass(frozen=True, slots=True)
class FirstRequest:
    """The request with which the guide begins, in each language, and its answer."""

    samples: list[tuple[str, str, str]]
    answer: str


async def docs(request: Request) -> Response:
    """The guide and a table of all operations. The script of the page replaces the table with the
    explorer."""
    document: Document = request.app.openapi()
    return page(
        request, "docs.html", title=labels.API_GUIDE, description=labels.API_GUIDE_DESCRIPTION,
        operations=list(operations(document)), first=_first_request(document),
        samples=samples.TEMPLATES,
    )  # fmt: skip


async def front_end(request: Request) -> Response:
    """How to use the API from another site."""
    return page(
        request, "front_end.html", title=labels.FRONT_END, description=labels.FRONT_END_DESCRIPTION,
        example=EXAMPLE.read_text(encoding="utf-8").rstrip(),
    )  # fmt: skip


def operations(document: Document) -> Iterator[Operation]:
    """Every operation of the OpenAPI document."""
    for rank, (path, methods) in enumerate(document["paths"].items()):
        operation = methods["get"]
        parameters = parameters_of(document, operation)
        yield Operation(
            operation["operationId"], path, operation["summary"], _example(path, parameters),
            operation["tags"][0], [each["name"] for each in parameters], rank,
        )  # fmt: skip


def _first_request(document: Document) -> FirstRequest:
    """A request whose answer is an example of the document, so that both agree."""
    answers = document["paths"][FIRST_PATH]["get"]["responses"]["200"]["content"]
    example = next(iter(answers["application/json"]["examples"].values()))
    url = ORIGIN + example["summary"].removeprefix("GET ")
    texts = [(each.name, each.title, each.for_json(url)) for each in samples.SAMPLES]
    return FirstRequest(texts, json.dumps(example["value"]["data"], indent=2, ensure_ascii=False))


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
