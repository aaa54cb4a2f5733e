"""The HTTP client of the benchmark: several open connections, each with one request at a time."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.processes import Unmeasured

TIMEOUT = 120.0
"""Seconds to wait for an answer."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: its path, extra headers, and the expected status."""

    path: str
    headers: Mapping[str, str]
    status: int = 200

    def encoded(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer. `seconds` is the time from the request to the last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


def send_requests(port: int, requests: Sequence[Request], in_flight: int) -> list[HttpAnswer]:
    """Send all requests and return the answers in order; an unexpected status is an error."""
    return asyncio.run(_send_all(port, requests, in_flight))


async def _send_all(port: int, requests: Sequence[Request], in_flight: int) -> list[HttpAnswer]:
    answers: dict[int, HttpAnswer] = {}
    pending = iter(enumerate(requests))
    connections = min(in_flight, len(requests))
    await asyncio.gather(*(_one_connection(port, pending, answers) for _ in range(connections)))
    return [answers[index] for index in range(len(requests))]


async def _one_connection(
    port: int, pending: Iterator[tuple[int, Request]], answers: dict[int, HttpAnswer]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        for index, request in pending:
            started_at = time.perf_counter()
            writer.write(request.encoded())
            async with asyncio.timeout(TIMEOUT):
                status, headers, body = await _read(reader)
            if status != request.status:
                text = body[:300].decode(errors="replace")
                raise Unmeasured(f"GET {request.path}: {status}: {text}")
            answers[index] = HttpAnswer(status, headers, body, time.perf_counter() - started_at)
    finally:
        writer.close()


async def _read(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")[:-2]
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    status = int(first.split()[1])
    if headers.get("transfer-encoding") == "chunked":
        return status, headers, await _read_chunks(reader)
    size = 0 if status == 304 else int(headers["content-length"])
    return status, headers, await reader.readexactly(size)


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readline()
    return bytes(body)
