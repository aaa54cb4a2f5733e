"""What an analyst writes down about a document: one model per kind of entry.

Judgement stands here: which facts there are, their names, types, roles and links, and the words
that prove them. Values do not: where an entry needs a date, a number or quoted words, it points at
the words of the document, and the reader takes the value from these.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES, OFFICE_TYPES, STANDINGS
from app.vocabularies.countries import COUNTRIES
from app.vocabularies.events import ASPECTS, EVENT_TYPES, MODALITIES, ROLES
from app.vocabularies.laws import (
    AGREEMENT_DATES,
    AGREEMENT_TYPES,
    LAW_DATES,
    LAW_TYPES,
    PROVISION_TYPES,
)
from app.vocabularies.plover import PLOVER_CATEGORIES, PLOVER_MODES
from app.vocabularies.relations import AGREEMENT_LINKS, LAW_LINKS
from app.vocabularies.texts import STATEMENT_MODES
from app.vocabularies.trade import FLOWS, INDICATORS, MEASURES, SCOPES, UNITS
from seeds.reading.coded import coded
from seeds.reading.marked import Date, Entry, Id, Line, Marked, Related, Text, Words


class Number(Entry):
    """A number that belongs to an event and is not a trade figure."""

    of: Text
    """What is counted: "protesters carrying US flags"."""
    words: Words
    """The words with the number, within the entry's quotes: "tens of thousands"."""
    unit: Annotated[str, coded(UNITS)]


class Coding(Entry):
    """The PLOVER annotation of an event."""

    category: Annotated[str, coded(PLOVER_CATEGORIES)]
    mode: Annotated[str, coded(PLOVER_MODES)] | None = None
    rationale: Text


class LawLink(Entry):
    id: Id
    relation: Annotated[str, coded(LAW_LINKS)]


class AgreementLink(Entry):
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
    laws: tuple[LawLink, ...] = ()
    agreements: tuple[AgreementLink, ...] = ()
    according_to: tuple[Id, ...] = ()
    """Who reports or claims it, if the document says so (media, officials)."""
    numbers: tuple[Number, ...] = ()
    related: tuple[Related, ...] = ()
    plover: Coding | None = None


class Provision(Entry):
    type: Annotated[str, coded(PROVISION_TYPES)]
    text: Words
    """The document's words for what the law provides, within the entry's quotes."""


class LawEntry(Marked):
    type: Annotated[str, coded(LAW_TYPES)]
    aliases: tuple[Words, ...] = ()
    """Other names that the document uses; pronouns and "the act" are none."""
    summary: Text
    jurisdiction: Id | None = None
    """The country, territory or organisation (an actor) whose law it is."""
    date: Date | None = None
    date_of: Annotated[str, coded(LAW_DATES)] | None = None
    signed_by: tuple[Id, ...] = ()
    issued_by: tuple[Id, ...] = ()
    provisions: tuple[Provision, ...] = ()
    related: tuple[Related, ...] = ()


class Affiliation(Entry):
    id: Id
    role: Annotated[str, coded(AFFILIATION_ROLES)]


class ActorEntry(Marked):
    type: Annotated[str, coded(ACTOR_TYPES)]
    aliases: tuple[Words, ...] = ()
    """Every other name that the document uses for just this actor."""
    description: Words | None = None
    """The document's own words that say who or what it is, within the entry's quotes."""
    affiliations: tuple[Affiliation, ...] = ()
    country: Annotated[str, coded(COUNTRIES)] | None = None


class AgreementEntry(Marked):
    type: Annotated[str, coded(AGREEMENT_TYPES)]
    aliases: tuple[Words, ...] = ()
    parties: tuple[Id, ...] = ()
    summary: Text
    date: Date | None = None
    date_of: Annotated[str, coded(AGREEMENT_DATES)] | None = None
    related: tuple[Related, ...] = ()


class TradeFigureEntry(Marked):
    indicator: Annotated[str, coded(INDICATORS)]
    measure: Annotated[str, coded(MEASURES)]
    flow: Annotated[str, coded(FLOWS)] | None = None
    scope: Annotated[str, coded(SCOPES)] | None = None
    words: Words
    """The words of the quantity, within the quotes: "about $38.1 billion"; the reader takes value,
    unit, currency and approximation from them. Words without a number give a null value."""
    unit: Annotated[str, coded(UNITS)] | None = None
    """Only for counts, whose unit the words do not settle: firms, operations, people, things."""
    date: Date | None = None
    reporter: Id
    partner: Id | None = None
    product: Words | None = None
    """The goods or services, in the document's words."""
    source: Words | None = None
    """Who says so, in the document's words: "U.S. Government statistics"."""
    related: tuple[Related, ...] = ()


class Answer(Entry):
    answer: Text
    """approve, disapprove, uncertain ..."""
    words: Words
    """The words of the share, within the quotes: "44%"."""


class PollEntry(Marked):
    question: Text
    population: Words
    """Who was asked, in the document's words."""
    about: Id | None = None
    """The actor that was asked about, or another row."""
    pollster: Id | None = None
    report: Words | None = None
    """The report that holds it, in the document's words."""
    date: Date | None = None
    answers: Annotated[tuple[Answer, ...], Field(min_length=1)]


class StatementEntry(Marked):
    mode: Annotated[str, coded(STATEMENT_MODES)]
    text: Words
    """The statement in the document's words: of direct speech the quoted words without their outer
    marks; of reported speech the clause that tells it. It must stand in the quotes."""
    speakers: Annotated[tuple[Id, ...], Field(min_length=1)]
    outlet: Id | None = None
    """The medium that the document names as publishing or reporting it."""
    date: Date | None = None
    about: tuple[Id, ...] = ()
    """Rows of any kind that it is about."""
    event: Id | None = None
    """The event that consists in, or contains, this statement."""


class OfficeEntry(Marked):
    type: Annotated[str, coded(OFFICE_TYPES)]
    operator: Id | None = None
    """Whose office it is (an actor)."""
    host: Id | None = None
    """The country or territory where it is (an actor)."""
    city: Words | None = None
    address: Words | None = None
    holder: Id | None = None
    rank: Words | None = None
    reports_to: Id | None = None
    """The office that it reports to."""
    date: Date | None = None
    description: Words | None = None
    related: tuple[Related, ...] = ()


class MembershipEntry(Marked):
    member: Id
    organisation: Id
    standing: Annotated[str, coded(STANDINGS)]
    date: Date | None = None


class Background(Entry):
    """A sentence that no row cites, and why."""

    quote: Words
    section: str | None = None
    nth: Annotated[int, Field(ge=1)] | None = None
    reason: Text


class Source(Entry):
    """Where the document comes from."""

    id: Id
    name: Line
    url: Line
    revision: str | None = None
    licence: Text
    attribution: Text
    language: str = "en"
    passages: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$", max_length=12)]
    """The beginning of the ids of its passages."""
    note: Text | None = None


class Reading(Entry):
    """The whole reading of one document."""

    document: Source
    actors: tuple[ActorEntry, ...] = ()
    laws: tuple[LawEntry, ...] = ()
    agreements: tuple[AgreementEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
    statements: tuple[StatementEntry, ...] = ()
    trade_figures: tuple[TradeFigureEntry, ...] = ()
    polls: tuple[PollEntry, ...] = ()
    offices: tuple[OfficeEntry, ...] = ()
    memberships: tuple[MembershipEntry, ...] = ()
    background: tuple[Background, ...] = ()
    retired: tuple[Id, ...] = ()
    """Ids of rows that were taken out; they are never used again."""
