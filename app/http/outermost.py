"""The outermost layer: what happens to every request and every answer, faults included."""

import logging
import re
import secrets
import time
from collections.abc import Mapping
from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import INTERNAL, URI_TOO_LONG, ProblemError
from app.query.request import LONGEST_TARGET, check_text

ACCESS = logging.getLogger("hkus.access")
FAULTS = logging.getLogger("hkus.faults")

SECURITY_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_SECURITY = [(k.lower().encode(), v.encode()) for k, v in SECURITY_HEADERS.items()]
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class Outermost:
    """Gives each request an id, checks its bytes, answers HEAD as GET without a body, adds the
    security headers, turns faults into problems, and writes the access line."""

    def __init__(self, app: ASGIApp, *, access_log: bool) -> None:
        self._app = app
        self._access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope, send)
        started = time.perf_counter()
        try:
            check_target(scope)
            await self._app(exchange.inner_scope, receive, exchange.send)
        except ProblemError as problem:
            await exchange.send_problem(problem)
        except Exception:
            FAULTS.exception("request %s failed", exchange.request_id)
            if not exchange.is_answered:
                await exchange.send_problem(ProblemError(INTERNAL, "The server made a mistake."))
        if self._access_log:
            spent = (time.perf_counter() - started) * 1000
            ACCESS.info(
                "%s %s %s %d %.1fms", exchange.request_id, scope["method"], scope["path"],
                exchange.status, spent,
            )  # fmt: skip


class Exchange:
    """One request and its answer."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.request_id = _request_id(scope)
        self.status = 0
        self.is_answered = False
        self._send = send
        self._is_head = scope["method"] == "HEAD"
        state = scope.setdefault("state", {})
        state.update(request_id=self.request_id, is_head=self._is_head)
        self.inner_scope: Scope = {**scope, "method": "GET"} if self._is_head else scope

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [
                (name, each_once(value) if name == b"vary" else value)
                for name, value in message.get("headers", ())
            ]
            present = {name for name, _ in headers}
            headers += [(name, value) for name, value in _SECURITY if name not in present]
            headers.append((b"x-request-id", self.request_id.encode()))
            message = {**message, "headers": headers}
        else:
            self.is_answered = not message.get("more_body", False)
            message = {**message, "body": b""} if self._is_head else message
        await self._send(message)

    async def send_problem(self, problem: ProblemError) -> None:
        """The problem as the answer; if one has begun, the connection is broken off instead."""
        if self.status:
            raise ConnectionError("the answer had begun")
        body = problem.body(self.request_id)
        headers = [*problem_headers(problem), (b"content-length", str(len(body)).encode())]
        start = {"type": "http.response.start", "status": problem.type.status, "headers": headers}
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=64)
def each_once(vary: bytes) -> bytes:
    """The names of a Vary header, each once: several layers add theirs."""
    return b", ".join(dict.fromkeys(name.strip() for name in vary.split(b",")))


def problem_headers(problem: ProblemError) -> list[tuple[bytes, bytes]]:
    """The headers of a problem's answer."""
    return [
        (b"content-type", b"application/problem+json"),
        (b"cache-control", b"no-store"),
        *((name.lower().encode(), value.encode()) for name, value in problem.headers.items()),
    ]


def check_target(scope: Scope) -> None:
    """Refuse what is too long, or not text, before anybody looks at it (RFC 9110, 15.5.15)."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    if len(path) + len(query) > LONGEST_TARGET:
        detail = f"The address has {len(path) + len(query)} bytes; at most {LONGEST_TARGET} fit."
        raise ProblemError(URI_TOO_LONG, detail)
    check_text(path)


def _request_id(scope: Scope) -> str:
    """The id that a proxy gave the request, if it is harmless, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value.decode("ascii")
    return secrets.token_hex(8)
