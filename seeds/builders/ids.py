"""The ids of all articles. Each id must belong to only one row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.resources.rows import Reference
from seeds.articles import Article, Found
from seeds.builders.passages import passage_ids
from seeds.faults import LoadFault, nearest
from seeds.reading.marked import Marked
from seeds.reading.places import Place


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that entries can refer to. `type` is null if the kind has no types.

    `entry` is null for documents and passages, and for entries with faults.
    """

    kind: str
    id: str
    name: str
    type: str | None
    place: Place
    entry: Marked | None = None

    @property
    def reference(self) -> Reference:
        return Reference(kind=self.kind, id=self.id, name=self.name)


@dataclass
class Ids:
    """All current and former ids.

    `whole` is false if a file could not be read. Then ids may be missing.
    """

    known: dict[str, KnownRow] = field(default_factory=dict[str, KnownRow])
    former: dict[str, str] = field(default_factory=dict[str, str])
    whole: bool = True

    def like(self, id: str, kinds: tuple[str, ...]) -> str:
        """A hint for error messages: the known id with the most similar spelling."""
        return nearest(id, [key for key, item in self.known.items() if item.kind in kinds])


def read_ids(found: Found) -> tuple[Ids, list[LoadFault]]:
    """Collect the ids of all articles, with a fault for each id that is used twice."""
    ids, faults, articles = Ids(whole=found.whole), list[LoadFault](), found.articles
    for article in articles:
        for item in _known(article):
            other = ids.known.setdefault(item.id, item)
            if other is not item:
                where = f"{other.place.file}:{other.place.line('id')}, {_a(other.kind)}"
                cure = f"give one of them another id; the other one is in {where}"
                faults.append(item.place.fault(f"the id {item.id!r} is used twice", cure, "id"))
    for article in articles:
        faults += _former(article, ids)
    faults += _prefixes(articles)
    return ids, faults


def _known(article: Article) -> Iterator[KnownRow]:
    reading = article.reading
    if reading.reading is not None:
        source = reading.reading.document
        yield KnownRow("document", source.id, source.name, None, reading.place("document"))
        place = reading.place("document", "passages")
        for id in passage_ids(article.document, source.passages).values():
            yield KnownRow("passage", id, id, None, place)
    for kind, entry, place in reading.entries():
        yield KnownRow(kind, entry.id, entry.name, getattr(entry, "type", None), place, entry)
    for broken in reading.broken:
        yield KnownRow(broken.kind, broken.id, broken.id, None, broken.place)


def _former(article: Article, ids: Ids) -> Iterator[LoadFault]:
    """Faults of former and retired ids that belong to another row. An id is never reused."""
    for _, entry, place in article.reading.entries():
        for index, id in enumerate(entry.formerly):
            if id in ids.known or id in ids.former:
                message = f"the former id {id!r} stands for another row"
                yield place.fault(message, "keep it with one row only", "formerly", index)
            ids.former.setdefault(id, entry.id)
    reading = article.reading.reading
    for index, id in enumerate(reading.retired if reading else ()):
        if id in ids.known or id in ids.former:
            place = article.reading.place("retired", index)
            yield place.fault(f"the retired id {id!r} is in use", "give the row another id")


def _prefixes(articles: Iterable[Article]) -> Iterator[LoadFault]:
    owners: dict[str, str] = {}
    for article in articles:
        if article.reading.reading is not None:
            prefix = article.reading.reading.document.passages
            other = owners.setdefault(prefix, article.reading.file)
            if other != article.reading.file:
                place = article.reading.place("document", "passages")
                message = f"`passages: {prefix}` is used by {other} too"
                yield place.fault(message, "choose another beginning for the ids of its passages")


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"
