"""Remembered answers: what was asked before, to the byte, is answered before anything is parsed.

An answer follows from the request and the dataset alone, so an answer that was given once may be
given again as long as the server holds the same dataset; `If-None-Match` is judged on the way.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.responses import matches_tag
from app.db import DatasetState, Reader

LARGEST = 1_000_000
"""Bytes of one answer."""
OVERHEAD = 2_000
"""Bytes of memory that an answer takes besides its body and what was asked; about."""

_OF_THE_BODY = (b"content-type", b"content-length", b"content-encoding", b"link", b"x-total-count")

Headers = list[tuple[bytes, bytes]]
Key = tuple[bytes, ...]


@dataclass(frozen=True)
class CachedResponse:
    """A whole answer, and the dataset that it follows from."""

    dataset: DatasetState
    headers: Headers
    body: bytes

    asked: int
    """Bytes of the request that it is known by."""

    @property
    def cost(self) -> int:
        return len(self.body) + self.asked + OVERHEAD

    @cached_property
    def tag(self) -> bytes:
        return dict(self.headers)[b"etag"]

    @cached_property
    def short_headers(self) -> Headers:
        """Those of a 304: what does not describe the body (RFC 9110, 15.4.5)."""
        return [each for each in self.headers if each[0] not in _OF_THE_BODY]

    async def send(self, send: Send, known: bytes | None) -> None:
        """Answer; `known` is what the client says that it has."""
        if known is not None and (known.strip() == b"*" or matches_tag(known, self.tag)):
            await send(_start(304, self.short_headers))
            await send({"type": "http.response.body", "body": b""})
        else:
            await send(_start(200, self.headers))
            await send({"type": "http.response.body", "body": self.body})


def _start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


class ResponseCache:
    """Remembers answers of the application, least recently asked ones forgotten first.

    `varying` are the headers that an answer depends on.
    """

    def __init__(
        self,
        app: ASGIApp,
        reader: Reader,
        varying: frozenset[bytes],
        most_bytes: int,
    ) -> None:
        self._app = app
        self._reader = reader
        self._varying = varying
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, CachedResponse] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        key, known = self._asked(scope)
        dataset = self._reader.cached_dataset()
        found = self._kept.get(key)
        if found and found.dataset == dataset:
            self._kept.move_to_end(key)
            await found.send(send, known)
            return
        recording = Recording(send)
        await self._app(scope, receive, recording.send)
        answered = recording.answer(dataset or self._reader.cached_dataset(), _size(key))
        if answered and not _is_head(scope):
            self._keep(key, answered)

    def _asked(self, scope: Scope) -> tuple[Key, bytes | None]:
        """What the answer depends on, and what the client has."""
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        varied: list[bytes] = [path, scope["query_string"]]
        known = None
        for name, value in scope["headers"]:
            if name in self._varying:
                varied += (name, value)
            elif name == b"if-none-match":
                known = value
        return tuple(varied), known

    def _keep(self, key: Key, answered: CachedResponse) -> None:
        older = self._kept.pop(key, None)
        self._bytes += answered.cost - (older.cost if older else 0)
        self._kept[key] = answered
        while self._bytes > self._most_bytes:
            _, forgotten = self._kept.popitem(last=False)
            self._bytes -= forgotten.cost


def _size(key: Key) -> int:
    return sum(map(len, key))


def _is_head(scope: Scope) -> bool:
    """Whether the answer goes out without a body, so that it may have been made without one."""
    return bool(scope.get("state", {}).get("is_head"))


@dataclass
class Recording:
    """Passes an answer on, and notes it if it is one to remember: whole, small, of a dataset."""

    onward: Send
    status: int = 0
    headers: Headers = field(default_factory=list[tuple[bytes, bytes]])
    body: bytes | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", ()))
        else:
            whole = not message.get("more_body") and self.body is None
            self.body = message.get("body", b"") if whole else b""
            self.status = self.status if whole else 0
        await self.onward(message)

    def answer(self, dataset: DatasetState | None, asked: int) -> CachedResponse | None:
        """The answer, if it is one to remember and follows from the dataset."""
        named = dict[bytes, Any](self.headers)
        if self.status != 200 or b"etag" not in named or dataset is None or self.body is None:
            return None
        follows = named.get(b"x-dataset-version") == dataset.version.encode()
        if not follows or len(self.body) > LARGEST:
            return None
        return CachedResponse(dataset, self.headers, self.body, asked)
