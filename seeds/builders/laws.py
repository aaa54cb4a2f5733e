"""Laws: from their entries, and the events that name them, to their rows."""

from typing import Annotated

from app.resources.laws import LawRow, LawStage, Provision
from app.vocabularies.laws import LAW_DATES, LAW_TYPES, PROVISION_TYPES
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.values import staged_date
from seeds.reading.code_fields import coded
from seeds.reading.marked import Date, Entry, Id, Marked, Related, Text, Words


class ProvisionEntry(Entry):
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
    provisions: tuple[ProvisionEntry, ...] = ()
    related: tuple[Related, ...] = ()


def build_law(entry_context: EntryContext[LawEntry]) -> LawRow:
    """The row of a law."""
    entry = entry_context.entry
    history = [
        stage for stage in entry_context.context.stages[entry.id] if isinstance(stage, LawStage)
    ]
    return LawRow(
        **entry_context.base(),
        type=entry.type,
        aliases=aliases(entry_context, entry.aliases),
        jurisdiction=entry_context.refer_if(entry.jurisdiction, "jurisdiction"),
        date=staged_date(entry_context, entry.date, entry.date_of),
        date_of=entry.date_of,
        status=history[-1].step if history else None,
        history=history,
        signed_by=entry_context.refer_all(entry.signed_by, "signed_by"),
        issued_by=entry_context.refer_all(entry.issued_by, "issued_by"),
        provisions=[
            Provision(
                type=item.type,
                text=entry_context.words(item.text, "provisions", "provisions", index, "text"),
            )
            for index, item in enumerate(entry.provisions)
        ],
        summary=entry.summary,
        related=entry_context.related(),
    )


BUILDER = Builder(LawEntry, build_law)
