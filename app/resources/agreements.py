"""Agreements: treaties, agreements, declarations and initiatives."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.bases import ChildTable, DatedColumns, Record
from app.resources.columns import code, owner, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import coded, named
from app.resources.history import HistoryTable, Stage, by_step
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, Relation, in_vocabulary
from app.resources.shared import EntryRelation
from app.vocabularies.laws import AGREEMENT_DATES, AGREEMENT_STEPS, AGREEMENT_TYPES


class Agreement(DatedColumns, Record):
    """A treaty, agreement, declaration or initiative."""

    __tablename__ = "agreements"

    type: Mapped[str] = code(AGREEMENT_TYPES)
    date_of: Mapped[str | None] = code(AGREEMENT_DATES)
    status: Mapped[str | None] = code(AGREEMENT_STEPS)
    summary: Mapped[str] = words("Summary, in our words.")


class AgreementAlias(ChildTable):
    """Another name that the document uses for an agreement."""

    __tablename__ = "agreement_aliases"

    agreement_id: Mapped[str] = owner("agreements")
    alias: Mapped[str] = words("The name.")


class AgreementParty(ChildTable):
    """A party to an agreement."""

    __tablename__ = "agreement_parties"

    agreement_id: Mapped[str] = owner("agreements")
    actor_id: Mapped[str] = reference("actors", "The party.")


class AgreementHistory(HistoryTable):
    """A stage of an agreement."""

    __tablename__ = "agreement_history"

    agreement_id: Mapped[str] = owner("agreements")
    step: Mapped[str] = code(AGREEMENT_STEPS)


class AgreementStage(Stage):
    """A stage of an agreement."""

    step: Annotated[str, in_vocabulary(AGREEMENT_STEPS)]
    """Vocabulary `agreement-steps`."""


class AgreementRow(CitedRow):
    """An agreement, with its history."""

    kind: Literal["agreement"] = "agreement"
    type: Annotated[str, in_vocabulary(AGREEMENT_TYPES)]
    """Vocabulary `agreement-types`."""
    aliases: list[str]
    """Other names in the document."""
    parties: list[Reference]
    """The parties that the document names."""
    date: DateValue | None
    """The date of the stage that `date_of` names."""
    date_of: Annotated[str, in_vocabulary(AGREEMENT_DATES)] | None
    """Vocabulary `agreement-dates`."""
    status: Annotated[str, in_vocabulary(AGREEMENT_STEPS)] | None
    """The last step of its history; vocabulary `agreement-steps`."""
    history: list[AgreementStage]
    """Its stages, in order."""
    summary: str
    """Summary, in our words."""
    related: list[Relation]
    """Rows of any kind that it is related to."""


AGREEMENTS = Resource(
    kind="agreement",
    path="agreements",
    title="Agreements",
    description="Treaties, agreements, declarations and initiatives: who signed them and what "
    "became of them.",
    model=Agreement,
    row=AgreementRow,
    example="sino-british-joint-declaration",
    texts=("summary", "note"),
    actors=("parties",),
    parts={
        "aliases": AgreementAlias,
        "parties": AgreementParty,
        "history": AgreementHistory,
        "related": EntryRelation,
    },
    filters=(
        coded(Agreement.type, "treaty"),
        named(AgreementParty.actor_id, "A party to it.", "hong-kong", name="party"),
        coded(Agreement.status, "ordered-suspended-or-terminated"),
        *by_step(AgreementHistory.step, AgreementHistory.date_first, "signed"),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Agreement.type, Agreement.status),
)
