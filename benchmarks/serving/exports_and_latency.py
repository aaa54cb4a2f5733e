"""Measured outside of the rounds: latency of single requests, exports, memory."""

import gzip
import threading
from collections.abc import Generator
from contextlib import contextmanager
from itertools import islice
from statistics import quantiles

import zstandard

from benchmarks.serving.goals import GROWN_MB, P99_MS, ROWS
from benchmarks.serving.http_client import Request, send_requests
from benchmarks.serving.query_values import QueryValues
from benchmarks.serving.sampling import draw_requests
from benchmarks.serving.targets import Target
from benchmarks.serving.workloads import WORKLOADS

EXPORT_ROWS = 100_000
PLAIN = "identity"
EXPORTS = {
    f"W9 {format}{' ' * (encoding != PLAIN)}{encoding.removeprefix(PLAIN)}": (format, encoding)
    for format in ("ndjson", "csv")
    for encoding in (PLAIN, "zstd", "gzip")
}
SEQUENTIAL_REQUESTS = 300
SAMPLE_SECONDS = 0.02

Figure = tuple[tuple[str, str], float]


def latency_of_common_words(target: Target, values: QueryValues) -> Figure:
    """The 99th percentile of the latency of sequential requests."""
    workload = next(each for each in WORKLOADS if each.name == "W5 common")
    paths = (each.ours for each in draw_requests(workload, values, "alone"))
    requests = [Request(path, {}) for path in islice(paths, SEQUENTIAL_REQUESTS)]
    seconds = [answer.seconds for answer in send_requests(target.port, requests, 1)]
    return ("W5 common", P99_MS), quantiles(seconds, n=100)[98] * 1000


def exports(target: Target, values: QueryValues, rounds: int) -> Generator[Figure]:
    """Rows per second of CPU, and the growth of the server's memory."""
    rows = min(EXPORT_ROWS, values.events)
    for name, (format, encoding) in EXPORTS.items():
        path, accepted = f"/v1/events?format={format}", {"Accept-Encoding": encoding}
        request = Request(f"{path}&limit={rows}", accepted)
        send_requests(target.port, [Request(f"{path}&limit=1000", accepted)], 1)
        for _ in range(rounds):
            with sampled_memory(target) as highest:
                before, memory = target.cpu(), target.memory()
                (answer,) = send_requests(target.port, [request], 1)
                spent = target.cpu_since(before)
            found = _unpacked(answer.body, encoding).count(b"\n") - (format == "csv")
            yield (name, ROWS), found / spent
            yield (name, GROWN_MB), (max(highest) - memory) / 1e6


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.decompress(body)
    if encoding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return body


@contextmanager
def sampled_memory(target: Target) -> Generator[list[int]]:
    """Sample the anonymous memory of a server until the context ends."""
    found = [target.memory()]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            found.append(target.memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        ended.set()
        watcher.join()
        found.append(target.memory())
