"""Actors: makes their rows from the entries of a reading."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.resources.actors import ActorRow, Affiliation
from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES
from app.vocabularies.countries import COUNTRIES
from seeds.builders.aliases import aliases
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.memberships import MembershipEntry
from seeds.builders.offices import OfficeEntry
from seeds.reading.code_fields import coded
from seeds.reading.entry import (
    Citations,
    Date,
    Id,
    Implied,
    Names,
    OneLine,
    ReadingModel,
    RowEntry,
    Text,
    Titled,
    Words,
    as_link,
    as_list,
)


class AffiliationMembership(Titled):
    """A membership that follows from an affiliation: member, organisation and standing do."""

    id: Id
    name: OneLine
    date: Date | None = None
    cite: Citations = ()
    """Without it, the quotes of the actor."""
    note: Text | None = None


class AffiliationPost(Titled):
    """A post that an affiliation gives; its operator and its holder follow."""

    id: Id
    name: OneLine
    cite: Citations = ()
    """Without it, the quotes of the actor."""
    note: Text | None = None


class AffiliationEntry(ReadingModel):
    """An actor to which another one belongs."""

    id: Id
    membership: AffiliationMembership | None = None
    """The row of the membership, if the affiliation is one."""
    post: AffiliationPost | None = None
    """The row of the post, if the affiliation consists in holding one."""


_Affiliation = Annotated[
    AffiliationEntry, BeforeValidator(as_link, json_schema_input_type=Id | AffiliationEntry)
]
_Affiliations = Annotated[
    tuple[_Affiliation, ...],
    BeforeValidator(as_list, json_schema_input_type=_Affiliation | tuple[_Affiliation, ...]),
]


class ActorEntry(RowEntry):
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
    """Without it, that of the state, government or body that it is part of, leads, serves, speaks
    for or has as its nation."""

    def implied(self) -> Iterator[Implied]:
        """The memberships and posts that follow from its affiliations."""
        for role, items in self.affiliations.items():
            for index, item in enumerate(items):
                path = ("affiliations", role, index)
                if item.membership is not None:
                    member = {"member": self.id, "organisation": item.id, "standing": role}
                    membership = MembershipEntry.model_validate(
                        self._cited(item.membership) | member
                    )
                    yield Implied("membership", membership, (*path, "membership"))
                if item.post is not None:
                    holder = {"type": "post", "operator": item.id, "holder": self.id}
                    post = OfficeEntry.model_validate(self._cited(item.post) | holder)
                    yield Implied("office", post, (*path, "post"))

    def _cited(self, item: AffiliationMembership | AffiliationPost) -> dict[str, Any]:
        """The fields of an implied entry. If it has no quotes, it gets the quotes of the actor."""
        quotes = item.cite or tuple(quote for quote in self.cite if not quote.fields)
        return dict(item) | ({"cite": quotes} if quotes else {})


_STATE_ROLES = ("part-of", "leader", "official", "spokesperson", "national")
_STATE_TYPES = ("country", "territory", "government", "body", "organisation")


def actors_and_their_states(entry_context: EntryContext[Any], *ids: str) -> Iterator[ActorEntry]:
    """The actors themselves, then the states, governments and bodies that they belong to or serve.

    This is a breadth-first search over the affiliations.
    """
    seen: set[str] = set()
    queue = list(ids)
    while queue:
        id = queue.pop(0)
        known = entry_context.context.ids.known.get(id)
        if id in seen or known is None or not isinstance(known.entry, ActorEntry):
            continue
        seen.add(id)
        if id in ids or known.entry.type in _STATE_TYPES:
            yield known.entry
            affiliations = known.entry.affiliations
            queue += [item.id for role in _STATE_ROLES for item in affiliations.get(role, ())]


def build_actor(entry_context: EntryContext[ActorEntry]) -> ActorRow:
    """The row of an actor."""
    entry = entry_context.entry
    return ActorRow(
        **entry_context.common_fields(),
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
        country=next(
            (
                item.country
                for item in actors_and_their_states(entry_context, entry.id)
                if item.country
            ),
            None,
        ),
    )


BUILDER = Builder(ActorEntry, build_actor)
