"""The content as batches of table rows, in constant memory, ready to be written anywhere."""

import gc
import json
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Table

from app.entries import Dataset
from app.rendering import rendering_hash
from app.resource import table_of
from app.search.ordinals import Numbering
from app.search.tokens import words_kept
from seeds.content import Content
from seeds.publishing.dictionary import dictionary_rows
from seeds.publishing.links import LinkCounter
from seeds.publishing.progress import Progress
from seeds.publishing.search import Indexing
from seeds.publishing.shredding import TableRow, TableRows, shred
from seeds.publishing.tallies import Tallies

BATCH = 4_000
"""Rows of one table written at once."""

WORDS = 1 << 18
"""So many words are not folded and stemmed a second time; they take up to 100 MB."""

STEP = 500
"""Loaded rows between two signs of progress."""


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
        with words_kept(WORDS), _without_collections():
            yield from self._batches()

    def _batches(self) -> Iterator[TableRows]:
        waiting: defaultdict[Table, list[TableRow]] = defaultdict(list)
        links, tallies = LinkCounter(), Tallies()
        numbering = Numbering()
        for number, loaded in enumerate(self.content.rows):
            rows = list(shred(loaded))
            links.count(loaded.row.kind, rows)
            tallies.count(loaded.row.kind, rows)
            ordinal = numbering.number(loaded.row.kind, loaded.position, loaded.row.id)
            rows += self.indexing(loaded, ordinal)
            for table, values in rows:
                waiting[table].extend(values)
                if len(waiting[table]) >= BATCH:
                    yield table, waiting.pop(table)
            self.counts[loaded.row.kind] += 1
            if number % STEP == STEP - 1:
                self.progress.advance(STEP)
        self.progress.advance(self.counts.total() % STEP)
        yield from waiting.items()
        yield links.rows()
        yield from tallies.rows()
        yield dictionary_rows()
        yield _dataset_row(self.content, self.seeds)


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
