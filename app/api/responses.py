"""The one way to an answer: which dataset, whether the client has it already, else what it says."""

import hashlib
from asyncio import timeout
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydantic_core
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from app.api.context import AppContext
from app.api.headers import dataset_headers, link_header, problem_headers
from app.api.negotiation import JSON
from app.db import DatasetState
from app.problems.problems import OTHER_DATASET, ProblemError
from app.rendering import rendering_hash

PART_SECONDS = 30.0
"""So long may a client take for one part of an answer that comes in parts."""

Parts = AsyncGenerator[bytes]


@dataclass(frozen=True, slots=True)
class CanonicalRequest:
    """A request in canonical form: all that its answer depends on, but the data."""

    self_link: str
    media_type: str = JSON
    expected_dataset: str | None = None

    def tag(self, dataset: DatasetState) -> str:
        """A weak validator; no query is needed to know it."""
        parts = (dataset.version, rendering_hash(), self.media_type, self.self_link)
        return f'W/"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]}"'

    def insist(self, dataset: DatasetState) -> None:
        """Raises 409 if the client expects another dataset."""
        if self.expected_dataset not in (None, dataset.version):
            detail = (
                f"expect_dataset={self.expected_dataset}, but the server holds {dataset.version}."
            )
            raise ProblemError(OTHER_DATASET, detail)


@dataclass(frozen=True, slots=True)
class Result:
    """What an answer says, whole or in parts, and the dataset that it is from."""

    dataset: DatasetState
    body: bytes | Parts
    links: Mapping[str, str | None]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


MakeResult = Callable[[], Awaitable[Result | Response]]


async def respond(request: Request, asked: CanonicalRequest, produce: MakeResult) -> Response:
    """304 if the client has the answer, else what `produce` makes of the data.

    Only existing things are given a tag, so a tag that fits proves that there is something. The
    data may be loaded anew before `produce` reads them; then the answer is of what it read.
    """
    context: AppContext = request.app.state.context
    dataset = await context.reader.dataset()
    asked.insist(dataset)
    tag = asked.tag(dataset)
    if is_not_modified(request, tag):
        return Response(status_code=304, headers=dataset_headers(dataset, tag))
    produced = await produce()
    if isinstance(produced, Response):
        return produced
    if is_any_known(request):
        return await _not_modified(asked, produced)
    if produced.dataset.version != dataset.version:
        asked.insist(produced.dataset)
        tag = asked.tag(produced.dataset)
    link = {"Link": link_header(produced.links)}
    headers = {**dataset_headers(produced.dataset, tag), **link, **produced.headers}
    if isinstance(produced.body, bytes):
        return Response(produced.body, media_type=asked.media_type, headers=headers)
    return Streamed(produced.body, media_type=asked.media_type, headers=headers)


async def _not_modified(asked: CanonicalRequest, produced: Result) -> Response:
    """304 for a client that has any answer; the body is given up."""
    if not isinstance(produced.body, bytes):
        await produced.body.aclose()
    headers = dataset_headers(produced.dataset, asked.tag(produced.dataset))
    return Response(status_code=304, headers=headers)


class Streamed(StreamingResponse):
    """A body in parts, whose source is closed at once however the answer ends: sent, broken off,
    or not taken by a client that stalls."""

    def __init__(self, parts: Parts, **options: Any) -> None:
        super().__init__(parts, **options)
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                async with timeout(PART_SECONDS):
                    await send(message)
            except TimeoutError:
                raise ClientDisconnect from None  # as good as gone

        try:
            await super().__call__(scope, receive, send_in_time)
        finally:
            await self._parts.aclose()


def is_not_modified(request: Request, tag: str) -> bool:
    """Whether the client says that it has the answer (RFC 9110, 13.1.2: weak comparison)."""
    header = request.headers.get("if-none-match")
    return header is not None and matches_tag(header.encode("latin-1"), tag.encode())


def is_any_known(request: Request) -> bool:
    """Whether the client has some answer, if there is one: `If-None-Match: *`."""
    return request.headers.get("if-none-match", "").strip() == "*"


def matches_tag(header: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match header names a weak validator of ours."""
    one = header == tag  # as most clients say it
    return one or any(each.strip().removeprefix(b"W/") == tag[2:] for each in header.split(b","))


def enveloped(data: bytes, dataset: DatasetState, links: bytes) -> bytes:
    """The envelope of an item around data and links that are JSON already."""
    version = dataset.version.encode()
    return b'{"data":%b,"meta":{"dataset":{"version":"%b"}},"links":%b}' % (data, version, links)


def to_json(content: Any) -> bytes:
    """Compact JSON, of texts, whole numbers, truth values and what holds such."""
    return pydantic_core.to_json(content)


def problem_response(problem: ProblemError, request_id: str) -> Response:
    """The response that carries a problem document."""
    response = Response(problem.body(request_id), problem.type.status)
    response.raw_headers = [*response.raw_headers, *problem_headers(problem)]
    return response
