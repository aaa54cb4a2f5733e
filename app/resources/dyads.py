"""Dyads: who acts towards whom, a row for each ordered pair of actors in an event. The loader
derives them from the events."""

from typing import Annotated, Any, Literal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, declared_attr

from app.resources.actors import within
from app.resources.bases import (
    ChildTable,
    DatedColumns,
    DateRangeColumns,
    DerivedRecord,
    date_indexes,
)
from app.resources.columns import (
    code,
    denormalised,
    flag,
    number,
    owner,
    position,
    reference,
    render_rank,
    words,
)
from app.resources.documents import in_documents
from app.resources.events import BY_SOURCE, BY_TARGET, EventAgreement, EventLaw
from app.resources.filter_types import coded, flagged, named
from app.resources.resource import DERIVED_ID, Resource
from app.resources.rows import DateValue, Link, Match, Reference, RowLinks, in_vocabulary, of_form
from app.resources.shared import EntryRelation
from app.schema import Schema
from app.vocabularies.actors import ACTOR_TYPES
from app.vocabularies.countries import COUNTRIES
from app.vocabularies.events import ASPECTS, EVENT_TYPES, MODALITIES, ROLES
from app.vocabularies.kinds import READ_KINDS
from app.vocabularies.plover import PLOVER_CATEGORIES, PLOVER_MODES, QUADS
from app.vocabularies.vocabulary import Vocabulary


def _copied(vocabulary: Vocabulary, comment: str | None = None) -> Any:
    """A column of codes without CHECK: the loader copies the codes from checked columns."""
    return code(vocabulary, comment, checked=False)


class Dyad(DatedColumns, DerivedRecord):
    """An ordered pair of actors in an event: one acts, the other is affected. Derived by the
    loader."""

    __tablename__ = "dyads"

    event_id: Mapped[str] = reference("events", "The event.")
    source_id: Mapped[str] = reference("actors", "Who acts.", index=False)
    source_type: Mapped[str] = _copied(ACTOR_TYPES)
    source_country: Mapped[str | None] = _copied(
        COUNTRIES, "Country of who acts, ISO 3166-1 alpha-3."
    )
    target_id: Mapped[str] = reference("actors", "Towards whom.", index=False)
    target_type: Mapped[str] = _copied(ACTOR_TYPES)
    target_country: Mapped[str | None] = _copied(
        COUNTRIES, "Country of who is affected, ISO 3166-1 alpha-3."
    )
    type: Mapped[str] = _copied(EVENT_TYPES)
    category: Mapped[str | None] = _copied(PLOVER_CATEGORIES)
    mode: Mapped[str | None] = _copied(PLOVER_MODES)
    quad: Mapped[str | None] = _copied(QUADS)
    score: Mapped[float | None] = number("Score of the category, from -10 to 10.")
    modality: Mapped[str] = _copied(MODALITIES)
    aspect: Mapped[str] = _copied(ASPECTS)
    negated: Mapped[bool] = flag("The document says that it did not happen.")
    place_id: Mapped[str | None] = reference("actors", "Where it happened.")
    role_source: Mapped[str] = _copied(ROLES, "The role of who acts.")
    role_target: Mapped[str] = _copied(ROLES, "The role of who is affected.")
    text: Mapped[str] = words("The first words that the event cites.")

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """By date; and by date for each value of the filters for either side."""
        sides = (("source_id", "target_id"), ("source_country", "target_country"))
        both = [pair for one, other in sides for pair in ((one, other), (other, one))]
        return (
            *date_indexes("dyads", extra=("type",)),
            *(each for one, other in both for each in date_indexes("dyads", one, extra=(other,))),
        )


class DyadActor(DateRangeColumns, ChildTable):
    """The two actors of a dyad, with their roles; the date and type of the event are
    copied here for the indexes."""

    __tablename__ = "dyad_actors"

    dyad_id: Mapped[str] = owner("dyads")
    actor_id: Mapped[str] = reference("actors", "The actor.", index=False)
    role: Mapped[str] = _copied(ROLES)
    position: Mapped[int] = position()
    render_rank: Mapped[int] = render_rank()
    type: Mapped[str] = denormalised(
        _copied(EVENT_TYPES, "The type of the event, copied for the indexes.")
    )
    is_duplicate: Mapped[bool] = flag(
        "Whether an earlier actor of the dyad is the same: always false."
    )

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return date_indexes(
            "dyad_actors", "actor_id", last="dyad_id", extra=("type", "is_duplicate")
        )


class DyadLinks(RowLinks):
    """Links of a dyad. It has no item route: `self` is the list with this row alone."""

    event: Link
    """The item route of the event."""


class DyadRow(Schema):
    """One actor acts towards another one: an ordered pair of different actors in an event."""

    kind: Literal["dyad"] = "dyad"
    """`dyad`: a view of an event."""
    id: Annotated[str, of_form(pattern=f"^[a-z0-9-]{{1,{DERIVED_ID}}}$")]
    """The ids of event, source and target, joined by `--`."""
    name: str
    """One line to show the row by; our words."""
    note: str | None
    """What is contradictory, doubtful or taken from context in the event."""
    date: DateValue | None
    """The date of the event, as exact as the document gives it; null without one."""
    source: Reference
    """Who acts."""
    source_type: Annotated[str, in_vocabulary(ACTOR_TYPES)]
    """Vocabulary `actor-types`."""
    source_country: Annotated[str, in_vocabulary(COUNTRIES)] | None
    """ISO 3166-1 alpha-3."""
    target: Reference
    """Towards whom."""
    target_type: Annotated[str, in_vocabulary(ACTOR_TYPES)]
    """Vocabulary `actor-types`."""
    target_country: Annotated[str, in_vocabulary(COUNTRIES)] | None
    """ISO 3166-1 alpha-3."""
    type: Annotated[str, in_vocabulary(EVENT_TYPES)]
    """Vocabulary `event-types`."""
    category: Annotated[str, in_vocabulary(PLOVER_CATEGORIES)] | None
    """PLOVER category; null where none fits."""
    mode: Annotated[str, in_vocabulary(PLOVER_MODES)] | None
    """PLOVER mode; vocabulary `plover-modes`."""
    quad: Annotated[str, in_vocabulary(QUADS)] | None
    """In words or in deeds, cooperating or in conflict; vocabulary `quad-classes`."""
    score: float | None
    """Score of the category, from -10 (conflict) to 10 (cooperation)."""
    modality: Annotated[str, in_vocabulary(MODALITIES)]
    """Vocabulary `modalities`: done, or only announced, planned, threatened or alleged."""
    aspect: Annotated[str, in_vocabulary(ASPECTS)]
    """Vocabulary `aspects`."""
    negated: bool
    """The document says that it did not happen."""
    place: Reference | None
    """The territory or city where it happened."""
    role_source: Annotated[str, in_vocabulary(ROLES)]
    """The role of who acts; vocabulary `roles`."""
    role_target: Annotated[str, in_vocabulary(ROLES)]
    """The role of who is affected; vocabulary `roles`."""
    event: Reference
    """The event."""
    text: str
    """The first words that the event cites."""
    links: DyadLinks
    match: Match | None = None
    """On lists that are filtered by date or words."""


_ACTOR = named(DyadActor.actor_id, "A participant.", "donald-trump")
_BY_SOURCE = named(Dyad.source_id, BY_SOURCE, "donald-trump")
_BY_TARGET = named(Dyad.target_id, BY_TARGET, "hong-kong")

DYADS = Resource(
    kind="dyad",
    path="dyads",
    title="Dyads",
    description="Who acts towards whom: a row for each ordered pair of different actors in an "
    "event. Who acts together stands in both directions.",
    model=Dyad,
    row=DyadRow,
    example="us-no-longer-recognizes-special-treatment--united-states--hong-kong",
    evidence=None,
    texts=("text", "note"),
    parent=Dyad.event_id,
    filters=(
        coded(Dyad.type, "order"),
        coded(Dyad.category, "SANCTION"),
        coded(Dyad.quad, "material-conflict"),
        coded(Dyad.modality, "announced"),
        coded(Dyad.aspect, "event"),
        flagged(Dyad.negated, "Whether the document says that it did not happen.", False),
        _ACTOR,
        within(_ACTOR),
        coded(DyadActor.role, "source", narrows=("actor", "actor_within")),
        _BY_SOURCE,
        within(_BY_SOURCE),
        _BY_TARGET,
        within(_BY_TARGET),
        coded(Dyad.source_country, "USA"),
        coded(Dyad.target_country, "HKG"),
        named(EventLaw.law_id, "A law that it concerns.", "hong-kong-autonomy-act",
              kinds=("law",)),
        named(EventAgreement.agreement_id, "An agreement that it concerns.",
              "sino-british-joint-declaration", kinds=("agreement",)),
        named(EntryRelation.target_id, "A row of any kind that it is related to.",
              "edward-snowden-incident", name="related", kinds=READ_KINDS),
        named(Dyad.place_id, "The territory or city where it happened.", "hong-kong"),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Dyad.type,),
)  # fmt: skip
