"""The outermost middleware: checks every request, and completes every answer, errors included.

No route reads a body. So the body is read and dropped before the answer, because otherwise
its rest would be parsed as the next request (RFC 9112, 9.3). A body that is too long or too slow is
not read to its end; then the connection is closed after the answer.
"""

import logging
import re
import secrets
import time
from asyncio import timeout
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.cors import CorsPolicy
from app.api.headers import PROBLEM, merged_vary, problem_headers
from app.api.http_1_0 import send_with_length
from app.api.negotiation import with_joined_lines, with_negotiated_encoding
from app.api.request_head import (
    check_framing,
    check_head,
    origin_form,
    with_host,
)
from app.db import DatasetState
from app.problems.problems import INTERNAL, UNUSABLE, Fault, ProblemError

LOGGER = logging.getLogger("hkus.faults")

DATASET_HEADER = b"x-dataset-version"
Observer = Callable[[Scope, str, int, float], None]
"""A function that is called after each request, with its scope, its id, the status of the answer
and the time in seconds."""

MAX_BODY_BYTES = 1_000_000
"""Most bytes of a body that is read and dropped."""
BODY_SECONDS = 10.0
"""Timeout for a body to arrive."""
LINGER_SECONDS = 2.0
"""How long an answer waits for a client that is still sending. A connection that is closed with
bytes unread is reset, and the client may lose the answer (RFC 9112, 9.6)."""

LONGEST_TEXT = 200
"""Most bytes of an error text from an inner layer that are sent to the client."""
REFUSAL = "refusal"
"""The key of `scope["state"]` for the problem of a request that the parser could not read."""

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


@dataclass(frozen=True)
class Rules:
    """Settings of `OuterMiddleware`: the headers that it adds, and the hosts that it serves."""

    headers: Sequence[tuple[bytes, bytes]]
    """Headers for every answer that does not set them itself."""
    cors: CorsPolicy = field(default_factory=lambda: CorsPolicy(()))
    """The CORS policy."""
    hosts: tuple[str, ...] = ("*",)
    """Host names of the service; `*.example.org` stands for all names below it."""
    dataset: Callable[[], DatasetState | None] = lambda: None
    """The dataset that was read last. Answers without data name its version too."""


class OuterMiddleware:
    """Gives each request an id, drops its body, checks its head and chooses the content coding.
    Answers HEAD as GET without the body, adds headers, turns errors into problem documents, and
    calls the observers."""

    def __init__(self, app: ASGIApp, rules: Rules, observers: Sequence[Observer] = ()) -> None:
        self._app = app
        self._rules = rules
        self._observers = tuple(observers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _set_origin_form(scope)
        exchange = Exchange(scope, send, self._rules)
        started = time.perf_counter()
        try:
            await self._answer(exchange, scope, receive)
        except ProblemError as problem:
            await exchange.send_problem(problem)
        except ClientDisconnect:
            pass  # The client closed the connection.
        except Exception:
            LOGGER.exception("request %s failed", exchange.request_id)
            if not exchange.is_answered:
                await exchange.send_problem(ProblemError(INTERNAL, "The server made a mistake."))
        finally:
            seconds = time.perf_counter() - started
            for observe in self._observers:
                observe(scope, exchange.request_id, exchange.status, seconds)

    async def _answer(self, exchange: "Exchange", scope: Scope, receive: Receive) -> None:
        """Check the request, drop its body, and let the application answer."""
        try:
            check_framing(scope)
        except ProblemError:
            exchange.close_after(receive)
            raise
        if not await drop_body(scope, receive):
            exchange.close_after(receive)
        if refusal := scope["state"].get(REFUSAL):
            raise refusal
        check_head(scope, self._rules.hosts)
        inner = with_negotiated_encoding(with_joined_lines(exchange.inner_scope))
        if scope["http_version"] == "1.0":
            await send_with_length(self._app, inner, receive, exchange.send)
        else:
            await self._app(inner, receive, exchange.send)


class Exchange:
    """One request and its answer."""

    def __init__(self, scope: Scope, send: Send, rules: Rules) -> None:
        self.request_id = _request_id(scope)
        self.status = 0
        self.is_answered = False
        self._send = send
        self._rules = rules
        cors = rules.cors
        cors_headers = cors.for_any_origin or cors.headers(scope["headers"])
        self._extra_headers = [*rules.headers, *cors_headers]
        self._plain_error_status: int | None = None
        self._unread_body: Receive | None = None
        self._is_head = scope["method"] == "HEAD"
        state = scope.setdefault("state", {})
        state.update(request_id=self.request_id, is_head=self._is_head)
        self.inner_scope: Scope = {**scope, "method": "GET"} if self._is_head else scope

    def close_after(self, receive: Receive) -> None:
        """Close the connection after the answer, because the request is not read to its end."""
        self._unread_body = receive
        self._extra_headers.append((b"connection", b"close"))

    async def send(self, message: Message) -> None:
        if self._plain_error_status:
            await self._send_as_problem(message)
            return
        if message["type"] == "http.response.start":
            if _is_plain_error(message):
                self._plain_error_status = message["status"]
                return
            await self._send(self._with_headers(message))
        else:
            self.is_answered = not message.get("more_body", False)
            await self._send_body({**message, "body": b""} if self._is_head else message)

    async def _send_body(self, message: Message) -> None:
        if self._unread_body and not message.get("more_body", False):
            await self._send({**message, "more_body": True})
            await drop_rest(self._unread_body)
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    def _with_headers(self, message: Message) -> Message:
        self.status = message["status"]
        headers = merged_vary(message.get("headers", ()), self._rules.cors.vary)
        present = {name for name, _ in headers}
        headers += [(name, value) for name, value in self._extra_headers if name not in present]
        if DATASET_HEADER not in present and (dataset := self._rules.dataset()):
            headers.append((DATASET_HEADER, dataset.version.encode()))
        headers.append((b"x-request-id", self.request_id.encode()))
        return {**message, "headers": headers}

    async def _send_as_problem(self, message: Message) -> None:
        """Send a problem document in place of an error in plain text, which libraries write."""
        if not self.is_answered:
            text = message.get("body", b"")[:LONGEST_TEXT].decode("utf-8", "replace")
            kind = UNUSABLE if self._plain_error_status == 400 else INTERNAL
            await self.send_problem(ProblemError(kind, text, [Fault(None, "refused", text)]))

    async def send_problem(self, problem: ProblemError) -> None:
        """Answer with the problem. If an answer has begun already, end the connection instead."""
        if self.status:
            raise ConnectionError("the answer has begun already")
        body = problem.body(self.request_id)
        headers = [*problem_headers(problem), (b"content-length", str(len(body)).encode())]
        start = {"type": "http.response.start", "status": problem.type.status, "headers": headers}
        await self._send(self._with_headers(start))
        self.is_answered = True
        sent = b"" if self._is_head else body
        await self._send_body({"type": "http.response.body", "body": sent})


def _is_plain_error(message: Message) -> bool:
    """Whether the message begins an error that is neither a problem document nor a page."""
    if message["status"] < 400:
        return False
    given = (value for name, value in message["headers"] if name == b"content-type")
    return not any(value.startswith((PROBLEM, b"text/html")) for value in given)


def _set_origin_form(scope: Scope) -> None:
    """Replace a complete URL in the request line by its path and host (RFC 9112, 3.2.2)."""
    raw: bytes = scope.get("raw_path") or b"/"
    if raw.startswith(b"/"):
        return
    path, host = origin_form(raw)
    scope.update(raw_path=path, path=unquote(path.decode("ascii")))
    if host is not None:
        scope["headers"] = with_host(scope["headers"], host)


def _request_id(scope: Scope) -> str:
    """The X-Request-ID of the request if it has the right form, else a new id."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value.decode("ascii")
    return secrets.token_hex(8)


async def drop_body(scope: Scope, receive: Receive) -> bool:
    """Read and drop the body of a request; False if it is too long or too slow.

    Raises `ClientDisconnect` if the client is gone.
    """
    length = _declared_length(scope)
    if length == 0:
        return True
    if length is not None and length > MAX_BODY_BYTES:
        return False
    return await _drop(receive, MAX_BODY_BYTES, BODY_SECONDS)


async def drop_rest(receive: Receive) -> None:
    """Drop what a client sends after its answer, for at most `LINGER_SECONDS`."""
    with suppress(ClientDisconnect):
        await _drop(receive, None, LINGER_SECONDS)


def _declared_length(scope: Scope) -> int | None:
    """The Content-Length of the body; None if it comes in chunks."""
    length = 0
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return None
        if name == b"content-length" and value.isdigit():  # uvicorn refuses other values
            length = int(value)
    return length


async def _drop(receive: Receive, most: int | None, seconds: float) -> bool:
    """Read up to `most` bytes and drop them; whether the body ended in time."""
    size = 0
    with suppress(TimeoutError):
        async with timeout(seconds):
            while most is None or size <= most:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return True
    return False
