"""HTTP connections: limits on the size and time of request heads, problems for bytes that are not
HTTP, and shutdown.

uvicorn sets no limit on the time or size of a request head, closes connections at SIGTERM that it
has just accepted, and refuses bad requests in plain text. The server has to be safe without a proxy
in front. So this class adds limits, and lets the application write the problem documents.
"""

import re
import sys
from asyncio import Transport
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from starlette.types import ASGIApp, Message

from app.api.middleware import REFUSAL
from app.api.request_head import (
    LONGEST_HEAD,
    head_too_long,
    method_not_allowed,
    origin_form,
    with_host,
)
from app.problems.problems import UNUSABLE, ProblemError

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as Protocol
else:
    from uvicorn.protocols.http.auto import AutoHTTPProtocol as Protocol

HEAD_SECONDS = 10.0
"""Timeout for the head of a request."""
GRACE_SECONDS = 0.5
"""How long an idle connection stays open at shutdown, because a request may be on its way."""
LINGER_SECONDS = 2.0
"""How long a refused client may continue to send. If a connection is closed while there are unread
bytes, it is reset, and the client may lose the answer (RFC 9112, section 9.6)."""
CONNECTION_OPTIONS: dict[str, Any] = {
    "server_header": False,
    "timeout_keep_alive": 5,
    "h11_max_incomplete_event_size": 8 * LONGEST_HEAD,
}
"""Options of uvicorn for connections. h11's limit on heads must be above `LONGEST_HEAD`."""

_HEAD_TOO_LONG = 431
"""The status that h11 suggests for a head above its own limit."""
_REQUEST_LINE = re.compile(rb"([!#-'*+.^-z|~0-9A-Z-]{1,40}) ([!-~]*)( HTTP/1\.[01]\r?\n)?")
_USED_HEADERS = re.compile(
    rb"^(x-request-id|origin):[ \t]*([^\r\n]*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)


class HttpConnection(Protocol):
    """A connection of a client, with either parser (httptools, h11)."""

    _head = b""
    """The bytes of an incomplete head, if the head began at the start of a received block."""
    _is_refused = False
    _last_checked: Any = None
    """The request that the last check of idle connections saw."""

    def connection_made(self, transport: Transport) -> None:
        super().connection_made(transport)
        self.loop.call_later(HEAD_SECONDS, self._close_if_idle)

    def on_headers_complete(self) -> None:
        """Prepare a head that httptools has read. h11 does this itself, and does not call this."""
        self.url, host = origin_form(self.url)
        if host is not None:
            self.headers[:] = with_host(self.headers, host)
        parser: Any = self.parser  # uvicorn's stub allows None
        if parser.get_http_version() == "1.0":
            self.expect_100_continue = False  # RFC 9110, section 10.1.1
        super().on_headers_complete()
        if parser.should_upgrade():
            self.cycle.keep_alive = False  # httptools drops the bytes that follow.

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        if self._h11 and self._is_waiting and not self._h11.trailing_data[0]:
            data = data.lstrip(b"\r\n")  # RFC 9112, section 2.2; httptools does this itself.
        if not data:
            return
        cycle, was_in_body = self.cycle, self._is_in_body
        self._head += data
        super().data_received(data)
        # h11 reads no further head while a request is being answered.
        is_reading_head = self._is_waiting or not self._h11
        if self.cycle is not cycle or was_in_body or self._is_in_body or not is_reading_head:
            self._head = b""
        elif len(self._head) > LONGEST_HEAD and not self.transport.is_closing():
            self._refuse(head_too_long())

    def shutdown(self) -> None:
        if self._is_waiting:
            self.loop.call_later(GRACE_SECONDS, super().shutdown)
        else:
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        """Refuse bytes that the parser could not read; uvicorn calls this in its error handler."""
        self._refuse(_parser_problem(msg, sys.exc_info()[1], self._head))

    @property
    def _h11(self) -> Any:
        """The parser, if it is h11."""
        return getattr(self, "conn", None)

    @property
    def _is_waiting(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison]

    @property
    def _is_in_body(self) -> bool:
        """Whether the next bytes belong to the body of the only request."""
        return not self._is_waiting and self.cycle.more_body and not getattr(self, "pipeline", ())

    def _close_if_idle(self) -> None:
        """Close the connection if no request was complete or answered since the last check."""
        if self.transport.is_closing():
            return
        is_idle = self._is_waiting and self.timeout_keep_alive_task is None
        if is_idle and self._last_checked is self.cycle:
            self.transport.close()
            return
        self._last_checked = self.cycle
        self.loop.call_later(HEAD_SECONDS, self._close_if_idle)

    def _refuse(self, problem: ProblemError) -> None:
        """Let the application answer with the problem, and end the connection.

        Earlier requests on the connection are answered first. Then the connection is closed without
        a problem, because the client would take it for the answer to one of them.
        """
        self._is_refused = True
        problem = replace(problem, headers={**problem.headers, "Connection": "close"})
        if self._is_waiting:
            task = self.loop.create_task(self._answer(problem))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        elif not self._is_in_body:
            self.flow.pause_reading()
            self.cycle.keep_alive = False
        elif self.cycle.response_started:
            self.transport.close()
        else:
            # The application waits for the body. End the body, so that it sees the refusal.
            self.cycle.scope["state"][REFUSAL] = problem  # pyright: ignore[reportTypedDictNotRequiredAccess]
            self.cycle.more_body = False
            self.cycle.message_event.set()

    async def _answer(self, problem: ProblemError) -> None:
        """Send the answer of the application to a request that is not complete."""
        answer: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            answer.append(message)

        app: ASGIApp = cast(Any, self).app  # uvicorn's own type is not known
        await app(self._incomplete_scope(problem), receive, send)
        if self.transport.is_closing():
            return
        headers = [*self.server_state.default_headers, *answer[0]["headers"]]
        lines = [b"HTTP/1.1 %d %b" % (answer[0]["status"], problem.type.title.encode())]
        lines += [b"%b: %b" % pair for pair in headers]
        body = b"".join([message.get("body", b"") for message in answer[1:]])
        self.transport.write(b"\r\n".join([*lines, b"", body]))
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def _incomplete_scope(self, problem: ProblemError) -> dict[str, Any]:
        """The ASGI scope of an incomplete request, from the bytes that have arrived."""
        line = _REQUEST_LINE.match(self._head)
        method, target = line.groups()[:2] if line else (b"", b"")
        path, _, query = origin_form(target)[0].partition(b"?")
        return {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method.decode(),
            "scheme": self.scheme,
            "path": path.decode(),
            "raw_path": path,
            "query_string": query,
            "root_path": self.root_path,
            "headers": [(name.lower(), value) for name, value in _USED_HEADERS.findall(self._head)],
            "client": self.client,
            "server": self.server,
            "state": {**self.app_state, REFUSAL: problem},
        }


def _parser_problem(message: str, error: BaseException | None, head: bytes) -> ProblemError:
    """The problem for an error of the parser."""
    line = _REQUEST_LINE.match(head)
    if line and (line[1] == b"CONNECT" or (line[3] and "InvalidMethod" in type(error).__name__)):
        return method_not_allowed(line[1].decode())
    if getattr(error, "error_status_hint", 0) == _HEAD_TOO_LONG:
        return head_too_long()
    reason = str(error or "").encode("ascii", "backslashreplace").decode()[:200]
    return ProblemError(UNUSABLE, f"{message} {reason}".strip())
