"""The history of a law or agreement: its stages, taken from the events that concern it."""

from sqlalchemy.orm import Mapped, declared_attr

from app.resources.bases import ChildTable
from app.resources.columns import reference, words
from app.resources.rows import DateValue, Reference
from app.schema import Schema


class HistoryTable(ChildTable):
    """A stage of a law or agreement."""

    __abstract__ = True

    date_edtf: Mapped[str | None] = words("Date of the stage, in EDTF.")

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
