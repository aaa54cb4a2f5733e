"""Actors: from their entries to their rows."""

from typing import Annotated

from app.resources.actors import ActorRow, Affiliation
from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES
from app.vocabularies.countries import COUNTRIES
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import Dossier
from seeds.reading.code_fields import coded
from seeds.reading.marked import Entry, Id, Marked, Words


class AffiliationEntry(Entry):
    id: Id
    role: Annotated[str, coded(AFFILIATION_ROLES)]


class ActorEntry(Marked):
    type: Annotated[str, coded(ACTOR_TYPES)]
    aliases: tuple[Words, ...] = ()
    """Every other name that the document uses for just this actor."""
    description: Words | None = None
    """The document's own words that say who or what it is, within the entry's quotes."""
    affiliations: tuple[AffiliationEntry, ...] = ()
    country: Annotated[str, coded(COUNTRIES)] | None = None


def build_actor(dossier: Dossier[ActorEntry]) -> ActorRow:
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


BUILDER = Builder(ActorEntry, build_actor)
