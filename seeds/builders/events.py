"""Events: from their entries to their rows."""

from app.resources.events import (
    Coding,
    EventRow,
    LinkedAgreement,
    LinkedLaw,
    Number,
    Participant,
)
from app.resources.rows import Reference
from app.vocabularies.plover import CATEGORIES, SCHEME
from seeds.builders.entry_context import Dossier
from seeds.builders.quantities import counted
from seeds.builders.values import date_value
from seeds.reading.entries import EventEntry

PLACES = ("territory", "city")


def load_event(dossier: Dossier[EventEntry]) -> EventRow:
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
