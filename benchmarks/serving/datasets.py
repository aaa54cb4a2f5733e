"""The bases that are asked: made once, through the loader, and kept in a folder.

Beside each stands what its load took. Run as a program, with a URL and a number of events, it
loads a base and prints that as JSON.
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
from seeds.publish.progress import shown_progress

FOLDER = Path(__file__).parents[2] / "data"
BATCH_SIZE = 250
"""So many rows are made up before the load goes on with them."""


@dataclass(frozen=True)
class Load:
    """What a load took: seconds of CPU, of which the making up of its rows, and bytes."""

    cpu: float
    making_up: float
    memory: int
    size: int


@dataclass(frozen=True)
class Dataset:
    """A base of so many events, and what its load took, if that is known."""

    events: int
    url: URL
    load: Load | None


def size_name(events: int) -> str:
    """Such as `1e6`."""
    return f"{events:.0e}".replace("e+0", "e")


def sqlite_dataset(folder: Path, events: int) -> Dataset:
    """The base in a file, which is made if it is not there, or of another version of this code."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"bench-{size_name(events)}.db"
    return _dataset(URL.create("sqlite", database=str(file)), events, file.with_suffix(".json"))


def postgres_dataset(url: URL, folder: Path, events: int) -> Dataset:
    """The base in a database of a server of which `url` is another one."""
    return _dataset(url, events, folder / f"bench-{size_name(events)}-postgres.json")


def _dataset(url: URL, events: int, note: Path) -> Dataset:
    stored = published_state(url)
    expected = synthetic_content(events).version, rendering_hash()
    if (stored.version, stored.rendering) != expected:
        note.write_text(_load_in_new_process(url, events))
    return Dataset(events, url, Load(**json.loads(note.read_text())) if note.exists() else None)


def _load_in_new_process(url: URL, events: int) -> str:
    """In a process of its own, whose CPU and memory are the load's."""
    database_url = url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", __name__, database_url, str(events)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        raise Unmeasured(f"The load of {events} events ended with {ended.returncode}.")
    return ended.stdout


def _load(url: URL, events: int) -> Load:
    gc.set_threshold(50_000, 20, 50)  # as our command has it
    begun = time.process_time()
    content = synthetic_content(events)
    making_up = TimedRows(content.rows)
    with shown_progress(content.total) as progress:
        publish(url, replace(content, rows=making_up), progress)
    cpu = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    file = Path(url.database or "")
    size = file.stat().st_size if url.get_backend_name() == "sqlite" else 0
    return Load(cpu, making_up.seconds, memory, size)


class TimedRows:
    """Rows that are made up while they are loaded, and the seconds of CPU that it takes to make
    them, which no load of an article has to. Told on the spot: in turns with the load it takes a
    tenth longer than by itself."""

    def __init__(self, rows: Iterable[LoadedRow]) -> None:
        self._rows = iter(rows)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[LoadedRow]:
        while batch := self._next_batch():
            yield from batch

    def _next_batch(self) -> list[LoadedRow]:
        begun = time.process_time()
        batch = list(islice(self._rows, BATCH_SIZE))
        self.seconds += time.process_time() - begun
        return batch


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_load(make_url(sys.argv[1]), int(sys.argv[2])))))
