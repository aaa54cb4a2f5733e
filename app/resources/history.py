"""The history of a law or agreement: its stages, taken from the events that concern it."""

from dataclasses import replace

from sqlalchemy.orm import Mapped, declared_attr

from app.resources.bases import ChildTable
from app.resources.columns import day_of_item, reference, words
from app.resources.filter_types import Attribute, Filter, coded, in_period
from app.resources.rows import DateValue, Reference
from app.schema import Schema
from app.vocabularies.vocabulary import Vocabulary


class HistoryTable(ChildTable):
    """A stage of a law or agreement."""

    __abstract__ = True

    date_edtf: Mapped[str | None] = words("Date of the stage, in EDTF.")
    date_first: Mapped[str | None] = day_of_item("First day that it may cover.")
    date_last: Mapped[str | None] = day_of_item("Last day that it may cover.")
    date_certain_first: Mapped[str | None] = day_of_item("First day on which it surely held.")
    date_certain_last: Mapped[str | None] = day_of_item("Last day on which it surely held.")
    date_start_last: Mapped[str | None] = day_of_item("Last day by which it surely has begun.")

    @declared_attr
    @classmethod
    def event_id(cls) -> Mapped[str]:
        return reference("events", "The event in which the stage happens.")

    @declared_attr
    @classmethod
    def according_to_id(cls) -> Mapped[str | None]:
        return reference("actors", "The actor who says so.", nullable=True)


class Stage(Schema):
    """A stage of a law or agreement; subclasses name the vocabulary of `step`."""

    date: DateValue | None
    """The date, as exact as the document gives it; null without one."""
    event: Reference
    """The event in which it happens."""
    according_to: Reference | None
    """The actor who says so; null if the document itself says it."""


def by_step(step: Attribute, date_first: Attribute, example: str) -> tuple[Filter, Filter]:
    """The filters `step` and `step_date` of a list with histories. One step has to match both."""
    named_step = coded(step, example, name="step")
    steps: Vocabulary = step.info["vocabulary"]
    return (
        replace(named_step, description=f"A step of its history. Vocabulary `{steps.name}`."),
        in_period(
            date_first,
            "A period in EDTF in which a step was taken; with `step`, that step. "
            "`date_match` applies. Undated steps are not found.",
            "2020",
            name="step_date",
            narrows=("step",),
        ),
    )
