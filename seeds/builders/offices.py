"""Offices: from their entries to their rows."""

from app.resources.offices import OfficeRow
from seeds.builders.entry_context import Dossier
from seeds.builders.values import date_value
from seeds.reading.entries import OfficeEntry


def load_office(dossier: Dossier[OfficeEntry]) -> OfficeRow:
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
