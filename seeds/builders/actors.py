"""Actors: from their entries to their rows."""

from app.resources.actors import ActorRow, Affiliation
from seeds.builders.aliases import aliases
from seeds.builders.entry_context import Dossier
from seeds.reading.entries import ActorEntry


def load_actor(dossier: Dossier[ActorEntry]) -> ActorRow:
    """The row of an actor."""
    entry = dossier.entry
    return ActorRow(
        **dossier.base(),
        type=entry.type,
        aliases=aliases(dossier, entry.aliases),
        description=dossier.words_if(entry.description, "description"),
        affiliations=[
            Affiliation(
                **dossier.refer(item.id, "affiliations", index, "id").model_dump(), role=item.role
            )
            for index, item in enumerate(entry.affiliations)
        ],
        country=entry.country,
    )
