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
    """A membership that follows from an affiliation, which gives the member, the organisation and
    the standing."""

    id: Id
    name: OneLine
    date: Date | None = None
    cite: Citations = ()
    """The quotes that prove it. By default, the quotes of the actor."""
    note: Text | None = None


class AffiliationPost(Titled):
    """A post that follows from an affiliation, which gives the operator and the holder."""

    id: Id
    name: OneLine
    cite: Citations = ()
    """The quotes that prove it. By default, the quotes of the actor."""
    note: Text | None = None


class AffiliationEntry(ReadingModel):
    """An actor to which this actor belongs."""

    id: Id
    membership: AffiliationMembership | None = None
    """The membership, if the affiliation is a membership. It becomes a row of its own."""
    post: AffiliationPost | None = None
    """The post, if the actor holds a post. It becomes a row of its own."""


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
    """All other names that the document uses for this actor alone."""
    description: Words | None = None
    """The words of the document that say who or what the actor is, from the quotes of the entry."""
    affiliations: dict[Annotated[str, coded(AFFILIATION_ROLES)], _Affiliations] = Field(
        default_factory=dict
    )
    """The actors to which it belongs, by role: `{official: norland}`."""
    country: Annotated[str, coded(COUNTRIES)] | None = None
    """The code of the country. By default, that of the state, government or body to which the actor
    belongs as a part, leader, official, spokesperson or national."""

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
