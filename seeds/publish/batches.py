"""Convert the content to batches of table rows, for either database, in constant memory."""

import gc
import json
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, groupby, islice

from sqlalchemy import Table

from app.rendering import rendering_hash
from app.resources.derived import Dataset
from app.resources.dyads import DYADS
from app.resources.resource import table_of
from app.search.ordinals import Numbering
from seeds.dataset_content import Content, LoadedRow
from seeds.publish.actor_parts import part_rows
from seeds.publish.columns import Columns, TableRows, Value
from seeds.publish.dictionary import dictionary_rows
from seeds.publish.dyads import dyads_of
from seeds.publish.flatten import flatten_dyads, flatten_row
from seeds.publish.items import row_items
from seeds.publish.links import LinkCounter
from seeds.publish.progress import Progress
from seeds.publish.render_order import RenderRanks
from seeds.publish.search import SearchRows
from seeds.publish.tallies import Tallies

CHUNK_ROWS = 250
"""Maximum number of loaded rows in one batch. It limits memory: a row may be a document with its
whole text."""


@dataclass
class Batches:
    """Iterates over pairs (table, rows). The row of the dataset comes last.

    After the iteration, `counts` has the number of rows of each kind.
    """

    content: Content
    seeds: str
    progress: Progress
    search_rows: SearchRows
    counts: Counter[str] = field(default_factory=Counter[str])

    def __iter__(self) -> Iterator[TableRows]:
        with _without_garbage_collection():
            yield from self._batches()

    def _batches(self) -> Iterator[TableRows]:
        links, tallies, numbering, ranks = LinkCounter(), Tallies(), Numbering(), RenderRanks()
        for kind, chunk in _chunks(self.content.rows):
            rows = row_items(chunk, ranks)
            tables = dict(flatten_row(rows))
            links.count(kind, tables)
            tallies.count(kind, tables)
            filled = [tables]
            if kind == "event":
                filled.append(self._dyads(chunk, tables, ranks, links, tallies))
            for table, columns in chain.from_iterable(each.items() for each in filled):
                if columns[0]:
                    yield table, zip(*columns, strict=True)
            ordinals = [numbering.number(kind, each.position, each.row.id) for each in chunk]
            yield from self.search_rows(chunk, ordinals, rows.ranks)
            self.counts[kind] += len(chunk)
            self.progress.advance(len(chunk))
        yield part_rows(self.content.actors)
        yield links.rows()
        yield from tallies.rows()
        yield dictionary_rows()
        yield _dataset_row(self.content, self.seeds)

    def _dyads(
        self,
        events: Sequence[LoadedRow],
        tables: Mapping[Table, Columns],
        ranks: RenderRanks,
        links: LinkCounter,
        tallies: Tallies,
    ) -> dict[Table, Columns]:
        """The tables of the dyads of some events, whose own tables are given. Counts the dyads."""
        dyads = dyads_of(events, self.content.actors)
        if not dyads:
            return {}
        chunk = [dyad.loaded for dyad in dyads]
        found = dict(flatten_dyads(row_items(chunk, ranks), [dyad.actors for dyad in dyads]))
        for_each = Counter[Value](dyad.event for dyad in dyads)
        links.count(DYADS.kind, {**tables, **found}, for_each)
        tallies.count(DYADS.kind, found)
        return found


def _chunks(rows: Iterable[LoadedRow]) -> Iterator[tuple[str, list[LoadedRow]]]:
    """Split the rows into chunks of one kind. The rows of a kind come one after the other."""
    for kind, alike in groupby(rows, lambda loaded: loaded.row.kind):
        while chunk := list(islice(alike, CHUNK_ROWS)):
            yield kind, chunk


@contextmanager
def _without_garbage_collection() -> Generator[None]:
    """Disable the garbage collector. The rows have no reference cycles, and the search for cycles
    would take a fifth of the time of a load."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
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
