"""Synthetic content for a load, generated during the load."""

from collections.abc import Iterator
from pathlib import Path

from app.hashing import short_hash
from app.resources.actors import ActorRow
from benchmarks.synthetic.actors import ACTORS, actor_rows
from benchmarks.synthetic.articles import SENTENCES, articles, document_row, passage_rows
from benchmarks.synthetic.events import event_rows
from seeds.dataset_content import Content, LoadedRow

SEED = 1


def synthetic_content(events: int, seed: int = SEED) -> Content:
    """Content with this many events and everything that belongs to them.

    The hash of all rows is not known before they are generated. So the version is a hash of the
    size, the seed and the generating code.
    """
    version = short_hash([events, seed, _code()])
    documents = -(-events // SENTENCES)
    total = events + ACTORS + documents + events
    actors = {
        row.id: row for loaded in actor_rows(version) if isinstance(row := loaded.row, ActorRow)
    }
    return Content(version, _rows(events, seed, version), total, {"made_up": total}, actors)


def _rows(events: int, seed: int, version: str) -> Iterator[LoadedRow]:
    for article in articles(seed, events):
        yield from event_rows(article, seed, version)
    yield from actor_rows(version)
    for article in articles(seed, events):
        yield document_row(article, version)
    for article in articles(seed, events):
        yield from passage_rows(article, version)


def _code() -> list[str]:
    return [file.read_text() for file in sorted(Path(__file__).parent.glob("*.py"))]
