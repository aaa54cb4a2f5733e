"""Events: from their entries to their rows."""

from typing import Annotated

from pydantic import Field

from app.resources.events import (
    Coding,
    EventRow,
    LinkedAgreement,
    LinkedLaw,
    Number,
    Participant,
)
from app.resources.rows import Reference
from app.vocabularies.events import ASPECTS, EVENT_TYPES, MODALITIES, ROLES
from app.vocabularies.plover import CATEGORIES, PLOVER_CATEGORIES, PLOVER_MODES, SCHEME
from app.vocabularies.relations import AGREEMENT_LINKS, LAW_LINKS
from app.vocabularies.trade import UNITS
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.quantities import counted
from seeds.builders.values import date_value
from seeds.reading.code_fields import coded
from seeds.reading.marked import ByAnalyst, Date, Entry, Id, Marked, Related, Text, Words


class NumberEntry(ByAnalyst):
    """A number that belongs to an event and is not a trade figure."""

    of: Text
    """What is counted: "protesters carrying US flags"."""
    words: Words
    """The words with the number, within the entry's quotes: "tens of thousands"."""
    unit: Annotated[str, coded(UNITS)]


class CodingEntry(Entry):
    """The PLOVER annotation of an event."""

    category: Annotated[str, coded(PLOVER_CATEGORIES)]
    mode: Annotated[str, coded(PLOVER_MODES)] | None = None
    rationale: Text


class LawLinkEntry(Entry):
    id: Id
    relation: Annotated[str, coded(LAW_LINKS)]


class AgreementLinkEntry(Entry):
    id: Id
    relation: Annotated[str, coded(AGREEMENT_LINKS)]


class EventEntry(Marked):
    type: Annotated[str, coded(EVENT_TYPES)]
    summary: Text
    """One or two sentences of ours that say no more than the quotes."""
    date: Date | None = None
    modality: Annotated[str, coded(MODALITIES)] = "occurred"
    aspect: Annotated[str, coded(ASPECTS)] = "event"
    negated: bool = False
    """The document says that it did not happen (is not so)."""
    actors: dict[Annotated[str, coded(ROLES)], tuple[Id, ...]] = Field(default_factory=dict)
    """Participants by role, `source: [donald-trump]`. A medium that reports is none."""
    place: Id | None = None
    """The territory or city (an actor of that type) where it happened."""
    laws: tuple[LawLinkEntry, ...] = ()
    agreements: tuple[AgreementLinkEntry, ...] = ()
    according_to: tuple[Id, ...] = ()
    """Who reports or claims it, if the document says so (media, officials)."""
    numbers: tuple[NumberEntry, ...] = ()
    related: tuple[Related, ...] = ()
    plover: CodingEntry | None = None


PLACES = ("territory", "city")


def build_event(entry_context: EntryContext[EventEntry]) -> EventRow:
    """The row of an event."""
    entry = entry_context.entry
    return EventRow(
        **entry_context.base(),
        type=entry.type,
        coding=_coding(entry_context),
        modality=entry.modality,
        aspect=entry.aspect,
        negated=entry.negated,
        summary=entry.summary,
        date=date_value(entry_context, entry.date, opens=entry.aspect == "state"),
        place=_place(entry_context),
        actors=_participants(entry_context),
        laws=[
            LinkedLaw(
                **entry_context.refer(item.id, "laws", index, "id", kinds=("law",)).model_dump(),
                relation=item.relation,
            )
            for index, item in enumerate(entry.laws)
        ],
        agreements=[
            LinkedAgreement(
                **entry_context.refer(
                    item.id, "agreements", index, "id", kinds=("agreement",)
                ).model_dump(),
                relation=item.relation,
            )
            for index, item in enumerate(entry.agreements)
        ],
        according_to=entry_context.refer_all(entry.according_to, "according_to"),
        numbers=_numbers(entry_context),
        related=entry_context.related(),
    )


def _coding(entry_context: EntryContext[EventEntry]) -> Coding | None:
    coding = entry_context.entry.plover
    if coding is None:
        return None
    category = CATEGORIES[coding.category]
    if coding.mode is not None and coding.mode not in category.modes:
        cure = f"its modes are {', '.join(category.modes)}" if category.modes else "it has no modes"
        message = f"{coding.mode!r} is no mode of {coding.category}"
        entry_context.fault(message, cure, "plover", "mode")
    return Coding(
        scheme=SCHEME,
        category=coding.category,
        mode=coding.mode,
        quad=category.quad,
        score=category.score,
        rationale=coding.rationale,
    )


def _place(entry_context: EntryContext[EventEntry]) -> Reference | None:
    id = entry_context.entry.place
    place = entry_context.refer_if(id, "place")
    known = entry_context.context.directory.known.get(id or "")
    if known and known.kind == "actor" and known.type and known.type not in PLACES:
        cure = "name a territory or a city, or leave the place out"
        entry_context.fault(f"the place {id!r} is an actor of type {known.type}", cure, "place")
    return place


def _participants(entry_context: EntryContext[EventEntry]) -> list[Participant]:
    return [
        Participant(**reference.model_dump(), role=role)
        for role, ids in entry_context.entry.actors.items()
        for reference in entry_context.refer_all(ids, "actors", role)
    ]


def _numbers(entry_context: EntryContext[EventEntry]) -> list[Number]:
    found: list[Number] = []
    for index, number in enumerate(entry_context.entry.numbers):
        path = ("numbers", index, "words")
        value = counted(entry_context, number, number.words, number.unit, ("numbers",), *path)
        found.append(
            Number(
                of=number.of,
                value=value.value,
                unit=number.unit,
                currency=value.currency,
                approximate=value.approximate,
                text=value.text,
            )
        )
    return found


BUILDER = Builder(EventEntry, build_event)
