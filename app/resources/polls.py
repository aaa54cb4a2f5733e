"""Polls: surveys, with their answers in percent."""

from typing import Literal

from sqlalchemy.orm import Mapped

from app.resources.bases import ChildTable, DatedColumns, Record
from app.resources.columns import number, owner, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference
from app.schema import Schema
from app.vocabularies.kinds import READ_KINDS


class Poll(DatedColumns, Record):
    """One survey."""

    __tablename__ = "polls"

    question: Mapped[str] = words("The question, in our words.")
    population: Mapped[str] = words("The population of the poll, in the document's words.")
    about_id: Mapped[str | None] = reference("entries", "The row that the poll is about.")
    pollster_id: Mapped[str | None] = reference(
        "actors", "The organisation that carried out the poll."
    )
    report: Mapped[str | None] = words(
        "The report that contains the poll, in the document's words."
    )


class PollAnswer(ChildTable):
    """An answer, with its share."""

    __tablename__ = "poll_answers"

    poll_id: Mapped[str] = owner("polls")
    answer: Mapped[str] = words("The answer.")
    percent: Mapped[float] = number("Its share in percent.")


class Answer(Schema):
    """An answer, with its share."""

    answer: str
    """The answer; our words."""
    percent: int | float
    """Its share in percent."""


class PollRow(CitedRow):
    """One survey, with its answers in percent."""

    kind: Literal["poll"] = "poll"
    question: str
    """The question, in our words."""
    population: str
    """The population of the poll, in the document's words."""
    about: Reference | None
    """The row that the poll is about."""
    pollster: Reference | None
    """The organisation that carried out the poll."""
    report: str | None
    """The report that contains the poll, in the document's words."""
    date: DateValue | None
    """The date, as exact as the document gives it; null without one."""
    answers: list[Answer]
    """The answers, in the document's order."""


POLLS = Resource(
    kind="poll",
    path="polls",
    title="Polls",
    description="Surveys of opinion, with their answers in percent.",
    model=Poll,
    row=PollRow,
    example="us-leadership-approval-2020",
    texts=("question", "population", "report", "note"),
    actors=("pollster",),
    parts={"answers": PollAnswer},
    filters=(
        named(Poll.about_id, "The row that the poll is about.", "united-states", kinds=READ_KINDS,
              example_not="hong-kong"),
        named(Poll.pollster_id, "The organisation that carried out the poll.", "gallup"),
        *in_documents("hong-kong-united-states-relations"),
    ),
)  # fmt: skip
