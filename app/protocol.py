"""Connections: how long a request may take to arrive, and how a connection ends.

uvicorn waits for a request for ever, takes headers without end, closes at SIGTERM what has just
been accepted, and refuses in plain text what is no HTTP. A proxy in front may hide all that; the
server should not need one to be safe.
"""

import secrets
from asyncio import Transport
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from app.api.cors import CorsPolicy
from app.api.headers import PROBLEM, SECURITY_HEADERS
from app.problems.problems import HEADERS_TOO_LARGE, UNUSABLE, ProblemError, ProblemType

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as Protocol
else:
    from uvicorn.protocols.http.auto import AutoHTTPProtocol as Protocol

REQUEST_SECONDS = 10.0
"""So long may the head of a request take to arrive; between two requests less is waited."""
LONGEST_HEAD = 32_768
"""Bytes of a head that has not ended yet."""
GRACE_SECONDS = 0.5
"""So long does a connection listen on when the server is told to end: a request that is on its way
to it is answered."""


class Connection(Protocol):
    """One connection of a client. `sharing` tells who may read its refusals from other origins."""

    _heard = 0
    _seen: Any = None

    def __init__(self, *given: Any, sharing: CorsPolicy | None = None, **options: Any) -> None:
        super().__init__(*given, **options)
        self._sharing = sharing or CorsPolicy(())

    def connection_made(self, transport: Transport) -> None:
        super().connection_made(transport)
        self.loop.call_later(REQUEST_SECONDS, self._look)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._is_waiting:
            self._heard = 0
            return
        self._heard += len(data)
        if self._heard > LONGEST_HEAD and not self.transport.is_closing():
            detail = f"The head of a request may have {LONGEST_HEAD} bytes."
            self._refuse(ProblemError(HEADERS_TOO_LARGE, detail))

    def shutdown(self) -> None:
        if self._is_waiting:
            self.loop.call_later(GRACE_SECONDS, super().shutdown)
        else:
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        self._refuse(ProblemError(UNUSABLE, msg))

    @property
    def _is_waiting(self) -> bool:
        """Whether no request has arrived that is still to be answered."""
        return self.cycle is None or self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison]

    def _look(self) -> None:
        """Close the connection if since the last look there was no request, nor one answered."""
        if self.transport.is_closing():
            return
        is_idle = self._is_waiting and self.timeout_keep_alive_task is None
        if is_idle and self._seen is self.cycle:
            self.transport.close()
            return
        self._seen = self.cycle
        self.loop.call_later(REQUEST_SECONDS, self._look)

    def _refuse(self, problem: ProblemError) -> None:
        """Answer what is no HTTP, of which the application never hears, and close.

        Requests that came before it are answered first, and then the connection is closed: a
        refusal now would be taken for the answer to one of them.
        """
        if not self._is_waiting and not self._is_in_body:
            self.flow.pause_reading()
            self.cycle.keep_alive = False
            return
        if not self._is_waiting and self.cycle.response_started:
            self.transport.close()
            return
        request_id = secrets.token_hex(8)
        body = problem.body(request_id)
        headers = {
            **SECURITY_HEADERS,
            "Content-Type": PROBLEM.decode(),
            "Cache-Control": "no-store",
            "X-Request-ID": request_id,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **self._shared(),
        }
        self.transport.write(_head(problem.type, headers) + body)
        self.transport.close()

    @property
    def _is_in_body(self) -> bool:
        """Whether what arrives belongs to the body of the only request that is to be answered."""
        return self.cycle.more_body and not getattr(self, "pipeline", ())

    def _shared(self) -> dict[str, str]:
        """The headers that let pages of other origins read the answer to what arrives."""
        pairs = self._sharing.headers(self._arriving())
        vary = {"Vary": self._sharing.vary.decode()} if self._sharing.vary else {}
        return {**vary, **{name.decode(): value.decode() for name, value in pairs}}

    def _arriving(self) -> Iterable[tuple[bytes, bytes]]:
        """The headers of the request that arrives, as far as they are known."""
        known = self.headers or ()
        is_answered = self._is_waiting and self.cycle and known is self.cycle.scope["headers"]
        return () if is_answered else known


def _head(kind: ProblemType, headers: Mapping[str, str]) -> bytes:
    lines = (f"HTTP/1.1 {kind.status} {kind.title}", *(f"{n}: {v}" for n, v in headers.items()))
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")
