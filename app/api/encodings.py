"""Content codings: which one an answer is compressed with (RFC 9110, 12.5.3)."""

from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from app.api.negotiation import weights

ACCEPT_ENCODING = b"accept-encoding"

STREAMED = ("text/csv", "application/x-ndjson", "text/calendar", "application/atom+xml")
"""Media types of exports: each batch is flushed, so that rows arrive while others are read."""
WHOLE = ("application/problem+json", "application/linkset+json")
"""Text formats that the library does not count as text."""


def compressing(app: ASGIApp) -> ASGIApp:
    """The application, all of whose text formats are compressed by zstd or gzip."""
    for media_type in STREAMED:
        add_compress_type(media_type, streaming=True)
    for media_type in WHOLE:
        add_compress_type(media_type)
    return CompressMiddleware(app, brotli=False, minimum_size=1_000, zstd_level=1, gzip_level=1)


class OneEncoding:
    """Replaces Accept-Encoding by the one coding that is chosen, before anything reads it.

    The library that compresses looks only for codings whose weight is not 0, and the response
    cache tells requests apart by this header: browsers that spell it in different ways then share
    one cached answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = with_one_encoding(scope)
        await self._app(scope, receive, send)


def with_one_encoding(scope: Scope) -> Scope:
    """The request with at most one coding in Accept-Encoding; without one, none is to be used."""
    given = [value for name, value in scope["headers"] if name == ACCEPT_ENCODING]
    if not given:
        return scope
    headers = [each for each in scope["headers"] if each[0] != ACCEPT_ENCODING]
    chosen = chosen_encoding(b",".join(given))
    if chosen is not None:
        headers.append((ACCEPT_ENCODING, chosen))
    return {**scope, "headers": headers}


@lru_cache(maxsize=256)
def chosen_encoding(header: bytes) -> bytes | None:
    """The coding of the highest weight, or None for no compression.

    Of equal weights zstd comes before gzip, and gzip before none. `*` stands for gzip, which every
    client knows; zstd has to be named. Where nothing fits, the answer is not compressed: that is
    no reason to refuse it.
    """
    given = weights(header.decode("latin-1"))
    anything = given.get("*", 0.0)
    gzip = given.get("gzip", given.get("x-gzip", anything))
    zstd = given.get("zstd", 0.0)
    plain = given.get("identity", anything)
    best = max(zstd, gzip, plain)
    if best == 0.0:
        return None
    return b"zstd" if zstd == best else b"gzip" if gzip == best else None
