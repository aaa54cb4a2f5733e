"""Compression: every text format, quality values, streamed parts, unchanged content."""

import asyncio
import gzip
import io
import zlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
import zstandard
from sqlalchemy import URL

from app.api import exports
from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.contract.stepwise_downloads import Download, serving
from tests.integration.publish.sample_content import renamed

ENCODINGS = ("gzip", "zstd")
TEXTS = (
    "/v1/events",
    "/v1/events?format=csv",
    "/v1/events?format=ndjson",
    "/v1/events?format=ics",
    "/v1/events?format=atom",
    "/v1/stats/events?by=type,date:year&format=csv",
    "/v1/events?x_1=1&x_2=2&x_3=3&x_4=4&x_5=5",
    "/v1/nothing-of-this-name/and-more",
    "/v1/documents/hong-kong-united-states-relations/text",
    "/.well-known/api-catalog",
    "/openapi.json",
    "/",
)
SMALL = 1_000
"""The size in bytes of an answer that is too small to compress."""


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", TEXTS)
def test_every_text_format_is_compressed_with_the_same_content(
    client: ApiClient, path: str, encoding: str
) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    asked = {"Accept-Encoding": encoding}
    with client.stream("GET", path, headers=asked) as packed:
        content = b"".join(packed.iter_raw())
    assert "content-encoding" not in plain.headers
    if len(plain.content) >= SMALL:
        assert packed.headers["content-encoding"] == encoding
    if plain.status_code == 200:
        assert unpacked(content, packed.headers.get("content-encoding")) == plain.content
        assert "Accept-Encoding" in packed.headers["vary"]
        assert packed.headers.get("etag") == plain.headers.get("etag")
    for name in ("content-type", "x-total-count", "x-omitted-rows", "content-disposition"):
        assert packed.headers.get(name) == plain.headers.get(name)
    head = client.head(path, headers=asked)
    assert head.headers.get("content-encoding") == packed.headers.get("content-encoding")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("*", "gzip"),
        ("*;q=0.1", "gzip"),
        ("br, *;q=0.1", "gzip"),
        ("zstd, *", "zstd"),
        ("gzip, *", "gzip"),
        ("gzip;q=0.5, zstd;q=0.1", "gzip"),
        ("gzip;q=0.1,zstd;q=0.5", "zstd"),
        ("gzip ; q=0.5 , zstd ; q=1.0", "zstd"),
        ("gzip;q=0", None),
        ("gzip;q=0, zstd;q=0", None),
        ("zstd;q=0, *", "gzip"),
        ("*;q=0", None),
        ("gzip, *;q=0", "gzip"),
        ("identity", None),
        ("identity, gzip", "gzip"),
        ("identity;q=1, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=1", "gzip"),
        ("identity;q=0, *;q=0", None),
        ("gzip;q=0.5, *", None),
        ("br", None),
        ("gzip;q=x", None),
        ("gzip;q=nan", None),
        ("", None),
    ],
)
def test_the_encoding_is_that_of_the_highest_weight(
    client: ApiClient, accepted: str, encoding: str | None
) -> None:
    for path in ("/v1/events?limit=50", "/v1/events?format=ndjson", "/timeline"):
        for _ in range(2):  # computed, then from the cache
            answer = client.get(path, headers={"Accept-Encoding": accepted})
            assert answer.status_code == 200
            assert answer.headers.get("content-encoding") == encoding


def test_header_lines_count_as_one_list(client: ApiClient) -> None:
    lines = [("Accept-Encoding", "gzip;q=0.5"), ("Accept-Encoding", "zstd;q=0.1")]
    answer = client.get("/v1/events?limit=50", headers=lines)
    assert answer.headers["content-encoding"] == "gzip"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 5)


def run(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scenario())


def beginning_of(packed: bytes, encoding: str) -> bytes:
    """Decompress the beginning of a compressed body."""
    if encoding == "gzip":
        return zlib.decompressobj(31).decompress(packed)
    return zstandard.ZstdDecompressor().decompressobj().decompress(packed)


def unpacked(packed: bytes, encoding: str | None) -> bytes:
    """Decompress a complete body. Raise an error if the end is missing."""
    if encoding is None:
        return packed
    if encoding == "gzip":
        return gzip.decompress(packed)
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as reader:
        content = reader.read()
    whole = zstandard.ZstdDecompressor().decompressobj()
    whole.decompress(packed)
    assert whole.eof
    return content


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("format", ["csv", "ndjson", "ics", "atom"])
def test_rows_arrive_while_others_are_still_read(loaded: URL, format: str, encoding: str) -> None:
    async def scenario() -> None:
        async with serving(loaded) as app:
            download = Download(app, "/v1/events", f"format={format}", encoding=encoding)
            await download.wait_for_body()
            assert download.headers[b"content-encoding"] == encoding.encode()
            assert not download.is_complete
            early = beginning_of(download.body, encoding)
            await download.receive_rest()
            plain = Download(app, "/v1/events", f"format={format}")
            await plain.receive_rest()
            assert unpacked(download.body, encoding) == plain.body
            assert early
            assert plain.body.startswith(early)
            assert len(early) < len(plain.body)

    run(scenario)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_compressed_export_that_breaks_off_never_looks_whole(
    database: URL, shipped: Content, encoding: str
) -> None:
    publish(database, shipped, Quiet())
    first, *others = shipped.rows
    force = replace(shipped, version="0123456789abcdef", rows=[renamed(first, "Other"), *others])

    async def scenario() -> None:
        async with serving(database) as app:
            download = Download(app, "/v1/events", "format=csv", encoding=encoding)
            await download.wait_for_body()
            await asyncio.to_thread(publish, database, force, Quiet())
            with pytest.raises(ConnectionError):
                await download.receive_rest()
            assert not download.is_complete
            with pytest.raises((EOFError, AssertionError)):
                unpacked(download.body, encoding)

    run(scenario)
