"""Agreements: makes their rows from their entries and from the events that name them."""

from typing import Annotated

from pydantic import Field

from app.resources.agreements import AgreementRow, AgreementStage
from app.vocabularies.laws import AGREEMENT_DATES, AGREEMENT_TYPES
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.events import stage_event
from seeds.builders.history import status
from seeds.builders.values import date_of_stage
from seeds.reading.code_fields import coded
from seeds.reading.entry import Date, Ids, Names, RelatedRows, RowEntry, Text


class AgreementEntry(RowEntry):
    type: Annotated[str, coded(AGREEMENT_TYPES)]
    aliases: Names = ()
    parties: Ids = ()
    summary: Text | None = None
    """One or two sentences in our own words. By default, the first quote; write a summary only if
    it says more."""
    date: Date | None = None
    """The words of the date. By default, the date of the event that is the stage `date_of`."""
    date_of: Annotated[str, coded(AGREEMENT_DATES)] | None = None
    related: RelatedRows = Field(default_factory=dict)


def build_agreement(entry_context: EntryContext[AgreementEntry]) -> AgreementRow:
    """The row of an agreement."""
    entry = entry_context.entry
    event = stage_event(entry_context, entry.date_of)
    stages = entry_context.context.stages[entry.id]
    history = [stage for stage in stages if isinstance(stage, AgreementStage)]
    return AgreementRow(
        **entry_context.common_fields(),
        type=entry.type,
        aliases=aliases(entry_context, entry.aliases),
        parties=entry_context.refer_all(entry.parties, "parties"),
        date=date_of_stage(
            entry_context, entry.date or (event.date if event else None), entry.date_of
        ),
        date_of=entry.date_of,
        status=status(entry_context, history),
        history=history,
        summary=entry_context.summary(entry.summary),
        related=entry_context.related(),
    )


BUILDER = Builder(AgreementEntry, build_agreement)
