"""Asking the API: a page takes its data from the routes of the API, in the same process.

So a filter, an error or a cursor in the address of a page means what it means in the API.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json
from starlette.requests import Request
from starlette.types import Message, Scope

from app.web.addresses import changed


@dataclass
class AnsweredProblem(Exception):
    """The API answered with a problem instead of data."""

    status: int
    problem: dict[str, Any]
    headers: dict[str, str]


@dataclass
class MovedError(Exception):
    """The API says that the row has another address."""

    target: str


@dataclass
class ExportError(Exception):
    """The address asks for an export, which no page shows; `target` is where the API gives it."""

    target: str


class ReloadedError(Exception):
    """The data were loaded anew since the page asked first; no page mixes two datasets."""


async def ask(request: Request, target: str) -> Any:
    """What the API answers to GET `target`, a root-relative address; raises its problems."""
    status, headers, body = await _answer(request, target)
    if status == 308:
        raise MovedError(headers[b"location"].decode())
    if status != 200:
        raise _problem(status, headers, body)
    _same_dataset(request, headers[b"x-dataset-version"].decode())
    return from_json(body)


async def walked(
    request: Request, target: str, most_pages: int
) -> tuple[list[Mapping[str, Any]], bool]:
    """The rows of a list, as far as so many pages go, and whether these are all."""
    following: str | None = changed(target, {"limit": "200", "count": "none"})
    found: list[Mapping[str, Any]] = []
    for _ in range(most_pages):
        if following is None:
            break
        answer = await ask(request, following)
        found += answer["data"]
        following = answer["links"]["next"]
    return found, following is None


async def ask_text(request: Request, target: str) -> str:
    """The same for a text."""
    status, headers, body = await _answer(request, target)
    if status != 200:
        raise _problem(status, headers, body)
    return body.decode()


def _same_dataset(request: Request, version: str) -> None:
    if request.scope["state"].setdefault("dataset", version) != version:
        del request.scope["state"]["dataset"]
        raise ReloadedError


def _problem(status: int, headers: dict[bytes, bytes], body: bytes) -> AnsweredProblem:
    wait = headers.get(b"retry-after")
    kept = {"Retry-After": wait.decode()} if wait else dict[str, str]()
    return AnsweredProblem(status, from_json(body), kept)


async def _answer(request: Request, target: str) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await request.app.router(_scope(request, target), request.receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


def _scope(request: Request, target: str) -> Scope:
    """A request of the page's own, which accepts whatever is offered."""
    path, _, query = target.partition("?")
    kept = ("asgi", "scheme", "server", "client", "app", "state", "starlette.exception_handlers")
    return {
        **{name: request.scope[name] for name in kept if name in request.scope},
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [],
    }
