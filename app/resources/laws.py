"""Laws and measures: statutes, bills, executive orders, decisions, rules."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.actors import within
from app.resources.bases import ChildTable, DatedColumns, Record
from app.resources.columns import code, owner, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import coded, named
from app.resources.history import HistoryTable, Stage, by_step
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, Relation, in_vocabulary
from app.resources.shared import EntryRelation
from app.schema import Schema
from app.vocabularies.laws import LAW_DATES, LAW_STEPS, LAW_TYPES, PROVISION_TYPES


class Law(DatedColumns, Record):
    """A law or measure: statute, bill, executive order, decision, rule."""

    __tablename__ = "laws"

    type: Mapped[str] = code(LAW_TYPES)
    jurisdiction_id: Mapped[str | None] = reference(
        "actors", "The country, territory or organisation whose law it is."
    )
    date_of: Mapped[str | None] = code(LAW_DATES)
    status: Mapped[str | None] = code(LAW_STEPS)
    summary: Mapped[str] = words("Summary, in our words.")


class LawAlias(ChildTable):
    """Another name that the document uses for a law."""

    __tablename__ = "law_aliases"

    law_id: Mapped[str] = owner("laws")
    alias: Mapped[str] = words("The name.")


class LawHistory(HistoryTable):
    """A stage of a law."""

    __tablename__ = "law_history"

    law_id: Mapped[str] = owner("laws")
    step: Mapped[str] = code(LAW_STEPS)


class LawSigner(ChildTable):
    """An actor who signed a law."""

    __tablename__ = "law_signed_by"

    law_id: Mapped[str] = owner("laws")
    actor_id: Mapped[str] = reference("actors", "Who signed it.")


class LawIssuer(ChildTable):
    """An actor who issued a law or measure."""

    __tablename__ = "law_issued_by"

    law_id: Mapped[str] = owner("laws")
    actor_id: Mapped[str] = reference("actors", "Who issued it.")


class LawProvision(ChildTable):
    """A provision of a law."""

    __tablename__ = "law_provisions"

    law_id: Mapped[str] = owner("laws")
    type: Mapped[str] = code(PROVISION_TYPES)
    text: Mapped[str] = words("The document's words for it.")


class LawStage(Stage):
    """A stage of a law."""

    step: Annotated[str, in_vocabulary(LAW_STEPS)]
    """Vocabulary `law-steps`."""


class Provision(Schema):
    """A provision of a law."""

    type: Annotated[str, in_vocabulary(PROVISION_TYPES)]
    """Vocabulary `provision-types`."""
    text: str
    """The document's words for it."""


class LawRow(CitedRow):
    """A law or measure, with its history."""

    kind: Literal["law"] = "law"
    type: Annotated[str, in_vocabulary(LAW_TYPES)]
    """Vocabulary `law-types`."""
    aliases: list[str]
    """Other names in the document."""
    jurisdiction: Reference | None
    """The country, territory or organisation whose law it is."""
    date: DateValue | None
    """The date of the stage that `date_of` names."""
    date_of: Annotated[str, in_vocabulary(LAW_DATES)] | None
    """Vocabulary `law-dates`."""
    status: Annotated[str, in_vocabulary(LAW_STEPS)] | None
    """The last step of its history; vocabulary `law-steps`."""
    history: list[LawStage]
    """Its stages, in order."""
    signed_by: list[Reference]
    """Who signed it."""
    issued_by: list[Reference]
    """Who issued it."""
    provisions: list[Provision]
    """Its provisions."""
    summary: str
    """Summary, in our words."""
    related: list[Relation]
    """Rows of any kind that it is related to."""


_ISSUED_BY = named(LawIssuer.actor_id, "Who issued it.", "donald-trump", name="issued_by")

LAWS = Resource(
    kind="law",
    path="laws",
    title="Laws",
    description="Statutes, bills, executive orders, decisions and rules, with what they provide, "
    "what they amend or suspend, and what became of them.",
    model=Law,
    row=LawRow,
    example="hong-kong-autonomy-act",
    texts=("summary", "provisions.text", "note"),
    actors=("signed_by", "issued_by", "jurisdiction"),
    parts={
        "aliases": LawAlias,
        "history": LawHistory,
        "signed_by": LawSigner,
        "issued_by": LawIssuer,
        "provisions": LawProvision,
        "related": EntryRelation,
    },
    filters=(
        coded(Law.type, "statute"),
        named(
            Law.jurisdiction_id,
            "The country, territory or organisation whose law it is.",
            "united-states",
        ),
        coded(Law.status, "signed"),
        named(LawSigner.actor_id, "Who signed it.", "donald-trump", name="signed_by"),
        _ISSUED_BY,
        within(_ISSUED_BY),
        *by_step(LawHistory.step, LawHistory.date_first, "signed"),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Law.type, Law.status),
)
