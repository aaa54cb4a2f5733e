"""Offices: makes their rows from the entries of a reading."""

from typing import Annotated

from pydantic import Field

from app.resources.offices import OfficeRow
from app.vocabularies.actors import OFFICE_TYPES
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.values import date_value, refuse_lasting
from seeds.reading.code_fields import coded
from seeds.reading.entry import Date, Id, RelatedRows, RowEntry, Words


class OfficeEntry(RowEntry):
    type: Annotated[str, coded(OFFICE_TYPES)]
    operator: Id | None = None
    """The id of the actor whose office it is."""
    host: Id | None = None
    """The id of the country or territory in which it is, an actor."""
    city: Words | None = None
    address: Words | None = None
    holder: Id | None = None
    rank: Words | None = None
    reports_to: Id | None = None
    """The id of the office to which it reports."""
    date: Date | None = None
    description: Words | None = None
    related: RelatedRows = Field(default_factory=dict)


def build_office(entry_context: EntryContext[OfficeEntry]) -> OfficeRow:
    """The row of an office."""
    entry = entry_context.entry
    date = date_value(entry_context, entry.date, is_state=True)
    refuse_lasting(entry_context, date)
    return OfficeRow(
        **entry_context.common_fields(),
        type=entry.type,
        operator=entry_context.refer_if(entry.operator, "operator"),
        host=entry_context.refer_if(entry.host, "host"),
        city=entry_context.words_if(entry.city, "city"),
        address=entry_context.words_if(entry.address, "address"),
        holder=entry_context.refer_if(entry.holder, "holder"),
        rank=entry_context.words_if(entry.rank, "rank"),
        reports_to=entry_context.refer_if(entry.reports_to, "reports_to", kinds=("office",)),
        date=date,
        description=entry_context.words_if(entry.description, "description"),
        related=entry_context.related(),
    )


BUILDER = Builder(OfficeEntry, build_office)
