"""Laws: makes their rows from their entries and from the events that name them."""

from typing import Annotated

from pydantic import Field

from app.resources.laws import LawRow, LawStage, Provision
from app.vocabularies.laws import LAW_DATES, LAW_TYPES, PROVISION_TYPES
from seeds.builders.actors import actors_and_their_states
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.events import acting_actors, stage_event
from seeds.builders.history import status
from seeds.builders.values import date_of_stage
from seeds.reading.code_fields import coded
from seeds.reading.entry import Date, Id, Ids, Names, RelatedRows, RowEntry, Text


class LawEntry(RowEntry):
    type: Annotated[str, coded(LAW_TYPES)]
    aliases: Names = ()
    """Other names that the document uses. Pronouns and "the act" are not names."""
    summary: Text | None = None
    """One or two sentences in our own words. By default, the first quote; write a summary only if
    it says more."""
    jurisdiction: Id | None = None
    """The id of the country, territory or organisation whose law it is. By default, that of the
    actor who issued or signed it."""
    date: Date | None = None
    """The words of the date. By default, the date of the event that is the stage `date_of`."""
    date_of: Annotated[str, coded(LAW_DATES)] | None = None
    signed_by: Ids = ()
    """The ids of actors. By default, if `date_of` is `signed`: the sources and signatories of that
    event."""
    issued_by: Ids = ()
    """The ids of actors. By default, if `date_of` is `approved`, `enacted` or `issued`: the sources
    and signatories of that event."""
    provisions: dict[Annotated[str, coded(PROVISION_TYPES)], Names] = Field(default_factory=dict)
    """What the law provides, by type, in words of the document from the quotes of the entry."""
    related: RelatedRows = Field(default_factory=dict)


_MADE = ("approved", "enacted", "issued")
"""The stages in which the actor makes the law."""


def build_law(entry_context: EntryContext[LawEntry]) -> LawRow:
    """The row of a law."""
    entry = entry_context.entry
    event = stage_event(entry_context, entry.date_of)
    signed_by = entry.signed_by or (acting_actors(event) if entry.date_of == "signed" else ())
    issued_by = entry.issued_by or (acting_actors(event) if entry.date_of in _MADE else ())
    history = [
        stage for stage in entry_context.context.stages[entry.id] if isinstance(stage, LawStage)
    ]
    return LawRow(
        **entry_context.common_fields(),
        type=entry.type,
        aliases=aliases(entry_context, entry.aliases),
        jurisdiction=entry_context.refer_if(
            entry.jurisdiction or _jurisdiction(entry_context, *issued_by, *signed_by),
            "jurisdiction",
        ),
        date=date_of_stage(
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
    for actor in actors_and_their_states(entry_context, *actors[:1]):
        if actor.type in ("country", "territory", "organisation"):
            return actor.id
    return None


BUILDER = Builder(LawEntry, build_law)
