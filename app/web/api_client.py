"""Requests from the pages to the API, in the same process.

So filters, errors and cursors in the address of a page have the same meaning as in the API.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json
from starlette.requests import Request
from starlette.types import Message, Scope

from app.params.parameter import MAX_VALUES
from app.web.addresses import API, changed


@dataclass
class AnsweredProblem(Exception):
    """The API answered with a problem instead of data."""

    status: int
    problem: dict[str, Any]
    headers: dict[str, str]


@dataclass
class MovedError(Exception):
    """The row has another address now."""

    target: str


@dataclass
class ExportError(Exception):
    """The address is that of an export, which is not a page. `target` is its address in the API."""

    target: str


class ReloadedError(Exception):
    """The data were reloaded since the first request of a page. A page never mixes two datasets."""


async def get_json(request: Request, target: str) -> Any:
    """The JSON answer of the API to GET `target`, a root-relative address. Raises its problems."""
    status, headers, body = await _call_api(request, target)
    if status == 308:
        raise MovedError(headers[b"location"].decode())
    if status != 200:
        raise _problem(status, headers, body)
    _check_dataset(request, headers[b"x-dataset-version"].decode())
    return from_json(body)


async def all_rows(
    request: Request, target: str, most_pages: int
) -> tuple[list[Mapping[str, Any]], bool]:
    """The rows of the first pages of a list, and whether these are all its rows."""
    next_page: str | None = changed(target, {"limit": "200", "count": "none"})
    rows: list[Mapping[str, Any]] = []
    for _ in range(most_pages):
        if next_page is None:
            break
        answer = await get_json(request, next_page)
        rows += answer["data"]
        next_page = answer["links"]["next"]
    return rows, next_page is None


async def rows_by_id(
    request: Request, path: str, ids: Sequence[str], *, include: str | None = None
) -> list[Mapping[str, Any]]:
    """The rows of a list that have these ids, in as few requests as the API allows."""
    rows: list[Mapping[str, Any]] = []
    for start in range(0, len(ids), MAX_VALUES):
        batch = list(ids[start : start + MAX_VALUES])
        query = {"id": batch, "limit": str(MAX_VALUES), "count": "none", "include": include}
        rows += (await get_json(request, changed(f"{API}/{path}", query)))["data"]
    return rows


async def get_text(request: Request, target: str) -> str:
    """The answer of the API as text."""
    status, headers, body = await _call_api(request, target)
    if status != 200:
        raise _problem(status, headers, body)
    return body.decode()


def _check_dataset(request: Request, version: str) -> None:
    if request.scope["state"].setdefault("dataset", version) != version:
        del request.scope["state"]["dataset"]
        raise ReloadedError


def _problem(status: int, headers: dict[bytes, bytes], body: bytes) -> AnsweredProblem:
    wait = headers.get(b"retry-after")
    kept = {"Retry-After": wait.decode()} if wait else dict[str, str]()
    return AnsweredProblem(status, from_json(body), kept)


async def _call_api(request: Request, target: str) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await request.app.router(_scope(request, target), request.receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


def _scope(request: Request, target: str) -> Scope:
    """The scope of a request to the API, without the headers of the browser."""
    path, _, query = target.partition("?")
    copied = ("asgi", "scheme", "server", "client", "app", "state", "starlette.exception_handlers")
    return {
        **{name: request.scope[name] for name in copied if name in request.scope},
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [],
    }
