"""Actors: countries, territories, governments, bodies, organisations, media, groups and persons."""

from dataclasses import replace
from typing import Annotated, Literal

from sqlalchemy.orm import Mapped, mapped_column

from app.resources.bases import Base, ChildTable, Record
from app.resources.columns import Key, code, foreign, owner, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import Filter, coded, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, Reference, in_vocabulary
from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES
from app.vocabularies.countries import COUNTRIES


class Actor(Record):
    """A country, territory, government, body, organisation, medium, group or person."""

    __tablename__ = "actors"

    type: Mapped[str] = code(ACTOR_TYPES)
    description: Mapped[str | None] = words("Description, in the document's words.")
    country: Mapped[str | None] = code(COUNTRIES, "ISO 3166-1 alpha-3.")


class ActorAlias(ChildTable):
    """Another name that the document uses for an actor."""

    __tablename__ = "actor_aliases"

    actor_id: Mapped[str] = owner("actors")
    alias: Mapped[str] = words("The name.")


class ActorAffiliation(ChildTable):
    """An actor that another actor belongs to, and in which role."""

    __tablename__ = "actor_affiliations"

    actor_id: Mapped[str] = owner("actors")
    affiliation_id: Mapped[str] = reference("actors", "The actor that it belongs to.")
    role: Mapped[str] = code(AFFILIATION_ROLES)


class ActorPart(Base):
    """The governments and bodies that an actor consists of, in any number of steps, and the actor
    itself. Derived by the loader."""

    __tablename__ = "actor_parts"

    whole_id: Mapped[str] = mapped_column(
        Key, foreign("actors.id"), primary_key=True, comment="The actor."
    )
    part_id: Mapped[str] = mapped_column(
        Key, foreign("actors.id"), primary_key=True, index=True, comment="A part of it, or itself."
    )


def within(of: Filter) -> Filter:
    """The filter `x_within` of a filter `x` by actors: the actor, or a part of it."""
    pair = of.pair and replace(of.pair, through=(ActorPart.whole_id, ActorPart.part_id))
    return replace(
        of,
        name=f"{of.name}_within",
        column=ActorPart.whole_id,
        through=(of.column, ActorPart.part_id),
        description="This actor, or a government or body that is part of it.",
        is_plain=True,
        pair=pair,
    )


class Affiliation(Reference):
    """An actor that this actor belongs to."""

    role: Annotated[str, in_vocabulary(AFFILIATION_ROLES)]
    """Role of this actor; vocabulary `affiliation-roles`."""


class ActorRow(CitedRow):
    """An actor, under all the names that the document uses for it."""

    kind: Literal["actor"] = "actor"
    type: Annotated[str, in_vocabulary(ACTOR_TYPES)]
    """Vocabulary `actor-types`."""
    aliases: list[str]
    """Other names in the document."""
    description: str | None
    """Description, in the document's words."""
    affiliations: list[Affiliation]
    """The actor that it belongs to."""
    country: Annotated[str, in_vocabulary(COUNTRIES)] | None
    """ISO 3166-1 alpha-3."""


ACTORS = Resource(
    kind="actor",
    path="actors",
    title="Actors",
    description="Countries, territories, governments, bodies, organisations, media, groups and "
    "persons, each under all the names that the document uses.",
    model=Actor,
    row=ActorRow,
    example="donald-trump",
    texts=("description", "note"),
    parts={"aliases": ActorAlias, "affiliations": ActorAffiliation},
    filters=(
        coded(Actor.type, "person"),
        coded(Actor.country, "HKG"),
        named(ActorAffiliation.affiliation_id, "An actor that it belongs to.", "united-states"),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Actor.type, Actor.country),
)
