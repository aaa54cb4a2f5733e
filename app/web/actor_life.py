"""What an actor's page shows of its life: its acts, what others did to it, and its ties in time."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from app.web import labels
from app.web.addresses import API, changed
from app.web.api_client import all_rows
from app.web.ties import Tie, class_of, side_of, ties

MAX_PAGES = 5
MOST_TIES = 12
STRIP_WIDTH, STRIP_HEIGHT, EDGE = 240, 20, 12
_SHIFTS = {"cooperation": -4.0, "none": 0.0, "conflict": 4.0}
"""Dots of one year stand beside each other."""
_GROUPS = {
    "acting": labels.ACTS, "both": labels.ACTS, "affected": labels.RECEIVED,
    "none": labels.INVOLVED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dot:
    """The events of one year and one class on the strip of a tie."""

    x: float
    radius: float
    kind: str
    text: str


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
    first: int | None
    last: int | None
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
    years = [year for tie in found for row in tie.rows if (year := year_of(row)) is not None]
    first, last = (min(years), max(years)) if years else (None, None)
    for tie in found:
        tie.dots = list(_dots(tie.rows, first or 0, last or 0))
    kept = {name: each for name, each in groups.items() if each}
    return ActorLife(kept, found, first, last, is_whole)


def _side(row: Mapping[str, Any], id: str) -> str:
    sides = [side_of(row, actor["role"]) for actor in row["actors"] if actor["id"] == id]
    return next((side for side in sides if side != "none"), "none")


def _ties_of(rows: Sequence[Mapping[str, Any]], id: str) -> list[TieInTime]:
    found: dict[str, TieInTime] = {}
    for tie in ties(rows):
        if tie.source["id"] == id:
            found.setdefault(tie.target["id"], TieInTime(tie.target)).out = tie
        elif tie.target["id"] == id:
            found.setdefault(tie.source["id"], TieInTime(tie.source)).back = tie
    return sorted(found.values(), key=lambda each: -len(each.rows))[:MOST_TIES]


def year_of(row: Mapping[str, Any]) -> int | None:
    """The year in which an event began, if its date says one."""
    day = row["date"] and row["date"]["earliest"]
    return int(day[:-6]) if day else None


def _dots(rows: Sequence[Mapping[str, Any]], first: int, last: int) -> Iterator[Dot]:
    names: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        if (year := year_of(row)) is not None:
            names.setdefault((year, class_of(row)), []).append(row["name"])
    for (year, kind), each in sorted(names.items()):
        share = (year - first) / (last - first) if last > first else 0.5
        x = EDGE + share * (STRIP_WIDTH - 2 * EDGE) + _SHIFTS[kind]
        radius = min(3 + 1.6 * math.sqrt(len(each)), STRIP_HEIGHT / 2)
        yield Dot(round(x, 1), round(radius, 1), kind, labels.dot(year, kind, each))
