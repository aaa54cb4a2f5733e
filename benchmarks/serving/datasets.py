"""The synthetic databases. The loader writes each of them once, into a folder that keeps them.

A JSON file beside each database says what its load cost. Run as a program with a URL and a number
of events, this module loads a database and prints this JSON.
"""

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from sqlalchemy import URL, make_url

from app.rendering import rendering_hash
from benchmarks.processes import Unmeasured
from benchmarks.synthetic import synthetic_content
from seeds.dataset_content import LoadedRow
from seeds.publish import publish, published_state
from seeds.publish.progress import progress_display

FOLDER = Path(__file__).parents[2] / "data"
BATCH_SIZE = 250
"""The number of rows that are generated at once, before the load takes them."""


@dataclass(frozen=True)
class Load:
    """The cost of a load: CPU seconds, how many of them generated the rows, and bytes."""

    cpu: float
    making_up: float
    memory: int
    size: int


@dataclass(frozen=True)
class SyntheticDataset:
    """A synthetic database, and the cost of its load if that is known."""

    events: int
    url: URL
    load: Load | None


def size_name(events: int) -> str:
    """Such as `1e6`."""
    return f"{events:.0e}".replace("e+0", "e")


def sqlite_dataset(folder: Path, events: int) -> SyntheticDataset:
    """The database in a file. It is made if it is missing or from another version of this code."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"bench-{size_name(events)}.db"
    return _dataset(URL.create("sqlite", database=str(file)), events, file.with_suffix(".json"))


def postgres_dataset(url: URL, folder: Path, events: int) -> SyntheticDataset:
    """The database at a PostgreSQL URL. It is made if it is missing or outdated."""
    return _dataset(url, events, folder / f"bench-{size_name(events)}-postgres.json")


def _dataset(url: URL, events: int, note: Path) -> SyntheticDataset:
    stored = published_state(url)
    expected = synthetic_content(events).version, rendering_hash()
    if (stored.version, stored.rendering) != expected:
        note.write_text(_load_in_new_process(url, events))
    return SyntheticDataset(
        events, url, Load(**json.loads(note.read_text())) if note.exists() else None
    )


def _load_in_new_process(url: URL, events: int) -> str:
    """Load in a new process, whose CPU and memory belong to the load alone."""
    database_url = url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", __name__, database_url, str(events)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        raise Unmeasured(f"The load of {events} events ended with {ended.returncode}.")
    return ended.stdout


def _load(url: URL, events: int) -> Load:
    gc.set_threshold(50_000, 20, 50)  # as in hkus.py
    started_at = time.process_time()
    content = synthetic_content(events)
    making_up = TimedRows(content.rows)
    with progress_display(content.total) as progress:
        publish(url, replace(content, rows=making_up), progress)
    cpu = time.process_time() - started_at
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    file = Path(url.database or "")
    size = file.stat().st_size if url.get_backend_name() == "sqlite" else 0
    return Load(cpu, making_up.seconds, memory, size)


class TimedRows:
    """Generates rows while they are loaded, and measures the CPU seconds that this takes.

    A load of an article does not generate rows, so this time is subtracted. Generating in
    batches during the load takes a tenth longer than generating alone."""

    def __init__(self, rows: Iterable[LoadedRow]) -> None:
        self._rows = iter(rows)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[LoadedRow]:
        while batch := self._next_batch():
            yield from batch

    def _next_batch(self) -> list[LoadedRow]:
        started_at = time.process_time()
        batch = list(islice(self._rows, BATCH_SIZE))
        self.seconds += time.process_time() - started_at
        return batch


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_load(make_url(sys.argv[1]), int(sys.argv[2])))))
