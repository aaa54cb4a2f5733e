"""Responses with data: the dataset version, the ETag, 304, and the body in one or more parts."""

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
"""Timeout for a client to read one part of a streamed answer."""

Parts = AsyncGenerator[bytes]


@dataclass(frozen=True, slots=True)
class CanonicalRequest:
    """A request in canonical form: everything that its answer depends on, except the data.

    `variant` is what else the answer depends on, such as the public address in a feed. `is_timed`
    says that the answer depends on the time of the load, too.
    """

    self_link: str
    media_type: str = JSON
    expected_dataset: str | None = None
    variant: str = ""
    is_timed: bool = False

    def tag(self, dataset: DatasetState) -> str:
        """The weak ETag of the answer. It is known before any query runs."""
        parts = [dataset.version, rendering_hash(), self.media_type, self.self_link]
        if self.variant:
            parts.append(self.variant)
        if self.is_timed:
            parts.append(dataset.loaded_at)
        return f'W/"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]}"'

    def check_dataset(self, dataset: DatasetState) -> None:
        """Raises 409 if the client expects another dataset."""
        if self.expected_dataset not in (None, dataset.version):
            detail = (
                f"expect_dataset is {self.expected_dataset!r}, but the server has the dataset "
                f"{dataset.version!r}."
            )
            raise ProblemError(OTHER_DATASET, detail)


@dataclass(frozen=True, slots=True)
class Result:
    """The body of an answer, whole or in parts, its links and headers, and its dataset."""

    dataset: DatasetState
    body: bytes | Parts
    links: Mapping[str, str | None]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


MakeResult = Callable[[], Awaitable[Result | Response]]


async def respond(
    request: Request, canonical: CanonicalRequest, make_result: MakeResult
) -> Response:
    """304 if the client has the answer, else the response with the result.

    Only existing resources get an ETag, so a matching ETag proves that the resource exists. If the
    data are reloaded before `make_result` reads them, the answer and its ETag are of the new data.
    """
    context: AppContext = request.app.state.context
    dataset = await context.reader.dataset()
    canonical.check_dataset(dataset)
    tag = canonical.tag(dataset)
    if is_not_modified(request, tag):
        return Response(status_code=304, headers=dataset_headers(dataset, tag))
    result = await make_result()
    if isinstance(result, Response):
        return result
    if is_any_known(request):
        return await _not_modified(canonical, result)
    if result.dataset.version != dataset.version:
        canonical.check_dataset(result.dataset)
        tag = canonical.tag(result.dataset)
    link = {"Link": link_header(result.links)}
    headers = {**dataset_headers(result.dataset, tag), **link, **result.headers}
    if isinstance(result.body, bytes):
        return Response(result.body, media_type=canonical.media_type, headers=headers)
    return StreamedResponse(result.body, media_type=canonical.media_type, headers=headers)


async def _not_modified(canonical: CanonicalRequest, result: Result) -> Response:
    """304 for `If-None-Match: *`; the body is dropped."""
    if not isinstance(result.body, bytes):
        await result.body.aclose()
    headers = dataset_headers(result.dataset, canonical.tag(result.dataset))
    return Response(status_code=304, headers=headers)


class StreamedResponse(StreamingResponse):
    """A body in parts. Its source is closed at once when the answer ends: after the last part, an
    error, or a client that reads too slowly."""

    def __init__(self, parts: Parts, **options: Any) -> None:
        super().__init__(parts, **options)
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                async with timeout(PART_SECONDS):
                    await send(message)
            except TimeoutError:
                raise ClientDisconnect from None

        try:
            await super().__call__(scope, receive, send_in_time)
        finally:
            await self._parts.aclose()


def is_not_modified(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this ETag (RFC 9110, 13.1.2: weak comparison)."""
    header = request.headers.get("if-none-match")
    return header is not None and matches_tag(header.encode("latin-1"), tag.encode())


def is_any_known(request: Request) -> bool:
    """Whether the request has `If-None-Match: *`, which any existing resource matches."""
    return request.headers.get("if-none-match", "").strip() == "*"


def matches_tag(header: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match header names this weak ETag."""
    if header == tag:  # the usual case
        return True
    return any(each.strip().removeprefix(b"W/") == tag[2:] for each in header.split(b","))


def enveloped(data: bytes, dataset: DatasetState, links: bytes) -> bytes:
    """The JSON envelope of an item; data and links are JSON already."""
    version = dataset.version.encode()
    return b'{"data":%b,"meta":{"dataset":{"version":"%b"}},"links":%b}' % (data, version, links)


def to_json(content: Any) -> bytes:
    """Compact JSON of strings, integers, booleans, and lists and objects of them."""
    return pydantic_core.to_json(content)


def problem_response(problem: ProblemError, request_id: str) -> Response:
    """The response that carries a problem document."""
    response = Response(problem.body(request_id), problem.type.status)
    response.raw_headers = [*response.raw_headers, *problem_headers(problem)]
    return response
