"""`/` and `/docs`: what there is, for people, without scripts and without any other host."""

from collections.abc import Iterator
from html import escape
from typing import Any, cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.http.health import page
from app.http.openapi import Document
from app.links import with_query
from app.resources import RESOURCES


def pages_router() -> APIRouter:
    """The pages for people."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", explorer, response_model=None)
    router.add_api_route("/docs", docs, response_model=None)
    return router


async def explorer() -> Response:
    """The lists of the knowledge base, each with a first query to try."""
    items = "".join(
        f'<li><a href="/v1/{resource.path}?include=citations">{escape(resource.title)}</a>: '
        f"{escape(resource.description)}</li>"
        if resource.cited
        else f'<li><a href="/v1/{resource.path}">{escape(resource.title)}</a>: '
        f"{escape(resource.description)}</li>"
        for resource in RESOURCES
    )
    return page(
        "Hong Kong–United States relations",
        "<h1>Hong Kong–United States relations</h1>"
        "<p>A knowledge base read from one document. Every row cites the exact words that prove "
        'it. Try <a href="/v1/events?date=2020-07">the events of July 2020</a>, read '
        '<a href="/docs">how to ask</a>, or see '
        f'<a href="/v1/coverage">what was read</a>.</p><ul>{items}</ul>',
    )


async def docs(request: Request) -> Response:
    """Every operation with its parameters, from the OpenAPI document."""
    document: Document = request.app.openapi()
    info = document["info"]
    guide = "".join(f"<p>{escape(part)}</p>" for part in info["description"].split("\n\n"))
    operations = "".join(_operations(document))
    return page(
        "How to ask",
        f"<h1>{escape(info['title'])}</h1>{guide}"
        '<p>The same for programs: <a href="/openapi.json">openapi.json</a>.</p>'
        f"{operations}",
    )


def _operations(document: Document) -> Iterator[str]:
    for path, methods in document["paths"].items():
        operation = methods["get"]
        shown = operation.get("parameters", [])
        example = _example(path, shown)
        rows = "".join(_parameter(parameter) for parameter in shown)
        table = f'<div class="wide"><table>{rows}</table></div>' if rows else ""
        yield (
            f'<h2 id="{escape(operation["operationId"])}"><code>GET {escape(path)}</code></h2>'
            f"<p>{escape(operation['description'])} Try "
            f'<a href="{escape(example)}"><code>{escape(example)}</code></a></p>'
            f"<details><summary>{len(shown)} parameters</summary>{table}</details>"
        )


def _example(path: str, parameters: list[dict[str, Any]]) -> str:
    """A link to try: the path, and the parameters that it cannot do without."""
    needed: dict[str, list[str]] = {}
    for each in (parameter for parameter in parameters if parameter["required"]):
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", _written(each["example"]))
        else:
            needed[each["name"]] = [_written(each["example"])]
    return with_query(path, needed)


def _written(example: Any) -> str:
    """An example as it stands in an address."""
    if isinstance(example, list):
        return ",".join(_written(item) for item in cast(list[Any], example))
    return str(example).lower() if isinstance(example, bool) else str(example)


def _parameter(parameter: dict[str, Any]) -> str:
    example = parameter.get("example", "")
    shown = _written(example)
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code></td>"
        f"<td>{escape(parameter['description'])}</td><td><code>{escape(shown)}</code></td></tr>"
    )
