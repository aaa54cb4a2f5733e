"""Events: makes their rows from the entries of a reading."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from app.resources.events import (
    Coding,
    EventRow,
    LinkedAgreement,
    LinkedLaw,
    NumberValue,
)
from app.resources.rows import Reference
from app.vocabularies.events import ASPECTS, EVENT_TYPES, MODALITIES, ROLES
from app.vocabularies.plover import CATEGORIES, PLOVER_CATEGORIES, SCHEME
from app.vocabularies.relations import AGREEMENT_LINKS, LAW_LINKS
from app.vocabularies.trade import UNITS
from app.vocabularies.vocabulary import Code, Vocabulary
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.participants import participants
from seeds.builders.quantities import event_number
from seeds.builders.statements import StatementEntry
from seeds.builders.values import date_value, refuse_lasting
from seeds.builders.wording import refuse_negative_name
from seeds.reading.code_fields import coded
from seeds.reading.entry import (
    AnalystNumber,
    Date,
    Id,
    Ids,
    Implied,
    RelatedRows,
    RowEntry,
    Text,
    Words,
)


class NumberEntry(AnalystNumber):
    """A number of an event that is not a trade figure."""

    of: Text
    """What is counted: "protesters carrying US flags"."""
    words: Words
    """The words of the number, from the quotes of the entry: "tens of thousands"."""
    unit: Annotated[str, coded(UNITS)]


CODINGS = Vocabulary(
    "codings",
    "PLOVER codings",
    "A PLOVER category, or one of its modes behind a slash: `ACCUSE/disapprove`.",
    PLOVER_CATEGORIES.source,
    tuple(
        Code(name if mode is None else f"{name}/{mode}", "", "")
        for name, category in CATEGORIES.items()
        for mode in (None, *category.modes)
    ),
)
"""The values that an entry can write as the coding of an event."""


class EventEntry(RowEntry):
    type: Annotated[str, coded(EVENT_TYPES)]
    summary: Text | None = None
    """One or two sentences in our own words, understandable alone. By default, the first quote;
    write a summary only if it says more."""
    date: Date | None = None
    modality: Annotated[str, coded(MODALITIES)] = "occurred"
    aspect: Annotated[str, coded(ASPECTS)] = "event"
    negated: bool = False
    """Whether the document says that the event did not happen."""
    actors: dict[Annotated[str, coded(ROLES)], Ids] = Field(default_factory=dict)
    """The ids of the participants by role: `{source: donald-trump}`. A medium that only reports the
    event is not a participant."""
    place: Id | None = None
    """The id of the country, territory or city where it happened, an actor of that type."""
    laws: dict[Annotated[str, coded(LAW_LINKS)], Ids] = Field(default_factory=dict)
    """The ids of laws, by what the event does to them: `{signed: strait-act}`."""
    agreements: dict[Annotated[str, coded(AGREEMENT_LINKS)], Ids] = Field(default_factory=dict)
    """The ids of agreements, by what the event does to them: `{invoked: treaty-of-sund}`."""
    according_to: Ids = ()
    """The ids of the actors who report or claim the event, such as media, if the document names
    them."""
    numbers: tuple[NumberEntry, ...] = ()
    related: RelatedRows = Field(default_factory=dict)
    plover: dict[Annotated[str, coded(CODINGS)], Text] = Field(default_factory=dict, max_length=1)
    """The PLOVER coding with its reason: `{ACCUSE/disapprove: Words of blame.}`."""
    statements: tuple[StatementEntry, ...] = ()
    """What was said in this event. By default, each statement has the date and the quotes of the
    event, and its sources as speakers."""

    def implied(self) -> Iterator[Implied]:
        """The statements of the event."""
        quotes = tuple(quote for quote in self.cite if not quote.fields)
        for index, item in enumerate(self.statements):
            known = {
                "event": item.event or self.id,
                "speakers": item.speakers or self.actors.get("source", ()),
                "date": item.date or self.date,
                "cite": item.cite or quotes,
            }
            yield Implied("statement", item.model_copy(update=known), ("statements", index))


PLACE_TYPES = ("country", "territory", "city")


def build_event(entry_context: EntryContext[EventEntry]) -> EventRow:
    """The row of an event."""
    entry = entry_context.entry
    refuse_negative_name(entry_context)
    for links in (entry.laws, entry.agreements):
        for relation, ids in links.items():
            for id in ids:
                entry_context.context.stage_events.setdefault((id, relation), entry)
    coding = _coding(entry_context)
    date = date_value(entry_context, entry.date, is_state=entry.aspect == "state")
    refuse_lasting(entry_context, date, reported=bool(entry.according_to))
    return EventRow(
        **entry_context.common_fields(),
        type=entry.type,
        coding=coding,
        modality=entry.modality,
        aspect=entry.aspect,
        negated=entry.negated,
        summary=entry_context.summary(entry.summary),
        date=date,
        place=_place(entry_context),
        actors=participants(entry_context, coding.category if coding else None),
        laws=[
            LinkedLaw(**reference.model_dump(), relation=relation)
            for relation, ids in entry.laws.items()
            for reference in entry_context.refer_all(ids, "laws", relation, kinds=("law",))
        ],
        agreements=[
            LinkedAgreement(**reference.model_dump(), relation=relation)
            for relation, ids in entry.agreements.items()
            for reference in entry_context.refer_all(
                ids, "agreements", relation, kinds=("agreement",)
            )
        ],
        according_to=entry_context.refer_all(entry.according_to, "according_to"),
        numbers=_numbers(entry_context),
        related=entry_context.related(),
    )


def stage_event(entry_context: EntryContext[Any], stage: str | None) -> EventEntry | None:
    """The first event in which the law or agreement of the entry reaches the stage, or null."""
    found = entry_context.context.stage_events.get((entry_context.entry.id, stage or ""))
    return found if isinstance(found, EventEntry) else None


def acting_actors(event: EventEntry | None) -> tuple[str, ...]:
    """The ids of the actors with the role source or signatory; empty without an event."""
    actors = event.actors if event else {}
    return (*actors.get("source", ()), *actors.get("signatory", ()))


def _coding(entry_context: EntryContext[EventEntry]) -> Coding | None:
    for coding, rationale in entry_context.entry.plover.items():
        name, _, mode = coding.partition("/")
        category = CATEGORIES[name]
        return Coding(
            scheme=SCHEME,
            category=name,
            mode=mode or None,
            quad=category.quad,
            score=category.score,
            rationale=rationale,
        )
    return None


def _place(entry_context: EntryContext[EventEntry]) -> Reference | None:
    id = entry_context.entry.place
    place = entry_context.refer_if(id, "place")
    known = entry_context.context.ids.known.get(id or "")
    if known and known.kind == "actor" and known.type and known.type not in PLACE_TYPES:
        cure = "name a country, a territory or a city, or leave the place out"
        entry_context.fault(f"the place {id!r} is an actor of type {known.type}", cure, "place")
    return place


def _numbers(entry_context: EntryContext[EventEntry]) -> list[NumberValue]:
    numbers: list[NumberValue] = []
    for index, number in enumerate(entry_context.entry.numbers):
        path = ("numbers", index, "words")
        value = event_number(entry_context, number, number.words, number.unit, ("numbers",), *path)
        numbers.append(
            NumberValue(
                of=number.of,
                value=value.value,
                unit=number.unit,
                currency=value.currency,
                approximate=value.approximate,
                text=value.text,
            )
        )
    return numbers


BUILDER = Builder(EventEntry, build_event)
