"""Generate 5,000 actors; a few of them are in most events."""

from collections.abc import Iterator
from functools import lru_cache
from random import Random

from app.resources.actors import ActorRow, Affiliation
from app.resources.events import Participant
from app.resources.registry import BY_KIND
from app.resources.rows import Reference, RowLinks
from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES
from app.vocabularies.countries import COUNTRIES
from benchmarks.synthetic.words import drawn, word
from seeds.dataset_content import LoadedRow

ACTORS = 5_000

_TYPES = ACTOR_TYPES.values
_PLACE_TYPES = tuple(index for index, type in enumerate(_TYPES) if type in ("territory", "city"))
_MEDIUM = _TYPES.index("medium")


def actor_rows(version: str) -> Iterator[LoadedRow]:
    """All actors. Rank 1 is the most frequent in events."""
    for rank in range(1, ACTORS + 1):
        row = _actor(rank, version)
        yield LoadedRow(BY_KIND["actor"], row, rank, evidence=(), names=(row.name, *row.aliases))


def drawn_actor(random: Random) -> int:
    """The rank of an actor, by Zipf's law."""
    return drawn(random, ACTORS)


def drawn_place(random: Random) -> int:
    """The rank of a territory or city."""
    return _of_type(random, random.choice(_PLACE_TYPES))


def drawn_medium(random: Random) -> int:
    """The rank of a medium."""
    return _of_type(random, _MEDIUM)


def actor_id(rank: int) -> str:
    """The id of the actor of a rank."""
    return f"actor-{rank}"


@lru_cache(maxsize=ACTORS)
def reference(rank: int) -> Reference:
    """A reference to the actor."""
    return Reference(kind="actor", id=actor_id(rank), name=_name(rank))


@lru_cache(maxsize=4 * ACTORS)
def participant(rank: int, role: str) -> Participant:
    """The actor as a participant of an event."""
    return Participant(kind="actor", id=actor_id(rank), name=_name(rank), role=role)


def _of_type(random: Random, index: int) -> int:
    """Cycle through the types, so that each is equally common among frequent and rare actors."""
    count = len(_TYPES)
    return 1 + index + count * (drawn(random, ACTORS // count) - 1)


def _name(rank: int) -> str:
    return f"{word(rank)} {word(ACTORS + rank)}".title()


def _actor(rank: int, version: str) -> ActorRow:
    affiliations: list[Affiliation] = []
    if rank > len(_TYPES):
        role = AFFILIATION_ROLES.values[rank % len(AFFILIATION_ROLES.values)]
        parent = reference(rank // len(_TYPES))
        affiliations.append(Affiliation(kind="actor", id=parent.id, name=parent.name, role=role))
    id = actor_id(rank)
    return ActorRow(
        id=id,
        name=_name(rank),
        note=None,
        version=version,
        links=RowLinks(self=f"/v1/actors/{id}"),
        type=_TYPES[(rank - 1) % len(_TYPES)],
        aliases=[word(2 * ACTORS + rank).title()] if rank % 4 == 0 else [],
        description=None,
        affiliations=affiliations,
        country=COUNTRIES.values[rank % len(COUNTRIES.values)],
    )
