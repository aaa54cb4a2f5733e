"""`/network`: actors, linked by the events, laws and agreements in which both take part."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import TIMELINE
from app.web import labels
from app.web.addresses import API, changed, page_of
from app.web.api_client import all_rows, get_json
from app.web.html import page
from app.web.lists import listing

LINKING_KINDS = ["event", "law", "agreement"]
"""The kinds of rows that link actors, if the query names none."""
MAX_PAGES = 5
MAX_NODES = 48
FEW_PAIRS = 12
"""With fewer pairs than this, the drawing also has those with one item in common."""
WIDTH, HEIGHT = 960, 680
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, and the number of rows in which it takes part."""

    id: str
    name: str
    type: str
    rows: int
    x: float
    y: float

    @property
    def radius(self) -> float:
        """Grows with the number of rows."""
        return round(5 + 2.2 * math.sqrt(self.rows), 1)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two actors with items in common."""

    one: str
    other: str
    one_name: str
    other_name: str
    rows: int
    target: str

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of both."""
        return self.one, self.other

    @property
    def width(self) -> float:
        """The width of its line."""
        return round(min(1.2 + 0.8 * self.rows, 9), 1)


@dataclass(frozen=True, slots=True)
class SharedRows:
    """How many rows actors, and pairs of actors, have in common."""

    names: Mapping[str, str]
    rows: Counter[str]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> "SharedRows":
        """Count the actors of rows."""
        found = cls({}, Counter(), Counter())
        names: dict[str, str] = {}
        for row in rows:
            names |= {actor["id"]: actor["name"] for actor in row["actors"]}
            ids = sorted({actor["id"] for actor in row["actors"]})
            found.rows.update(ids)
            found.pairs.update(combinations(ids, 2))
        return cls(names, found.rows, found.pairs)

    @property
    def drawn(self) -> list[tuple[str, str]]:
        """The pairs to draw, most items first: those with two or more, or all if these are few."""
        ranked = self.pairs.most_common()
        least = 2 if sum(count > 1 for _, count in ranked) >= FEW_PAIRS else 1
        return [pair for pair, count in ranked if count >= least]


async def network(request: Request) -> Response:
    """The actors with most items in common, and their pairs."""
    found = await listing(request, TIMELINE)
    target = found.form.first
    api = target if "kind" in found.meta["query"] else changed(target, {"kind": LINKING_KINDS})
    rows, is_whole = await all_rows(request, api, MAX_PAGES)
    shared = SharedRows.of(rows)
    linked = {id for pair in shared.drawn for id in pair} or set(shared.names)
    ids = [id for id, _ in shared.rows.most_common() if id in linked][:MAX_NODES]
    types = await _types(request, ids)
    nodes = {
        id: Node(id, shared.names[id], types.get(id, ""), shared.rows[id], *_position(rank))
        for rank, id in enumerate(ids)
    }
    timeline = page_of(target)
    links = [
        Edge(one, other, shared.names[one], shared.names[other], count,
             changed(timeline, {"actor_all": [one, other]}))
        for (one, other), count in shared.pairs.most_common()
    ]  # fmt: skip
    drawn = set(shared.drawn)
    return page(
        request, "network.html", title=labels.NETWORK, description=labels.NETWORK_DESCRIPTION,
        resource=TIMELINE, listing=found, api=api, nodes=nodes,
        links=[each for each in links if each.pair in drawn],
        weak=[each for each in links if each.pair not in drawn],
        left_out=len(shared.names) - len(nodes), rows=len(rows), is_whole=is_whole,
        timeline=timeline, width=WIDTH, height=HEIGHT,
    )  # fmt: skip


async def _types(request: Request, ids: Sequence[str]) -> Mapping[str, str]:
    if not ids:
        return {}
    target = changed(f"{API}/actors", {"id": list(ids), "limit": "200", "count": "none"})
    return {row["id"]: row["type"] for row in (await get_json(request, target))["data"]}


def _position(rank: int) -> tuple[float, float]:
    """A position on a spiral from the middle outward. The script of the page finds a better one."""
    radius = math.sqrt(rank / MAX_NODES)
    return (
        round(WIDTH / 2 + 0.46 * WIDTH * radius * math.cos(rank * _GOLDEN_ANGLE), 1),
        round(HEIGHT / 2 + 0.45 * HEIGHT * radius * math.sin(rank * _GOLDEN_ANGLE), 1),
    )
