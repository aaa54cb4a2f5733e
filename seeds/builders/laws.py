"""Laws: makes their rows from their entries and from the events that name them."""

from typing import Annotated

from pydantic import Field

from app.resources.laws import LawRow, LawStage, Provision
from app.vocabularies.laws import LAW_DATES, LAW_TYPES, PROVISION_TYPES
from seeds.builders.actors import served
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.events import acting, stage_event
from seeds.builders.history import status
from seeds.builders.values import staged_date
from seeds.reading.code_fields import coded
from seeds.reading.marked import Date, Id, Ids, Marked, Names, RelatedRows, Text


class LawEntry(Marked):
    type: Annotated[str, coded(LAW_TYPES)]
    aliases: Names = ()
    """Other names that the document uses; pronouns and "the act" are none."""
    summary: Text | None = None
    """Only where it says more than the first quote, from which it is taken otherwise."""
    jurisdiction: Id | None = None
    """The country, territory or organisation (an actor) whose law it is; without it, that of who
    issued or signed it."""
    date: Date | None = None
    """Without it, the date of the event that is the stage `date_of`."""
    date_of: Annotated[str, coded(LAW_DATES)] | None = None
    signed_by: Ids = ()
    """Without it, who acts in the event of the stage `date_of: signed`."""
    issued_by: Ids = ()
    """Without it, who acts in the event of the stage `date_of`: approved, enacted or issued."""
    provisions: dict[Annotated[str, coded(PROVISION_TYPES)], Names] = Field(default_factory=dict)
    """What the law provides, by type, in the document's words within the entry's quotes."""
    related: RelatedRows = Field(default_factory=dict)


_MADE = ("approved", "enacted", "issued")
"""The stages in which the actor makes the law."""


def build_law(entry_context: EntryContext[LawEntry]) -> LawRow:
    """The row of a law."""
    entry = entry_context.entry
    event = stage_event(entry_context, entry.date_of)
    signed_by = entry.signed_by or (acting(event) if entry.date_of == "signed" else ())
    issued_by = entry.issued_by or (acting(event) if entry.date_of in _MADE else ())
    history = [
        stage for stage in entry_context.context.stages[entry.id] if isinstance(stage, LawStage)
    ]
    return LawRow(
        **entry_context.base(),
        type=entry.type,
        aliases=aliases(entry_context, entry.aliases),
        jurisdiction=entry_context.refer_if(
            entry.jurisdiction or _jurisdiction(entry_context, *issued_by, *signed_by),
            "jurisdiction",
        ),
        date=staged_date(
            entry_context, entry.date or (event.date if event else None), entry.date_of
        ),
        date_of=entry.date_of,
        status=status(entry_context, history),
        history=history,
        signed_by=entry_context.refer_all(signed_by, "signed_by"),
        issued_by=entry_context.refer_all(issued_by, "issued_by"),
        provisions=[
            Provision(
                type=type,
                text=entry_context.words(words, "provisions", "provisions", type, index),
            )
            for type, items in entry.provisions.items()
            for index, words in enumerate(items)
        ],
        summary=entry_context.summary(entry.summary),
        related=entry_context.related(),
    )


def _jurisdiction(entry_context: EntryContext[LawEntry], *actors: str) -> str | None:
    """The id of the country, territory or organisation that the first actor acts for, or null."""
    for actor in served(entry_context, *actors[:1]):
        if actor.type in ("country", "territory", "organisation"):
            return actor.id
    return None


BUILDER = Builder(LawEntry, build_law)
