"""Offices: from their entries to their rows."""

from typing import Annotated

from app.resources.offices import OfficeRow
from app.vocabularies.actors import OFFICE_TYPES
from seeds.builders.builder import Builder
from seeds.builders.entry_context import Dossier
from seeds.builders.values import date_value
from seeds.reading.code_fields import coded
from seeds.reading.marked import Date, Id, Marked, Related, Words


class OfficeEntry(Marked):
    type: Annotated[str, coded(OFFICE_TYPES)]
    operator: Id | None = None
    """Whose office it is (an actor)."""
    host: Id | None = None
    """The country or territory where it is (an actor)."""
    city: Words | None = None
    address: Words | None = None
    holder: Id | None = None
    rank: Words | None = None
    reports_to: Id | None = None
    """The office that it reports to."""
    date: Date | None = None
    description: Words | None = None
    related: tuple[Related, ...] = ()


def build_office(dossier: Dossier[OfficeEntry]) -> OfficeRow:
    """The row of an office."""
    entry = dossier.entry
    return OfficeRow(
        **dossier.base(),
        type=entry.type,
        operator=dossier.refer_if(entry.operator, "operator"),
        host=dossier.refer_if(entry.host, "host"),
        city=dossier.words_if(entry.city, "city"),
        address=dossier.words_if(entry.address, "address"),
        holder=dossier.refer_if(entry.holder, "holder"),
        rank=dossier.words_if(entry.rank, "rank"),
        reports_to=dossier.refer_if(entry.reports_to, "reports_to", kinds=("office",)),
        date=date_value(dossier, entry.date, opens=True),
        description=dossier.words_if(entry.description, "description"),
        related=dossier.related(),
    )


BUILDER = Builder(OfficeEntry, build_office)
