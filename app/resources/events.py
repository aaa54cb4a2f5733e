"""Events: the events and states that the documents report."""

from typing import Annotated, Any, Literal

from sqlalchemy import Index, false
from sqlalchemy.orm import Mapped, declared_attr

from app.resources.actors import Actor, within
from app.resources.bases import ChildTable, DatedColumns, DateRangeColumns, Record, date_indexes
from app.resources.columns import (
    code,
    denormalised,
    derived,
    flag,
    number,
    owner,
    position,
    reference,
    render_rank,
    words,
)
from app.resources.documents import in_documents
from app.resources.filter_types import PairColumn, coded, flagged, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, Relation, in_vocabulary
from app.resources.shared import EntryRelation
from app.schema import Schema
from app.vocabularies.events import ASPECTS, EVENT_TYPES, MODALITIES, ROLES, side_of
from app.vocabularies.kinds import READ_KINDS
from app.vocabularies.plover import PLOVER_CATEGORIES, PLOVER_MODES, QUADS
from app.vocabularies.relations import AGREEMENT_LINKS, LAW_LINKS
from app.vocabularies.trade import CURRENCIES, UNITS
from app.vocabularies.vocabulary import Side


class Event(DatedColumns, Record):
    """An event or state that the document reports."""

    __tablename__ = "events"

    type: Mapped[str] = code(EVENT_TYPES)
    coding_scheme: Mapped[str | None] = words("The coding scheme, PLOVER-0.8.")
    coding_category: Mapped[str | None] = code(PLOVER_CATEGORIES)
    coding_mode: Mapped[str | None] = code(PLOVER_MODES)
    coding_quad: Mapped[str | None] = code(QUADS)
    coding_score: Mapped[float | None] = number("Score of the category, from -10 to 10.")
    coding_rationale: Mapped[str | None] = words("Reason for the coding.")
    modality: Mapped[str] = code(MODALITIES)
    aspect: Mapped[str] = code(ASPECTS)
    negated: Mapped[bool] = flag("Whether the document says that it did not happen.")
    summary: Mapped[str] = words("Summary of what the document says, in our words.")
    place_id: Mapped[str | None] = reference(
        "actors", "The country, territory or city where it happened."
    )

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return date_indexes("events", extra=("type",))


def is_acting(event: "EventRow", participant: "Participant") -> bool:
    """Whether a participant of the event is on the acting side, alone or with others."""
    return _side(event, participant) in ("acting", "both")


def is_affected(event: "EventRow", participant: "Participant") -> bool:
    """Whether a participant of the event is on the affected side: also one that acts together with
    others."""
    return _side(event, participant) in ("affected", "both")


def _side(event: "EventRow", participant: "Participant") -> Side:
    signs = any(link.relation == "signed" for link in event.agreements)
    return side_of(participant.role, signs_agreement=signs)


def _flag_behind(comment: str) -> Any:
    """A boolean column behind those of the dates, as a migration adds it."""
    return flag(comment, server_default=false(), sort_order=1)


class EventActor(DateRangeColumns, ChildTable):
    """A participant of an event, with its role. The date and type of the event are copied here for
    the indexes."""

    __tablename__ = "event_actors"

    event_id: Mapped[str] = owner("events")
    actor_id: Mapped[str] = reference("actors", "The participant.", index=False)
    role: Mapped[str] = code(ROLES)
    position: Mapped[int] = position()
    render_rank: Mapped[int] = render_rank()
    type: Mapped[str] = denormalised(
        code(EVENT_TYPES, "The type of the event, copied for the indexes.")
    )
    is_duplicate: Mapped[bool] = flag(
        "Whether an earlier participant of the event is the same actor."
    )
    is_acting: Mapped[bool] = derived(_flag_behind("Whether it is on the acting side."), is_acting)
    is_affected: Mapped[bool] = derived(
        _flag_behind("Whether it is on the affected side."), is_affected
    )

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """Indexes by actor, and by actor and type, so that a query reads only matching rows."""
        name, last = "event_actors", "event_id"
        return (
            *date_indexes(name, "actor_id", last=last, extra=("type", "is_duplicate")),
            *date_indexes(name, "actor_id", "type", last=last, extra=("is_duplicate",)),
        )


class EventLaw(ChildTable):
    """A law that an event concerns, and how."""

    __tablename__ = "event_laws"

    event_id: Mapped[str] = owner("events")
    law_id: Mapped[str] = reference("laws", "The law.")
    relation: Mapped[str] = code(LAW_LINKS)


class EventAgreement(ChildTable):
    """An agreement that an event concerns, and how."""

    __tablename__ = "event_agreements"

    event_id: Mapped[str] = owner("events")
    agreement_id: Mapped[str] = reference("agreements", "The agreement.")
    relation: Mapped[str] = code(AGREEMENT_LINKS)


class EventReporter(ChildTable):
    """An actor who reports or claims an event."""

    __tablename__ = "event_according_to"

    event_id: Mapped[str] = owner("events")
    actor_id: Mapped[str] = reference("actors", "The actor who says so.")


class EventNumber(ChildTable):
    """A number that belongs to an event and is not a trade figure."""

    __tablename__ = "event_numbers"

    event_id: Mapped[str] = owner("events")
    of: Mapped[str] = words("What is counted.")
    value: Mapped[float | None] = number("The number; null if the document gives none.")
    unit: Mapped[str] = code(UNITS)
    currency: Mapped[str | None] = code(CURRENCIES, "ISO 4217.")
    approximate: Mapped[bool] = flag("Whether the document says that the number is not exact.")
    text: Mapped[str] = words("The document's words for it.")


class Participant(Reference):
    """A participant, with its role."""

    role: Annotated[str, in_vocabulary(ROLES)]
    """Vocabulary `roles`."""


class LinkedLaw(Reference):
    """A law that the event concerns, and how."""

    relation: Annotated[str, in_vocabulary(LAW_LINKS)]
    """Vocabulary `law-links`."""


class LinkedAgreement(Reference):
    """An agreement that the event concerns, and how."""

    relation: Annotated[str, in_vocabulary(AGREEMENT_LINKS)]
    """Vocabulary `agreement-links`."""


class NumberValue(Schema):
    """A number that belongs to an event and is not a trade figure."""

    of: str
    """What is counted; our words."""
    value: int | float | None
    """The number; null if the document gives none."""
    unit: Annotated[str, in_vocabulary(UNITS)]
    """Vocabulary `units`."""
    currency: Annotated[str, in_vocabulary(CURRENCIES)] | None
    """ISO 4217; null if it is not an amount of money, or if the document does not say which
    currency."""
    approximate: bool
    """Whether the document says that the number is not exact."""
    text: str
    """The document's words for it."""


class Coding(Schema):
    """The coding of the event by PLOVER, in addition to our own type."""

    scheme: Literal["PLOVER-0.8"]
    """The coding scheme."""
    category: Annotated[str, in_vocabulary(PLOVER_CATEGORIES)]
    """Vocabulary `plover-categories`."""
    mode: Annotated[str, in_vocabulary(PLOVER_MODES)] | None
    """Vocabulary `plover-modes`."""
    quad: Annotated[str, in_vocabulary(QUADS)]
    """Vocabulary `quad-classes`."""
    score: float
    """Score of the category, from -10 (conflict) to 10 (cooperation)."""
    rationale: str
    """Reason for the coding."""


class EventRow(CitedRow):
    """An event or state that the document reports."""

    kind: Literal["event"] = "event"
    type: Annotated[str, in_vocabulary(EVENT_TYPES)]
    """Vocabulary `event-types`."""
    coding: Coding | None
    """Coding by PLOVER; null if no category fits."""
    modality: Annotated[str, in_vocabulary(MODALITIES)]
    """Vocabulary `modalities`: done, announced, planned, threatened or alleged."""
    aspect: Annotated[str, in_vocabulary(ASPECTS)]
    """Vocabulary `aspects`."""
    negated: bool
    """Whether the document says that it did not happen."""
    summary: str
    """Summary of what the document says, in our words."""
    date: DateValue | None
    """The date, as exact as the document gives it; null without one."""
    place: Reference | None
    """The country, territory or city where it happened."""
    actors: list[Participant]
    """The participants, with their roles."""
    laws: list[LinkedLaw]
    """The laws that it concerns."""
    agreements: list[LinkedAgreement]
    """The agreements that it concerns."""
    according_to: list[Reference]
    """The actors who report or claim it, if the document names them."""
    numbers: list[NumberValue]
    """Numbers that belong to it and are not trade figures."""
    related: list[Relation]
    """Rows of any kind that it is related to."""


BY_SOURCE = "Who acts, in any role of the acting side."
BY_TARGET = "Who is affected, in any role of that side."
_SOURCE = ((EventActor.is_acting, True),)
_TARGET = ((EventActor.is_affected, True),)
_COUNTRY = (EventActor.actor_id, Actor.id)

_ACTOR = named(EventActor.actor_id, "A participant.", "donald-trump")
_BY_SOURCE = named(
    EventActor.actor_id,
    BY_SOURCE,
    "donald-trump",
    name="source",
    where=_SOURCE,
    pair=PairColumn("source", "source_id"),
)
_BY_TARGET = named(
    EventActor.actor_id,
    BY_TARGET,
    "hong-kong",
    name="target",
    where=_TARGET,
    pair=PairColumn("target", "target_id"),
)

EVENTS = Resource(
    kind="event",
    path="events",
    title="Events",
    description="Events and conditions between Hong Kong and the United States: by date, "
    "type, participants, laws and agreements.",
    model=Event,
    row=EventRow,
    example="hong-kong-autonomy-act-signed",
    texts=("summary", "note"),
    actors=("actors",),
    parts={
        "actors": EventActor,
        "laws": EventLaw,
        "agreements": EventAgreement,
        "according_to": EventReporter,
        "numbers": EventNumber,
        "related": EntryRelation,
    },
    filters=(
        coded(Event.type, "order"),
        coded(Event.coding_category, "SANCTION", name="category"),
        coded(Event.coding_quad, "material-conflict", name="quad"),
        coded(Event.modality, "announced"),
        coded(Event.aspect, "event"),
        flagged(Event.negated, "Whether the document says that it did not happen.", False),
        _ACTOR,
        within(_ACTOR),
        coded(EventActor.role, "source", narrows=("actor", "actor_within")),
        _BY_SOURCE,
        within(_BY_SOURCE),
        _BY_TARGET,
        within(_BY_TARGET),
        coded(Actor.country, "USA", name="source_country", where=_SOURCE, through=_COUNTRY,
              pair=PairColumn("source", "source_country")),
        coded(Actor.country, "HKG", name="target_country", where=_TARGET, through=_COUNTRY,
              pair=PairColumn("target", "target_country")),
        named(EventLaw.law_id, "A law that it concerns.", "hong-kong-autonomy-act", kinds=("law",)),
        named(EventAgreement.agreement_id, "An agreement that it concerns.",
              "sino-british-joint-declaration", kinds=("agreement",)),
        named(EntryRelation.target_id, "A row of any kind that it is related to.",
              "edward-snowden-incident", name="related", kinds=READ_KINDS),
        named(Event.place_id, "The country, territory or city where it happened.", "hong-kong"),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Event.type,),
)  # fmt: skip
