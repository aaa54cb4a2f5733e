"""The content as batches of table rows, in constant memory, ready to be written anywhere."""

import gc
import json
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, islice

from app.rendering import rendering_hash
from app.resources.derived import Dataset
from app.resources.resource import table_of
from app.search.ordinals import Numbering
from seeds.dataset_content import Content, LoadedRow
from seeds.publish.columns import TableRows
from seeds.publish.dictionary import dictionary_rows
from seeds.publish.flatten import flatten_row
from seeds.publish.items import themselves
from seeds.publish.links import LinkCounter
from seeds.publish.progress import Progress
from seeds.publish.render_order import RenderRanks
from seeds.publish.search import Indexing
from seeds.publish.tallies import Tallies

CHUNK = 250
"""Loaded rows of one kind that are taken apart at once: no more, since among them may be documents
with all of their text."""


@dataclass
class Batches:
    """Iterates over (table, rows); `counts` says afterwards how many rows of each kind there were.

    The row of the dataset comes last.
    """

    content: Content
    seeds: str
    progress: Progress
    indexing: Indexing
    counts: Counter[str] = field(default_factory=Counter[str])

    def __iter__(self) -> Iterator[TableRows]:
        with _without_collections():
            yield from self._batches()

    def _batches(self) -> Iterator[TableRows]:
        links, tallies, numbering, places = LinkCounter(), Tallies(), Numbering(), RenderRanks()
        for kind, chunk in _chunks(self.content.rows):
            rows = themselves(chunk, places)
            tables = dict(flatten_row(rows))
            links.count(kind, tables)
            tallies.count(kind, tables)
            for table, columns in tables.items():
                if columns[0]:
                    yield table, zip(*columns, strict=True)
            ordinals = [numbering.number(kind, each.position, each.row.id) for each in chunk]
            yield from self.indexing(chunk, ordinals, rows.places)
            self.counts[kind] += len(chunk)
            self.progress.advance(len(chunk))
        yield links.rows()
        yield from tallies.rows()
        yield dictionary_rows()
        yield _dataset_row(self.content, self.seeds)


def _chunks(rows: Iterable[LoadedRow]) -> Iterator[tuple[str, list[LoadedRow]]]:
    """Some rows at a time, of one kind, which come one behind the other."""
    for kind, alike in groupby(rows, lambda loaded: loaded.row.kind):
        while chunk := list(islice(alike, CHUNK)):
            yield kind, chunk


@contextmanager
def _without_collections() -> Generator[None]:
    """Rows hold no cycles, and to look for some among so many takes a fifth of a load."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _dataset_row(content: Content, seeds: str) -> TableRows:
    table = table_of(Dataset)
    values = {
        "version": content.version,
        "rendering": rendering_hash(),
        "loaded_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "coverage": json.dumps(content.coverage, ensure_ascii=False),
        "seeds": seeds,
    }
    return table, [tuple(values[column.name] for column in table.columns)]
