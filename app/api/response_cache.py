"""The response cache: a request with the same bytes gets the same response, without parsing.

A response depends only on the request and the dataset. So a cached response is valid while the
server has the same dataset. `If-None-Match` is compared with the ETag of the cached response.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.responses import matches_tag
from app.db import DatasetState, Reader

LARGEST_BODY = 1_000_000
"""Most bytes of the body of one cached response."""
OVERHEAD = 2_000
"""About how many bytes of memory a cached response takes besides its body and its key."""

_BODY_HEADERS = (b"content-type", b"content-length", b"content-encoding", b"link", b"x-total-count")

Headers = list[tuple[bytes, bytes]]
Key = tuple[bytes, ...]


@dataclass(frozen=True)
class CachedResponse:
    """A complete response, and the dataset that it was made from."""

    dataset: DatasetState
    headers: Headers
    body: bytes

    key_size: int
    """Bytes of its key."""

    @property
    def cost(self) -> int:
        return len(self.body) + self.key_size + OVERHEAD

    @cached_property
    def tag(self) -> bytes:
        return dict(self.headers)[b"etag"]

    @cached_property
    def not_modified_headers(self) -> Headers:
        """The headers of a 304: those that do not describe the body (RFC 9110, 15.4.5)."""
        return [each for each in self.headers if each[0] not in _BODY_HEADERS]

    async def send(self, send: Send, if_none_match: bytes | None) -> None:
        """Send the response, or 304; `if_none_match` is the If-None-Match header of the request."""
        if if_none_match and (
            if_none_match.strip() == b"*" or matches_tag(if_none_match, self.tag)
        ):
            await send(_start(304, self.not_modified_headers))
            await send({"type": "http.response.body", "body": b""})
        else:
            await send(_start(200, self.headers))
            await send({"type": "http.response.body", "body": self.body})


def _start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


class ResponseCache:
    """Caches answers of the application; drops the least recently used ones first.

    `varying` are the request headers that a response depends on.
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
        self._entries: OrderedDict[Key, CachedResponse] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        key, if_none_match = self._key(scope)
        dataset = self._reader.cached_dataset()
        found = self._entries.get(key)
        if found and found.dataset == dataset:
            self._entries.move_to_end(key)
            await found.send(send, if_none_match)
            return
        recorder = ResponseRecorder(send)
        await self._app(scope, receive, recorder.send)
        size = sum(map(len, key))
        cached = recorder.response(dataset or self._reader.cached_dataset(), size)
        is_head = scope.get("state", {}).get("is_head")
        if cached and not is_head:  # The response to HEAD may have been made without a body.
            self._add(key, cached)

    def _key(self, scope: Scope) -> tuple[Key, bytes | None]:
        """The key of a request, and its If-None-Match header."""
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        key: list[bytes] = [path, scope["query_string"]]
        if_none_match = None
        for name, value in scope["headers"]:
            if name in self._varying:
                key += (name, value)
            elif name == b"if-none-match":
                if_none_match = value
        return tuple(key), if_none_match

    def _add(self, key: Key, cached: CachedResponse) -> None:
        older = self._entries.pop(key, None)
        self._bytes += cached.cost - (older.cost if older else 0)
        self._entries[key] = cached
        while self._bytes > self._most_bytes:
            _, dropped = self._entries.popitem(last=False)
            self._bytes -= dropped.cost


@dataclass
class ResponseRecorder:
    """Forwards a response, and keeps it if it can be cached: in one piece, small, with an ETag."""

    forward: Send
    status: int = 0
    headers: Headers = field(default_factory=list[tuple[bytes, bytes]])
    body: bytes | None = None
    is_single: bool = True
    """Whether the body came in one message."""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", ()))
        else:
            self.is_single = not message.get("more_body") and self.body is None
            self.body = message.get("body", b"") if self.is_single else b""
        await self.forward(message)

    def response(self, dataset: DatasetState | None, key_size: int) -> CachedResponse | None:
        """The response, if it can be cached and was made from the dataset."""
        headers = dict[bytes, Any](self.headers)
        if self.status != 200 or self.body is None or not self.is_single:
            return None
        if b"etag" not in headers or dataset is None:
            return None
        is_of_dataset = headers.get(b"x-dataset-version") == dataset.version.encode()
        if not is_of_dataset or len(self.body) > LARGEST_BODY:
            return None
        return CachedResponse(dataset, self.headers, self.body, key_size)
