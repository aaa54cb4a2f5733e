"""The context of an entry: the entry with all that its loader needs to make a row of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from app.resources.history import Stage
from app.resources.resource import Resource
from app.resources.rows import Reference, Relation, RowLinks
from app.vocabularies.relations import inverse
from seeds.articles import Article
from seeds.builders.citations import Evidence
from seeds.builders.ids import Ids
from seeds.builders.mentions import Mentions
from seeds.builders.quote_offsets import CharRange
from seeds.faults import LoadFault, shown
from seeds.reading.file import Place
from seeds.reading.marked import Marked, Related

E = TypeVar("E", bound=Marked)
ACTOR = ("actor",)
ANY = ()


class Held(NamedTuple):
    """A row holds these words of an article as a value."""

    article: int
    what: Literal["date", "number", "words"]
    span: CharRange
    id: str
    by_analyst: bool = False


@dataclass
class ArticleContext:
    """What all contexts of an article share."""

    directory: Ids
    mentions: Mentions
    faults: list[LoadFault] = field(default_factory=list[LoadFault])
    inverses: defaultdict[str, list[Relation]] = field(
        default_factory=lambda: defaultdict[str, list[Relation]](list)
    )
    """What other entries say about a row, as seen from it."""
    stages: defaultdict[str, list[Stage]] = field(
        default_factory=lambda: defaultdict[str, list[Stage]](list)
    )
    """The stages of each law and agreement, in order; filled from the events."""
    held: list[Held] = field(default_factory=list[Held])


@dataclass
class EntryContext(Generic[E]):
    """One entry, its place, its document and its evidence.

    What is wrong goes to the faults of the context, and a stand-in comes back, so that a loader
    need not care and all faults are found in one run.
    """

    resource: Resource
    entry: E
    place: Place
    article: Article
    evidence: Evidence
    context: ArticleContext
    declared: list[Relation] = field(default_factory=list[Relation])
    by_analyst: list[str] = field(default_factory=list[str])
    """The values that an analyst read, for the note of the row: "date from 'two weeks later'"."""

    @property
    def position(self) -> int:
        """Where the first words stand that the entry cites."""
        cited = self.evidence.cited
        return self.article.position(cited[0].span.start if cited else 0)

    @property
    def reference(self) -> Reference:
        return Reference(kind=self.resource.kind, id=self.entry.id, name=self.entry.name)

    def base(self) -> dict[str, Any]:
        """The fields that every row has; the version is set when the row is complete."""
        entry = self.entry
        links = RowLinks(self=f"/v1/{self.resource.path}/{entry.id}")
        return {
            "id": entry.id, "name": entry.name, "note": entry.note, "version": "", "links": links,
        }  # fmt: skip

    def fault(self, message: str, cure: str, *path: str | int) -> None:
        """Note what is wrong in the entry, or at a field in it."""
        self.context.faults.append(self.place.fault(message, cure, *path))

    def refer(self, id: str, *path: str | int, kinds: tuple[str, ...] = ACTOR) -> Reference:
        """The reference to another row, which must be of one of the kinds; none means any."""
        directory = self.context.directory
        known = directory.known.get(id)
        if known is not None and (not kinds or known.kind in kinds):
            return known.reference
        hint = directory.like(id, kinds)
        if known is not None:
            cure = f"{hint}name one of kind {' or '.join(kinds)}"
            self.fault(f"{id!r} is of kind {known.kind}", cure, *path)
        elif directory.whole:
            new = f"add an entry with this id to {' or '.join(kinds) or 'the reading'}"
            self.fault(f"there is no row {id!r}", f"{hint}Otherwise {new}", *path)
        return Reference(kind="", id=id, name=id)

    def refer_if(
        self, id: str | None, *path: str | int, kinds: tuple[str, ...] = ACTOR
    ) -> Reference | None:
        """The reference to another row, if the entry names one."""
        return None if id is None else self.refer(id, *path, kinds=kinds)

    def refer_all(
        self, ids: Iterable[str], *path: str | int, kinds: tuple[str, ...] = ACTOR
    ) -> list[Reference]:
        """The references to other rows, each once."""
        found = {id: self.refer(id, *path, index, kinds=kinds) for index, id in enumerate(ids)}
        return list(found.values())

    def find(self, words: str, name: str, *path: str | int) -> CharRange | None:
        """Where the words stand in the quotes of the entry; these then prove the field."""
        places = self.evidence.places(words, name)
        if not places:
            if self.evidence.whole:
                self.fault(*self.unquoted(words), *path)
            return None
        self.evidence.prove(places[0], name)
        return places[0]

    def unquoted(self, words: str) -> tuple[str, str]:
        """What to say of words that should stand in the quotes: the message and the cure."""
        message = f"{shown(words)} is not in the quotes of the entry"
        return message, "point at words exactly as they stand in its quotes, or quote more"

    def words(self, words: str, name: str, *path: str | int) -> str:
        """Words of the document that are a value of the row, as they stand in the quotes."""
        span = self.find(words, name, *(path or (name,)))
        if span is None:
            return words
        self.hold("words", span)
        return self.article.plain[span.start : span.end]

    def words_if(self, words: str | None, name: str) -> str | None:
        """Words of the document that are a value of the row, if the entry points at some."""
        return None if words is None else self.words(words, name)

    def hold(
        self, what: Literal["date", "number", "words"], span: CharRange, *, by_analyst: bool = False
    ) -> None:
        """Note that the row holds the words as a value."""
        self.context.held.append(Held(self.article.number, what, span, self.entry.id, by_analyst))
        if by_analyst:
            self.by_analyst.append(f"{what} from {shown(self.article.one_line[slice(*span)])}")

    def note(self) -> str | None:
        """The note of the row: that of the entry, and which values an analyst read."""
        if not self.by_analyst:
            return self.entry.note
        read = f"Read by an analyst: {', '.join(dict.fromkeys(self.by_analyst))}."
        return f"{self.entry.note} {read}" if self.entry.note else read

    def declare(self, related: Iterable[Related]) -> None:
        """Take up what the entry is related to, and tell the other rows of it."""
        for index, item in enumerate(related):
            if item.id == self.entry.id:
                self.fault(f"{item.id!r} is related to itself", "remove it", "related", index)
            speaker = self.refer_if(item.according_to, "related", index, "according_to")
            other = self.refer(item.id, "related", index, "id", kinds=ANY)
            relation, backward = item.relation, inverse(item.relation)
            self.declared.append(_relation(other, relation, speaker))
            self.context.inverses[item.id].append(_relation(self.reference, backward, speaker))

    def related(self) -> list[Relation]:
        """What the entry declares, then what other entries say of this row; each once."""
        found: dict[tuple[str, str, str | None], Relation] = {}
        for relation in (*self.declared, *self.context.inverses[self.entry.id]):
            found.setdefault(_key(relation), relation)
        return list(found.values())


def _relation(other: Reference, relation: str, speaker: Reference | None) -> Relation:
    return Relation(**other.model_dump(), relation=relation, according_to=speaker)


def _key(relation: Relation) -> tuple[str, str, str | None]:
    speaker = relation.according_to
    return relation.id, relation.relation, speaker.id if speaker else None
