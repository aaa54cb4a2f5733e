"""Parts of actors: the governments and bodies that an actor consists of, for `x_within`."""

from collections.abc import Iterator, Mapping

from app.resources.actors import ActorPart, ActorRow
from app.resources.resource import table_of
from seeds.publish.columns import TableRows

PARTS = ("government", "body")
"""Types of actors that can be a part. So a territory is no part of a country."""


def part_rows(actors: Mapping[str, ActorRow]) -> TableRows:
    """Each actor with each of its parts, in any number of steps. Each actor is a part of itself."""
    pairs = [(whole, part) for part in actors for whole in _wholes(part, actors)]
    return table_of(ActorPart), sorted(pairs)


def _wholes(part: str, actors: Mapping[str, ActorRow]) -> Iterator[str]:
    """The actor, and the actors that it is a part of."""
    seen, left = {part}, [part]
    while left:
        id = left.pop()
        yield id
        actor = actors[id]
        above = (each.id for each in actor.affiliations if each.role == "part-of")
        for whole in above if actor.type in PARTS else ():
            if whole not in seen:
                seen.add(whole)
                left.append(whole)
