"""Actors: from their entries to their rows."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from app.resources.actors import ActorRow, Affiliation
from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES
from app.vocabularies.countries import COUNTRIES
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.memberships import MembershipEntry
from seeds.reading.code_fields import coded
from seeds.reading.marked import (
    Citations,
    Date,
    Entry,
    Id,
    Implied,
    Line,
    Marked,
    Names,
    Text,
    Titled,
    Words,
    as_link,
    as_list,
)


class AffiliationMembership(Titled):
    """A membership that follows from an affiliation: member, organisation and standing do."""

    id: Id
    name: Line
    date: Date | None = None
    cite: Citations = ()
    """Without it, the quotes of the actor."""
    note: Text | None = None


class AffiliationEntry(Entry):
    """An actor to which another one belongs."""

    id: Id
    membership: AffiliationMembership | None = None
    """The row of the membership, if the affiliation is one."""


_Affiliation = Annotated[
    AffiliationEntry, BeforeValidator(as_link, json_schema_input_type=Id | AffiliationEntry)
]
_Affiliations = Annotated[
    tuple[_Affiliation, ...],
    BeforeValidator(as_list, json_schema_input_type=_Affiliation | tuple[_Affiliation, ...]),
]


class ActorEntry(Marked):
    type: Annotated[str, coded(ACTOR_TYPES)]
    aliases: Names = ()
    """Every other name that the document uses for just this actor."""
    description: Words | None = None
    """The document's own words that say who or what it is, within the entry's quotes."""
    affiliations: dict[Annotated[str, coded(AFFILIATION_ROLES)], _Affiliations] = Field(
        default_factory=dict
    )
    """Where it belongs, by role: `{official: norland}`."""
    country: Annotated[str, coded(COUNTRIES)] | None = None

    def implied(self) -> Iterator[Implied]:
        """The memberships that follow from its affiliations."""
        for role, items in self.affiliations.items():
            for index, item in enumerate(items):
                if item.membership is not None:
                    path = ("affiliations", role, index, "membership")
                    yield Implied("membership", self._membership(role, item), path)

    def _membership(self, role: str, item: AffiliationEntry) -> MembershipEntry:
        quotes = tuple(quote for quote in self.cite if not quote.fields)
        fields = dict(item.membership or ()) | {"member": self.id, "organisation": item.id}
        fields["cite"] = fields["cite"] or quotes
        return MembershipEntry.model_construct(**fields, standing=role)


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
                **entry_context.refer(item.id, "affiliations", role, index, "id").model_dump(),
                role=role,
            )
            for role, items in entry.affiliations.items()
            for index, item in enumerate(items)
        ],
        country=entry.country,
    )


BUILDER = Builder(ActorEntry, build_actor)
