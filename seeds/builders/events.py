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
from seeds.builders.entry_context import Dossier
from seeds.builders.quantities import counted
from seeds.builders.values import date_value
from seeds.reading.code_fields import coded
from seeds.reading.marked import Date, Entry, Id, Marked, Related, Text, Words


class NumberEntry(Entry):
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


def build_event(dossier: Dossier[EventEntry]) -> EventRow:
    """The row of an event."""
    entry = dossier.entry
    return EventRow(
        **dossier.base(),
        type=entry.type,
        coding=_coding(dossier),
        modality=entry.modality,
        aspect=entry.aspect,
        negated=entry.negated,
        summary=entry.summary,
        date=date_value(dossier, entry.date, opens=entry.aspect == "state"),
        place=_place(dossier),
        actors=_participants(dossier),
        laws=[
            LinkedLaw(
                **dossier.refer(item.id, "laws", index, "id", kinds=("law",)).model_dump(),
                relation=item.relation,
            )
            for index, item in enumerate(entry.laws)
        ],
        agreements=[
            LinkedAgreement(
                **dossier.refer(
                    item.id, "agreements", index, "id", kinds=("agreement",)
                ).model_dump(),
                relation=item.relation,
            )
            for index, item in enumerate(entry.agreements)
        ],
        according_to=dossier.refer_all(entry.according_to, "according_to"),
        numbers=_numbers(dossier),
        related=dossier.related(),
    )


def _coding(dossier: Dossier[EventEntry]) -> Coding | None:
    coding = dossier.entry.plover
    if coding is None:
        return None
    category = CATEGORIES[coding.category]
    if coding.mode is not None and coding.mode not in category.modes:
        cure = f"its modes are {', '.join(category.modes)}" if category.modes else "it has no modes"
        message = f"{coding.mode!r} is no mode of {coding.category}"
        dossier.fault(message, cure, "plover", "mode")
    return Coding(
        scheme=SCHEME,
        category=coding.category,
        mode=coding.mode,
        quad=category.quad,
        score=category.score,
        rationale=coding.rationale,
    )


def _place(dossier: Dossier[EventEntry]) -> Reference | None:
    id = dossier.entry.place
    place = dossier.refer_if(id, "place")
    known = dossier.context.directory.known.get(id or "")
    if known and known.kind == "actor" and known.type and known.type not in PLACES:
        cure = "name a territory or a city, or leave the place out"
        dossier.fault(f"the place {id!r} is an actor of type {known.type}", cure, "place")
    return place


def _participants(dossier: Dossier[EventEntry]) -> list[Participant]:
    return [
        Participant(**reference.model_dump(), role=role)
        for role, ids in dossier.entry.actors.items()
        for reference in dossier.refer_all(ids, "actors", role)
    ]


def _numbers(dossier: Dossier[EventEntry]) -> list[Number]:
    found: list[Number] = []
    for index, number in enumerate(dossier.entry.numbers):
        path = ("numbers", index, "words")
        value = counted(dossier, number.words, number.unit, ("numbers",), *path)
        found.append(
            Number(
                of=number.of,
                value=value.value,
                unit=number.unit,
                approximate=value.approximate,
                text=value.text,
            )
        )
    return found


BUILDER = Builder(EventEntry, build_event)
