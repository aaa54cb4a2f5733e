"""Actors: from their entries to their rows."""

from typing import Annotated

from app.resources.actors import ActorRow, Affiliation
from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES
from app.vocabularies.countries import COUNTRIES
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
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


def build_actor(entry_context: EntryContext[ActorEntry]) -> ActorRow:
    """The row of an actor."""
    entry = entry_context.entry
    return ActorRow(
        **entry_context.base(),
        type=entry.type,
        aliases=aliases(entry_context, entry.aliases),
        description=entry_context.words_if(entry.description, "description"),
        affiliations=[
            Affiliation(
                **entry_context.refer(item.id, "affiliations", index, "id").model_dump(),
                role=item.role,
            )
            for index, item in enumerate(entry.affiliations)
        ],
        country=entry.country,
    )


BUILDER = Builder(ActorEntry, build_actor)
