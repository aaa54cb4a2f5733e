"""What an actor's page shows of its life: its acts, what others did to it, and its ties in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from app.web import labels
from app.web.addresses import API, changed
from app.web.api_client import all_rows
from app.web.strips import Dot, dots, span
from app.web.ties import Tie, side, ties

MAX_PAGES = 5
MOST_TIES = 12
_GROUPS = {
    "acting": labels.ACTS, "both": labels.ACTS, "affected": labels.RECEIVED,
    "none": labels.INVOLVED,
}  # fmt: skip


@dataclass(slots=True)
class TieInTime:
    """The events of the actor with another one, in both directions."""

    other: Mapping[str, Any]
    out: Tie | None = None
    back: Tie | None = None
    dots: list[Dot] = field(default_factory=list[Dot])

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """The events of both directions, each once."""
        both = [row for tie in (self.out, self.back) if tie for row in tie.rows]
        return list({row["id"]: row for row in both}.values())


@dataclass(frozen=True, slots=True)
class ActorLife:
    """The events of an actor by what it does in them, and its strongest ties."""

    groups: Mapping[str, Sequence[Mapping[str, Any]]]
    ties: Sequence[TieInTime]
    first: int
    last: int
    is_whole: bool

    @property
    def is_empty(self) -> bool:
        return not self.groups


async def actor_life(request: Request, id: str) -> ActorLife:
    """The life of one actor, from its events in the order of time."""
    address = changed(f"{API}/events", {"actor": id})
    rows, is_whole = await all_rows(request, address, MAX_PAGES)
    groups: dict[str, list[Mapping[str, Any]]] = {
        name: [] for name in dict.fromkeys(_GROUPS.values())
    }
    for row in rows:
        groups[_GROUPS[_side(row, id)]].append(row)
    found = _ties_of(rows, id)
    first, last = span(row for tie in found for row in tie.rows)
    for tie in found:
        tie.dots = list(dots(tie.rows, first, last))
    kept = {name: each for name, each in groups.items() if each}
    return ActorLife(kept, found, first, last, is_whole)


def _side(row: Mapping[str, Any], id: str) -> str:
    sides = [side(row, actor["role"]) for actor in row["actors"] if actor["id"] == id]
    return next((each for each in sides if each != "none"), "none")


def _ties_of(rows: Sequence[Mapping[str, Any]], id: str) -> list[TieInTime]:
    found: dict[str, TieInTime] = {}
    for tie in ties(rows):
        if tie.source["id"] == id:
            found.setdefault(tie.target["id"], TieInTime(tie.target)).out = tie
        elif tie.target["id"] == id:
            found.setdefault(tie.source["id"], TieInTime(tie.source)).back = tie
    return sorted(found.values(), key=lambda each: -len(each.rows))[:MOST_TIES]
