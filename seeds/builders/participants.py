"""Participants of events: makes them from an entry, and checks that their roles fit the event."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from app.resources.events import Participant
from app.vocabularies.events import ROLES_BY_TYPE, side_of
from seeds.builders.entry_context import EntryContext

_DIRECTED = ("COOPERATE", "AID", "SANCTION")
"""The PLOVER categories that need somebody who is affected."""


def participants(entry_context: EntryContext[Any], category: str | None) -> list[Participant]:
    """The participants of an event with their roles. `category` is its PLOVER category, or null."""
    entry = entry_context.entry
    found = [
        Participant(**reference.model_dump(), role=role)
        for role, ids in entry.actors.items()
        for reference in entry_context.refer_all(ids, "actors", role)
    ]
    sides = defaultdict[str, list[str]](list)
    for item in found:
        sides[side_of(item.role, signs_agreement=signs_agreement(entry))].append(item.id)
    for message, cure, path in (
        *_unfit(entry),
        *_several(entry, found),
        *_alone(found),
        *_places(entry_context, found),
    ):
        entry_context.fault(message, cure, "actors", *path)
    if category in _DIRECTED and not (sides["both"] or (sides["acting"] and sides["affected"])):
        message = f"{category} needs somebody who acts and somebody who is affected"
        cure = "name both among `actors:`, or leave `plover:` out"
        entry_context.fault(message, cure, "plover")
    return found


def signs_agreement(entry: Any) -> bool:
    """Whether an agreement is signed in the event of an entry."""
    return "signed" in entry.agreements


_Problem = tuple[str, str, tuple[str, ...]]


def _unfit(entry: Any) -> Iterator[_Problem]:
    """Roles with a side that the type of the event does not have."""
    allowed = ROLES_BY_TYPE[entry.type]
    for role in entry.actors:
        if side_of(role, signs_agreement=signs_agreement(entry)) != "none" and role not in allowed:
            message = f"an event of type {entry.type!r} has no {role}"
            cure = (
                f"its roles with a side are {', '.join(allowed)}; write `subject`, `beneficiary` "
                "or `location` for somebody without a side, or choose another type"
            )
            yield message, cure, (role,)


def _several(entry: Any, found: list[Participant]) -> Iterator[_Problem]:
    """Actors with more than one role with a side."""
    roles = defaultdict[str, list[str]](list)
    for item in found:
        if side_of(item.role, signs_agreement=signs_agreement(entry)) != "none":
            roles[item.id].append(item.role)
    for id, several in roles.items():
        if len(several) > 1:
            message = f"{id!r} is {' and '.join(several)} of one event"
            yield message, "keep one of these roles, or make two events", (several[-1],)


def _alone(found: list[Participant]) -> Iterator[_Problem]:
    """A party without another party."""
    parties = [item.id for item in found if item.role == "party"]
    if len(parties) == 1:
        message = f"{parties[0]!r} is the only party"
        cure = "name the other parties, or write `source` for who acts alone"
        yield message, cure, ("party",)


def _places(entry_context: EntryContext[Any], found: list[Participant]) -> Iterator[_Problem]:
    """Cities that are said to act or to be affected."""
    known, signs = entry_context.context.ids.known, signs_agreement(entry_context.entry)
    for item in found:
        is_city = item.id in known and known[item.id].type == "city"
        if is_city and side_of(item.role, signs_agreement=signs) != "none":
            message = f"the city {item.id!r} is {item.role}"
            yield message, "write `location`, or name the actor that is meant", (item.role,)
