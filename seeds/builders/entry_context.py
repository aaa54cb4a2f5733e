"""The context of an entry: the entry, its location in the file, its article and its evidence."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from app.resources.history import Stage
from app.resources.resource import Resource
from app.resources.rows import Reference, Relation, RowLinks
from app.vocabularies.kinds import REGISTRY
from app.vocabularies.relations import inverse
from seeds.articles import Article
from seeds.builders.citations import Evidence
from seeds.builders.ids import Ids
from seeds.builders.mentions import Mentions
from seeds.builders.quote_offsets import CharRange
from seeds.faults import LoadFault, quoted
from seeds.reading.entry import Related, RowEntry
from seeds.reading.locations import FileLocation

E = TypeVar("E", bound=RowEntry)
ACTOR = ("actor",)
ANY = ()
_LIST_OF_KIND = {kind.code: kind.module for kind in REGISTRY}
"""The name of the list of entries in a reading, by kind."""

POINTING = re.compile(
    r"(?i)(?:he|she|it|they|this|these|those|that|his|her|its|their|such|both|however|immediately|"
    r"by contrast|at the time|then|there|together)\b"
)
"""Beginnings of a sentence that point at another sentence."""
_POINTING_INSIDE = re.compile(r"(?i)\b(?:he|she|his|her|this act|these measures|the same day)\b")
"""Words inside a sentence that mostly point at another sentence."""
_MARKS = " .!?\"'\u2019\u201d"
LONGEST_SUMMARY = 320
"""How many characters a sentence can have to be a summary."""
_SENTENCE_END = re.compile(r"""[.!?]["'\u2019\u201d]*$""")


class ValueWords(NamedTuple):
    """Words of an article whose meaning is stored as a value of a row."""

    article: int
    what: Literal["date", "number", "words"]
    span: CharRange
    id: str
    by_analyst: bool = False


@dataclass
class ArticleContext:
    """Data that the contexts of all entries share."""

    ids: Ids
    mentions: Mentions
    faults: list[LoadFault] = field(default_factory=list[LoadFault])
    inverses: defaultdict[str, list[Relation]] = field(
        default_factory=lambda: defaultdict[str, list[Relation]](list)
    )
    """Inverse relations by the id of the target row. Other entries declare them."""
    inverse_proofs: defaultdict[str, list[tuple[int, CharRange]]] = field(
        default_factory=lambda: defaultdict[str, list[tuple[int, CharRange]]](list)
    )
    """The quotes that prove an inverse relation by the id of the target row, with their article."""
    stages: defaultdict[str, list[Stage]] = field(
        default_factory=lambda: defaultdict[str, list[Stage]](list)
    )
    """The stages of each law and agreement by its id, in order. They come from the events."""
    stage_events: dict[tuple[str, str], RowEntry] = field(
        default_factory=dict[tuple[str, str], RowEntry]
    )
    """The first event of each stage, by the id of the law or agreement and the stage."""
    value_words: list[ValueWords] = field(default_factory=list[ValueWords])
    checked: int = 0
    """How many of the faults come from the building of rows, before their proofs are checked."""

    def is_faulty(self, location: FileLocation) -> bool:
        """Whether the building of the row at this location has found a fault."""
        return any(
            (fault.file, fault.entry) == (location.file, location.entry)
            for fault in self.faults[: self.checked]
        )


@dataclass
class EntryContext(Generic[E]):
    """Everything that a builder needs to make the row of one entry.

    On a fault, a method adds it to the faults of the context and returns a placeholder. So one run
    finds all faults, and builders need no error handling.
    """

    resource: Resource
    entry: E
    location: FileLocation
    article: Article
    evidence: Evidence
    context: ArticleContext
    declared: list[Relation] = field(default_factory=list[Relation])
    by_analyst: list[str] = field(default_factory=list[str])
    """Descriptions of values that an analyst read: "date from 'two weeks later'". The note of the
    row lists them."""

    @property
    def position(self) -> int:
        """The position of the first words that the entry cites, counted over all articles."""
        cited = self.evidence.cited
        return self.article.position(cited[0].span.start if cited else 0)

    @property
    def is_faulty(self) -> bool:
        """Whether the entry has a fault that may be the cause of others."""
        return not self.evidence.complete or self.context.is_faulty(self.location)

    @property
    def reference(self) -> Reference:
        return Reference(kind=self.resource.kind, id=self.entry.id, name=self.entry.name)

    def common_fields(self) -> dict[str, Any]:
        """The fields of every row. The version is set when the row is complete."""
        entry = self.entry
        links = RowLinks(self=f"/v1/{self.resource.path}/{entry.id}")
        return {
            "id": entry.id, "name": entry.name, "note": entry.note, "version": "", "links": links,
        }  # fmt: skip

    def fault(self, message: str, cure: str, *path: str | int) -> None:
        """Add a fault of the entry, or of a field in it."""
        self.context.faults.append(self.location.fault(message, cure, *path))

    def refer(self, id: str, *path: str | int, kinds: tuple[str, ...] = ACTOR) -> Reference:
        """The reference to another row of one of the kinds. Empty `kinds` allows any kind."""
        ids = self.context.ids
        known = ids.known.get(id)
        if known is not None and (not kinds or known.kind in kinds):
            return known.reference
        hint = ids.suggestion(id, kinds)
        if known is not None:
            cure = f"{hint}name one of kind {' or '.join(kinds)}"
            self.fault(f"{id!r} is of kind {known.kind}", cure, *path)
        elif ids.complete:
            lists = " or ".join(f"`{_LIST_OF_KIND[kind]}:`" for kind in kinds)
            cure = f"add an entry with this id to {lists or 'the reading'}"
            cure = f"{hint}Otherwise, {cure}" if hint else cure
            self.fault(f"there is no row {id!r}", cure, *path)
        return Reference(kind="", id=id, name=id)

    def refer_if(
        self, id: str | None, *path: str | int, kinds: tuple[str, ...] = ACTOR
    ) -> Reference | None:
        """The reference to another row, if the entry names one."""
        return None if id is None else self.refer(id, *path, kinds=kinds)

    def refer_all(
        self, ids: Iterable[str], *path: str | int, kinds: tuple[str, ...] = ACTOR
    ) -> list[Reference]:
        """The references to other rows, without duplicates."""
        references = {id: self.refer(id, *path, index, kinds=kinds) for index, id in enumerate(ids)}
        return list(references.values())

    def find(self, words: str, name: str, *path: str | int) -> CharRange | None:
        """The first span of the words in the quotes of the entry. They then prove the field."""
        spans = self.evidence.find_spans(words, name)
        if not spans:
            if self.evidence.complete:
                self.fault(*self.not_in_quotes(words), *path)
            return None
        self.evidence.prove(spans[0], name)
        return spans[0]

    def not_in_quotes(self, words: str) -> tuple[str, str]:
        """The message and the cure of the fault: the words are in no quote of the entry."""
        message = f"{quoted(words)} is not in the quotes of the entry"
        return message, "write the words exactly as they are in its quotes, or add a quote"

    def words(self, words: str, name: str, *path: str | int) -> str:
        """The value of a field as words of the document. They must stand in the quotes."""
        span = self.find(words, name, *(path or (name,)))
        if span is None:
            return words
        self.record_value("words", span)
        return self.article.plain[span.start : span.end]

    def words_if(self, words: str | None, name: str) -> str | None:
        """Like `words`, but null if the entry gives no words."""
        return None if words is None else self.words(words, name)

    def record_value(
        self, what: Literal["date", "number", "words"], span: CharRange, *, by_analyst: bool = False
    ) -> None:
        """Record that a value of the row comes from these words."""
        self.context.value_words.append(
            ValueWords(self.article.number, what, span, self.entry.id, by_analyst)
        )
        if by_analyst:
            self.by_analyst.append(f"{what} from {quoted(self.article.one_line[slice(*span)])}")

    def note(self) -> str | None:
        """The note of the row: the note of the entry, then the values that an analyst read."""
        if not self.by_analyst:
            return self.entry.note
        read = f"Read by an analyst: {', '.join(dict.fromkeys(self.by_analyst))}."
        return f"{self.entry.note} {read}" if self.entry.note else read

    def summary(self, text: str | None) -> str:
        """The summary of the entry. By default, the sentence that proves it, or else the name.

        The name stands for a sentence that is cited in part, is long, points at another sentence,
        or tells what somebody alleges, announces, plans or threatens.
        """
        usual = self._usual_summary()
        if text is None:
            return usual
        if found := POINTING.match(text):
            message = f"the summary begins with {found[0]!r}, which points at another sentence"
            self.fault(message, "name who or what is meant, so that it stands alone", "summary")
        if _only_words(text) == _only_words(usual):
            message = f"the summary {quoted(text)} only repeats its quote or its name"
            self.fault(message, "leave it out; it is made from them", "summary")
        return text

    def _usual_summary(self) -> str:
        span = self.evidence.first_for("summary")
        passage = self.article.document.passage_at(span.start) if span else None
        if span is None or passage is None:
            return ""
        words = " ".join(self.article.text[slice(*span)].split())
        rest = self.article.text[span.end : passage.end].strip(_MARKS)
        is_sentence = passage.type == "sentence" and passage.start == span.start and not rest
        is_sentence = is_sentence and span.end <= passage.end
        is_alleged = getattr(self.entry, "modality", "occurred") != "occurred"
        points = POINTING.match(words) or _POINTING_INSIDE.search(words)
        if not is_sentence or is_alleged or points or len(words) > LONGEST_SUMMARY:
            words = self.entry.name
        return words[:1].upper() + words[1:] + ("" if _SENTENCE_END.search(words) else ".")

    def declare(self, related: Mapping[str, Iterable[Related]]) -> None:
        """Record the relations of the entry, and the inverse relation for each target row."""
        for relation, items in related.items():
            for index, item in enumerate(items):
                self._relate(relation, item, "related", relation, index)

    def _relate(self, relation: str, item: Related, *path: str | int) -> None:
        if item.id == self.entry.id:
            self.fault(f"{item.id!r} is related to itself", "remove it", *path)
        speaker = self.refer_if(item.according_to, *path, "according_to")
        other = self.refer(item.id, *path, "id", kinds=ANY)
        self.declared.append(_relation(other, relation, speaker))
        backward = _relation(self.reference, inverse(relation), speaker)
        self.context.inverses[item.id].append(backward)
        self.context.inverse_proofs[item.id] += [
            (self.article.number, cited.span)
            for cited in self.evidence.cited
            if "related" in cited.fields
        ]

    def prove_inverses(self, names: Callable[[Reference, CharRange], bool]) -> None:
        """Cite the quotes by which other entries of the article prove a relation to this row.

        `names` says whether words name a row. Quotes that do not name this row are left out.
        """
        for number, span in self.context.inverse_proofs[self.entry.id]:
            if number == self.article.number and names(self.reference, span):
                self.evidence.add(span, {"related"})

    def related(self) -> list[Relation]:
        """The relations that the entry declares, then those from other entries, no duplicates."""
        relations: dict[tuple[str, str, str | None], Relation] = {}
        for relation in (*self.declared, *self.context.inverses[self.entry.id]):
            relations.setdefault(_key(relation), relation)
        return list(relations.values())


def _only_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _relation(other: Reference, relation: str, speaker: Reference | None) -> Relation:
    return Relation(**other.model_dump(), relation=relation, according_to=speaker)


def _key(relation: Relation) -> tuple[str, str, str | None]:
    speaker = relation.according_to
    return relation.id, relation.relation, speaker.id if speaker else None
