"""Agreements: from their entries, and the events that name them, to their rows."""

from typing import Annotated

from app.resources.agreements import AgreementRow, AgreementStage
from app.vocabularies.laws import AGREEMENT_DATES, AGREEMENT_TYPES
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import Dossier
from seeds.builders.values import staged_date
from seeds.reading.code_fields import coded
from seeds.reading.marked import Date, Id, Marked, Related, Text, Words


class AgreementEntry(Marked):
    type: Annotated[str, coded(AGREEMENT_TYPES)]
    aliases: tuple[Words, ...] = ()
    parties: tuple[Id, ...] = ()
    summary: Text
    date: Date | None = None
    date_of: Annotated[str, coded(AGREEMENT_DATES)] | None = None
    related: tuple[Related, ...] = ()


def build_agreement(dossier: Dossier[AgreementEntry]) -> AgreementRow:
    """The row of an agreement."""
    entry = dossier.entry
    stages = dossier.context.stages[entry.id]
    history = [stage for stage in stages if isinstance(stage, AgreementStage)]
    return AgreementRow(
        **dossier.base(),
        type=entry.type,
        aliases=aliases(dossier, entry.aliases),
        parties=dossier.refer_all(entry.parties, "parties"),
        date=staged_date(dossier, entry.date, entry.date_of),
        date_of=entry.date_of,
        status=history[-1].step if history else None,
        history=history,
        summary=entry.summary,
        related=dossier.related(),
    )


BUILDER = Builder(AgreementEntry, build_agreement)
