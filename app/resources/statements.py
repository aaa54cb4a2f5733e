"""Statements: quotations and attributed claims."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.actors import within
from app.resources.bases import ChildTable, DatedColumns, Record
from app.resources.columns import code, owner, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import coded, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, in_vocabulary
from app.vocabularies.kinds import READ_KINDS
from app.vocabularies.texts import STATEMENT_MODES


class Statement(DatedColumns, Record):
    """One quotation or attributed claim."""

    __tablename__ = "statements"

    outlet_id: Mapped[str | None] = reference("actors", "The medium that published or reported it.")
    mode: Mapped[str] = code(STATEMENT_MODES)
    text: Mapped[str] = words("The document's words for what was said.")
    event_id: Mapped[str | None] = reference("events", "The event that it is a part of.")


class StatementSpeaker(ChildTable):
    """A speaker of a statement."""

    __tablename__ = "statement_speakers"

    statement_id: Mapped[str] = owner("statements")
    actor_id: Mapped[str] = reference("actors", "A speaker.")


class StatementSubject(ChildTable):
    """A row that a statement is about."""

    __tablename__ = "statement_about"

    statement_id: Mapped[str] = owner("statements")
    about_id: Mapped[str] = reference("entries", "The row that it is about.")


class StatementRow(CitedRow):
    """One quotation or attributed claim."""

    kind: Literal["statement"] = "statement"
    speakers: list[Reference]
    """The speakers. A medium is a speaker only if it speaks for itself."""
    outlet: Reference | None
    """The medium that published or reported it."""
    mode: Annotated[str, in_vocabulary(STATEMENT_MODES)]
    """Vocabulary `statement-modes`."""
    date: DateValue | None
    """The date of the statement, as exact as the document gives it; null without one."""
    text: str
    """The document's words for it. For direct speech, the exact words without the outer
    quotation marks."""
    about: list[Reference]
    """Rows of any kind that it is about."""
    event: Reference | None
    """The event that it is a part of."""


_SPEAKER = named(StatementSpeaker.actor_id, "Who said it.", "donald-trump", name="speaker")

STATEMENTS = Resource(
    kind="statement",
    path="statements",
    title="Statements",
    description="Quotations and attributed claims: who said what, where it was published, and "
    "what it is about.",
    model=Statement,
    row=StatementRow,
    example="donald-trump-protests",
    texts=("text", "note"),
    actors=("speakers", "outlet"),
    parts={"speakers": StatementSpeaker, "about": StatementSubject},
    filters=(
        _SPEAKER,
        within(_SPEAKER),
        named(Statement.outlet_id, "The medium that published or reported it.", "bloomberg"),
        coded(Statement.mode, "direct"),
        named(StatementSubject.about_id, "A row of any kind that it is about.", "hong-kong",
              kinds=READ_KINDS),
        named(Statement.event_id, "The event that it is a part of.",
              "trump-comments-on-protests", kinds=("event",)),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Statement.mode,),
)  # fmt: skip
