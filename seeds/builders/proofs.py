"""Checks that cited words support the fields that they are said to prove.

Three sorts of values can be checked: a row that the words have to name, a date, and a negation.
For other values (a type, a name of ours) a person has to judge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.resources.rows import Citation, CitedRow, DateValue, Reference, Relation
from app.schema import Schema
from seeds.articles import Article
from seeds.builders.citations import NEVER_CITED, CitedWords
from seeds.builders.entry_context import EntryContext
from seeds.builders.ids import Ids, KnownRow
from seeds.builders.quote_offsets import CharRange, elided_occurrences
from seeds.faults import quoted

NEGATIONS = re.compile(
    r"(?i)\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['\u2019]t\b"
)
"""The words that negate a sentence."""

UNPROVEN = NEVER_CITED | {"note", "coding", "history", "status"}
"""Fields that no words have to prove: they are ours, or they follow from other rows."""

_NAMED = ("actor", "law", "agreement")
_STATES = ("country", "territory")
_FOLDED = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019\u02bc", "------''")


@dataclass
class Names:
    """Where an article names each row, and which words the entry of each row cites."""

    article: Article
    ids: Ids
    cited: dict[str, list[CharRange]]
    """The quotes of each entry in this article, by its id."""
    _found: dict[str, list[CharRange]] = field(default_factory=dict[str, list[CharRange]])

    def is_in(self, reference: Reference, span: CharRange) -> bool:
        """Whether words name a row.

        They do if they hold a name of it. A row without a name in the article is named by the words
        that its own entry cites, and all rows of a section by the heading of that section.
        """
        named = self._named(reference.id)
        if any(span.contains(place) for place in named):
            return True
        if named and reference.kind in _NAMED:
            return False
        own = self.cited.get(reference.id, ())
        return not own or any(span.overlaps(item) or self._heads(span, item) for item in own)

    def is_country_in(self, code: str, span: CharRange) -> bool:
        """Whether words name a state or territory with this code. True if there is no such row."""
        states = [item.id for item in self.ids.known.values() if _is_state(item, code)]
        return not states or any(span.contains(place) for id in states for place in self._named(id))

    def _heads(self, span: CharRange, other: CharRange) -> bool:
        """Whether the first words are the heading of the section in which the others stand."""
        document = self.article.document
        passage = document.passage_at(span.start)
        if passage is None or passage.type != "heading":
            return False
        section = document.section_at(span.start).id
        return document.section_at(other.start).id in document.subsections(section) | {section}

    def _named(self, id: str) -> list[CharRange]:
        """The places of all names of a row."""
        if id not in self._found:
            known = self.ids.known.get(id)
            names = dict.fromkeys(_names_of(known)) if known else {}
            self._found[id] = [place for name in names for place in self._places(name)]
        return self._found[id]

    def _places(self, name: str) -> Iterator[CharRange]:
        """The places of a name as whole words. Only its first letter may be of either case."""
        if "\u2026" in name:
            yield from elided_occurrences(self.article.one_line, name)
            return
        line, words = self._line, name.translate(_FOLDED)
        for initial in dict.fromkeys((words[0].lower(), words[0].upper())):
            start = line.find(initial + words[1:])
            while start >= 0:
                end = start + len(words)
                if not (line[start - 1 : start].isalnum() or line[end : end + 1].isalnum()):
                    yield CharRange(start, end)
                start = line.find(initial + words[1:], start + 1)

    @cached_property
    def _line(self) -> str:
        return self.article.one_line.translate(_FOLDED)


def _is_state(known: KnownRow, code: str) -> bool:
    return known.type in _STATES and getattr(known.entry, "country", None) == code


def _names_of(known: KnownRow) -> Iterator[str]:
    """All words that mean a row: its names, what it is called, and its description."""
    yield known.name
    for name in ("aliases", "called"):
        yield from getattr(known.entry, name, ())
    description = getattr(known.entry, "description", None)
    if isinstance(description, str):
        yield description


@dataclass(frozen=True)
class Value:
    """A value of a field that cited words can support."""

    field: str
    shown: str
    """The value in messages."""
    reference: Reference | None = None

    def is_in(self, names: Names, row: CitedRow, span: CharRange) -> bool:
        """Whether the words support the value."""
        article = names.article
        if self.reference is not None:
            return names.is_in(self.reference, span)
        if self.field == "country":
            return names.is_country_in(self.shown, span)
        words = article.one_line[slice(*span)]
        if self.field == "negated":
            return bool(NEGATIONS.search(words))
        text = getattr(getattr(row, "date", None), "text", "")
        parts = [part.strip() for part in str(text).split("\u2026")]
        return any(part in words for part in parts) or any(
            span.overlaps(CharRange(item.start, item.end)) for item in article.dates
        )


def values(row: CitedRow, declared: Sequence[Relation]) -> dict[str, list[Value]]:
    """The values of a row that cited words can support, by field. Of the relations only the
    `declared` ones: the entries of the other rows prove their inverses."""
    found: dict[str, list[Value]] = {}
    for name in type(row).model_fields:
        if name in UNPROVEN:
            continue
        value = list(declared) if name == "related" else getattr(row, name)
        if name == "country" and isinstance(value, str):
            found[name] = [Value(name, value)]
        elif name == "negated" and value is True:
            found[name] = [Value(name, "negated: true")]
        elif isinstance(value, DateValue):
            found[name] = [Value(name, value.edtf)]
        elif references := list(_references(value)):
            found[name] = [Value(name, item.name, item) for item in references if item.kind]
    return found


def _references(value: Any) -> Iterator[Reference]:
    """The references in a value of a field."""
    if isinstance(value, Reference):
        yield value
        if isinstance(value, Relation) and value.according_to is not None:
            yield value.according_to
    elif isinstance(value, list):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _references(item)
    elif isinstance(value, Schema):
        for name in type(value).model_fields:
            yield from _references(getattr(value, name))


def claims(
    entry_context: EntryContext[Any], row: CitedRow, names: Names
) -> dict[str, list[CharRange]]:
    """For each field that can be checked: the quotes for the whole entry that prove it.

    A quote for the whole entry proves a field if it supports a value that no quote for this field
    supports. Adds a fault for each value without a proof, and for each quote that proves no value
    of its field.
    """
    proving: dict[str, list[CharRange]] = {}
    cited = entry_context.evidence.cited
    if getattr(row, "country", None) and not getattr(entry_context.entry, "country", None):
        for item in cited:  # The country follows from an affiliation, and so does its proof.
            item.fields |= {"country"} if "affiliations" in item.fields else set()
    for name, items in values(row, entry_context.declared).items():
        explicit = [item for item in cited if name in item.fields]
        whole = [item.span for item in cited if item.is_default and name not in item.fields]
        left = [
            value
            for value in items
            if not any(value.is_in(names, row, item.span) for item in explicit)
        ]
        proving[name] = [
            span for span in whole if any(value.is_in(names, row, span) for value in left)
        ]
        if entry_context.is_faulty or not items:
            continue
        missing = [
            value
            for value in left
            if not any(value.is_in(names, row, span) for span in whole)
            and not (name == "country" and explicit)
        ]
        for value in missing:
            _refuse_unproven(entry_context, value)
        if missing:
            continue
        for item in explicit:
            if name in item.named and not any(
                value.is_in(names, row, item.span) for value in items
            ):
                _refuse_quote(entry_context, item, name, items)
    return proving


def _refuse_unproven(entry_context: EntryContext[Any], value: Value) -> None:
    words = "hold no negation" if value.field == "negated" else f"do not name {value.shown!r}"
    cited = " / ".join(
        quoted(entry_context.article.one_line[slice(*item.span)], 80)
        for item in entry_context.evidence.cited
        if item.is_default or value.field in item.fields
    )
    message = f"the cited words {words}, which stands in {value.field!r}: {cited}"
    cure = f"add the words that do: `proof: {{{value.field}: words}}`, or take the value out"
    entry_context.fault(message, cure, value.field)


def _refuse_quote(
    entry_context: EntryContext[Any], item: CitedWords, name: str, items: Sequence[Value]
) -> None:
    words = quoted(entry_context.article.one_line[slice(*item.span)], 80)
    known = ", ".join(repr(value.shown) for value in items)
    message = f"the words {words} are said to prove {name!r}, and name none of {known}"
    entry_context.fault(message, f"quote words that do, or take {name!r} out", *item.path)


def refuse_idle(entry_context: EntryContext[Any], citations: Sequence[Citation]) -> None:
    """Add a fault for each quote of the entry that proves nothing."""
    for item, citation in zip(entry_context.evidence.cited, citations, strict=True):
        if item.path and not citation.fields and not entry_context.is_faulty:
            message = f"the words {quoted(citation.exact, 80)} prove no field of the row"
            cure = (
                "remove them; a sentence that no row needs stands in `background:`, with a reason"
            )
            entry_context.fault(message, cure, *item.path)
