"""The ids of all articles. Each id must belong to only one row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.resources.rows import Reference
from seeds.articles import Article, FoundArticles
from seeds.builders.passages import passage_ids
from seeds.faults import LoadFault, nearest
from seeds.reading.entry import RowEntry
from seeds.reading.locations import FileLocation


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that entries can refer to. `type` is null if the kind has no types.

    `entry` is null for documents and passages, and for entries with faults.
    """

    kind: str
    id: str
    name: str
    type: str | None
    location: FileLocation
    entry: RowEntry | None = None

    @property
    def reference(self) -> Reference:
        return Reference(kind=self.kind, id=self.id, name=self.name)


@dataclass
class Ids:
    """All current and former ids.

    `complete` is false if a file could not be read. Then ids may be missing.
    """

    known: dict[str, KnownRow] = field(default_factory=dict[str, KnownRow])
    former: dict[str, str] = field(default_factory=dict[str, str])
    complete: bool = True

    def suggestion(self, id: str, kinds: tuple[str, ...]) -> str:
        """A hint for error messages: the known id with the most similar spelling."""
        return nearest(id, [key for key, item in self.known.items() if item.kind in kinds])


def read_ids(found: FoundArticles) -> tuple[Ids, list[LoadFault]]:
    """Collect the ids of all articles, with a fault for each id that is used twice."""
    ids, faults, articles = Ids(complete=found.complete), list[LoadFault](), found.articles
    for article in articles:
        for item in _rows_of(article):
            other = ids.known.setdefault(item.id, item)
            if other is not item:
                first = other.location
                owner = f"{first.file}:{first.line('id')}, {_with_article(other.kind)}"
                cure = f"give one of them another id; the other one is in {owner}"
                faults.append(item.location.fault(f"the id {item.id!r} is used twice", cure, "id"))
    for article in articles:
        faults += _former_id_faults(article, ids)
    faults += _prefix_faults(articles)
    return ids, faults


def _rows_of(article: Article) -> Iterator[KnownRow]:
    reading = article.reading
    if reading.reading is not None:
        source = reading.reading.document
        yield KnownRow("document", source.id, source.name, None, reading.location("document"))
        location = reading.location("document", "passages")
        for id in passage_ids(article.document, source.passages).values():
            yield KnownRow("passage", id, id, None, location)
    for kind, entry, location in reading.entries():
        yield KnownRow(kind, entry.id, entry.name, getattr(entry, "type", None), location, entry)
    for faulty in reading.faulty:
        yield KnownRow(faulty.kind, faulty.id, faulty.id, None, faulty.location)


def _former_id_faults(article: Article, ids: Ids) -> Iterator[LoadFault]:
    """Faults of former and retired ids that belong to another row. An id is never reused."""
    for _, entry, location in article.reading.entries():
        for index, id in enumerate(entry.formerly):
            if id in ids.known or id in ids.former:
                message = f"the former id {id!r} already belongs to another row"
                yield location.fault(message, "keep it with one row only", "formerly", index)
            ids.former.setdefault(id, entry.id)
    reading = article.reading.reading
    for index, id in enumerate(reading.retired if reading else ()):
        if id in ids.known or id in ids.former:
            location = article.reading.location("retired", index)
            yield location.fault(f"the retired id {id!r} is in use", "give the row another id")


def _prefix_faults(articles: Iterable[Article]) -> Iterator[LoadFault]:
    owners: dict[str, str] = {}
    for article in articles:
        if article.reading.reading is not None:
            prefix = article.reading.reading.document.passages
            other = owners.setdefault(prefix, article.reading.file)
            if other != article.reading.file:
                location = article.reading.location("document", "passages")
                message = f"`passages: {prefix}` is used by {other} too"
                yield location.fault(
                    message, "choose another beginning for the ids of its passages"
                )


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"
