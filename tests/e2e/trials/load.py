"""Load test: many clients send mixed requests for a given time."""

import argparse
import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import URL

from benchmarks.proc_stats import anonymous_memory
from benchmarks.traffic import known_ids, mixed_requests
from seeds.build import read_content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.e2e.trials.figures import Figure
from tests.servers import Server, serving

WARM_UP_SECONDS = 5.0
MOST_P99 = 0.25
MAX_GROWTH = 20


@dataclass
class Heard:
    """The answers of all clients, and the time that each took."""

    seconds: list[float] = field(default_factory=list[float])
    errors: int = 0


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """Run several clients, each with one persistent connection."""
    publish(url, read_content(), Quiet())
    with serving(url, "--workers", str(options.workers)) as server:
        paths = _paths(server, options.seed)
        asyncio.run(_load(server, paths, options.clients, WARM_UP_SECONDS))
        before = anonymous_memory(server.process.pid)
        begun = time.monotonic()
        heard = asyncio.run(_load(server, paths, options.clients, options.seconds))
        spent = time.monotonic() - begun
        after = anonymous_memory(server.process.pid)
    yield Figure("workers", options.workers)
    yield Figure("clients at once", options.clients)
    yield Figure("seconds", spent)
    yield Figure("requests", len(heard.seconds))
    yield Figure("requests a second", len(heard.seconds) / spent)
    yield Figure("errors (not 200, broken off, refused)", heard.errors, most=0)
    for share, most in ((0.5, None), (0.99, MOST_P99), (1.0, None)):
        place = min(int(share * len(heard.seconds)), len(heard.seconds) - 1)
        name = "slowest answer" if share == 1 else f"p{share * 100:g} of answers"
        yield Figure(name, sorted(heard.seconds)[place], "s", most)
    yield Figure("memory at the start, all processes", before / 1e6, "MB")
    yield Figure("growth to the end", (after - before) / 1e6, "MB", MAX_GROWTH * options.workers)


def _paths(server: Server, seed: int) -> list[str]:
    """Mixed requests, equal for equal seeds. They do not all fit into the response cache."""
    requests = mixed_requests(known_ids(lambda path: server.get(path).body))
    paths = [next(requests) for _ in range(5_000)]
    Random(seed).shuffle(paths)
    return paths


async def _load(server: Server, paths: list[str], clients: int, seconds: float) -> Heard:
    heard = Heard()
    end = time.monotonic() + seconds
    step = len(paths) // clients
    asking = (
        _client(server, paths[n * step :] + paths[: n * step], end, heard) for n in range(clients)
    )
    await asyncio.gather(*asking)
    return heard


async def _client(server: Server, paths: list[str], end: float, heard: Heard) -> None:
    while time.monotonic() < end:
        try:
            async with _connected(server.port) as (reader, writer):
                for path in paths:
                    begun = time.monotonic()
                    if begun > end:
                        return
                    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                    heard.errors += await _status(reader) != 200
                    heard.seconds.append(time.monotonic() - begun)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            heard.errors += 1


@asynccontextmanager
async def _connected(
    port: int,
) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        yield reader, writer
    finally:
        writer.close()


async def _status(reader: asyncio.StreamReader) -> int:
    """Read a complete answer that has a Content-Length."""
    head = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    lengths = [line for line in head if line.lower().startswith(b"content-length:")]
    await reader.readexactly(int(lengths[0].partition(b":")[2]))
    return int(head[0].split()[1])
