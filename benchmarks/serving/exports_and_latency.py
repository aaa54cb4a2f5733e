"""What is measured apart from the rounds: latency without a load, exports, memory."""

import gzip
import threading
from collections.abc import Generator
from contextlib import contextmanager
from itertools import islice
from statistics import quantiles

import zstandard

from benchmarks.serving.goals import GROWN_MB, P99_MS, ROWS
from benchmarks.serving.http_client import Question, ask
from benchmarks.serving.query_values import Facts
from benchmarks.serving.sampling import asked
from benchmarks.serving.targets import Target
from benchmarks.serving.workloads import WORKLOADS

EXPORTED = 100_000
PLAIN = "identity"
EXPORTS = {
    f"W9 {format}{' ' * (encoding != PLAIN)}{encoding.removeprefix(PLAIN)}": (format, encoding)
    for format in ("ndjson", "csv")
    for encoding in (PLAIN, "zstd", "gzip")
}
ASKED_ALONE = 300
SAMPLE_SECONDS = 0.02

Figure = tuple[tuple[str, str], float]


def latency_of_common_words(target: Target, facts: Facts) -> Figure:
    """The 99th percentile of requests that come one after the other."""
    workload = next(each for each in WORKLOADS if each.name == "W5 common")
    paths = (each.ours for each in asked(workload, facts, "alone"))
    questions = [Question(path, {}) for path in islice(paths, ASKED_ALONE)]
    seconds = [answer.seconds for answer in ask(target.port, questions, 1)]
    return ("W5 common", P99_MS), quantiles(seconds, n=100)[98] * 1000


def exports(target: Target, facts: Facts, rounds: int) -> Generator[Figure]:
    """Rows for each second of CPU, and by how much the server's memory grows meanwhile."""
    rows = min(EXPORTED, facts.events)
    for name, (format, encoding) in EXPORTS.items():
        path, accepted = f"/v1/events?format={format}", {"Accept-Encoding": encoding}
        question = Question(f"{path}&limit={rows}", accepted)
        ask(target.port, [Question(f"{path}&limit=1000", accepted)], 1)
        for _ in range(rounds):
            with watched(target) as highest:
                before, memory = target.cpu(), target.memory()
                (answer,) = ask(target.port, [question], 1)
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
def watched(target: Target) -> Generator[list[int]]:
    """Collects the anonymous memory of a server, again and again."""
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
