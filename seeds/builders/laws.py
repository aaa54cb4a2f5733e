"""Laws: from their entries, and the events that name them, to their rows."""

from app.resources.laws import LawRow, LawStage, Provision
from seeds.builders.aliases import aliases
from seeds.builders.entry_context import Dossier
from seeds.builders.values import staged_date
from seeds.reading.entries import LawEntry


def load_law(dossier: Dossier[LawEntry]) -> LawRow:
    """The row of a law."""
    entry = dossier.entry
    history = [stage for stage in dossier.context.stages[entry.id] if isinstance(stage, LawStage)]
    return LawRow(
        **dossier.base(),
        type=entry.type,
        aliases=aliases(dossier, entry.aliases),
        jurisdiction=dossier.refer_if(entry.jurisdiction, "jurisdiction"),
        date=staged_date(dossier, entry.date, entry.date_of),
        date_of=entry.date_of,
        status=history[-1].step if history else None,
        history=history,
        signed_by=dossier.refer_all(entry.signed_by, "signed_by"),
        issued_by=dossier.refer_all(entry.issued_by, "issued_by"),
        provisions=[
            Provision(
                type=item.type,
                text=dossier.words(item.text, "provisions", "provisions", index, "text"),
            )
            for index, item in enumerate(entry.provisions)
        ],
        summary=entry.summary,
        related=dossier.related(),
    )
