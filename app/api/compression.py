"""Compression of answers by zstd or gzip; `negotiation` chooses which (RFC 9110, 12.5.3)."""

from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware, add_compress_type

STREAMED = ("text/csv", "application/x-ndjson", "text/calendar", "application/atom+xml")
"""Media types of exports. Each batch is flushed, so a client gets rows before the export ends."""
NOT_STREAMED = ("application/problem+json", "application/linkset+json")
"""Further text formats, which the library does not know as text."""


def with_compression(app: ASGIApp) -> ASGIApp:
    """The application with zstd or gzip for all text formats."""
    for media_type in STREAMED:
        add_compress_type(media_type, streaming=True)
    for media_type in NOT_STREAMED:
        add_compress_type(media_type)
    return CompressMiddleware(app, brotli=False, minimum_size=1_000, zstd_level=1, gzip_level=1)
