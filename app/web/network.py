"""`/network`: actors, linked by the events, laws and agreements that both take part in."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import TIMELINE
from app.web.addresses import API, changed, page_of
from app.web.api_client import ask, walked
from app.web.html import page
from app.web.lists import listing

LINKING = ["event", "law", "agreement"]
"""The kinds of rows that link actors, if none are asked for."""
MOST_PAGES = 5
MOST_NODES = 48
WIDTH, HEIGHT = 960, 680
_NAMED = 30
"""So many actors get a full label."""
_TURN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, with how many rows it takes part in."""

    id: str
    name: str
    type: str
    rows: int
    x: float
    y: float
    is_minor: bool

    @property
    def radius(self) -> float:
        return round(4 + 2.2 * math.sqrt(self.rows), 1)


@dataclass(frozen=True, slots=True)
class Link:
    """Two actors that take part in the same rows."""

    one: Node
    other: Node
    rows: int
    target: str


async def network(request: Request) -> Response:
    """The actors that most take part, and who does so with whom."""
    here = await listing(request, TIMELINE)
    target = here.form.first
    asked = target if "kind" in here.meta["query"] else changed(target, {"kind": LINKING})
    rows, is_whole = await walked(request, asked, MOST_PAGES)
    together = Counter[tuple[str, str]]()
    taking_part = Counter[str]()
    names: dict[str, str] = {}
    for row in rows:
        names |= {actor["id"]: actor["name"] for actor in row["actors"]}
        ids = sorted({actor["id"] for actor in row["actors"]})
        taking_part.update(ids)
        together.update(combinations(ids, 2))
    most = [id for id, _ in taking_part.most_common(MOST_NODES)]
    types = await _types(request, most)
    nodes = {
        id: Node(id, names[id], types.get(id, ""), taking_part[id], *_place(n), n >= _NAMED)
        for n, id in enumerate(most)
    }
    timeline = page_of(target)
    links = [
        Link(nodes[one], nodes[other], count, changed(timeline, {"actor_all": [one, other]}))
        for (one, other), count in together.most_common()
        if one in nodes and other in nodes
    ]
    return page(
        request, "network.html", title="Network",
        description="Who is linked to whom, by events, laws and agreements.",
        resource=TIMELINE, listing=here, api=asked, nodes=list(nodes.values()), links=links,
        left_out=len(taking_part) - len(nodes), rows=len(rows), is_whole=is_whole,
        timeline=timeline, width=WIDTH, height=HEIGHT,
    )  # fmt: skip


async def _types(request: Request, ids: Sequence[str]) -> Mapping[str, str]:
    if not ids:
        return {}
    asked = changed(f"{API}/actors", {"id": list(ids), "limit": "200", "count": "none"})
    return {row["id"]: row["type"] for row in (await ask(request, asked))["data"]}


def _place(rank: int) -> tuple[float, float]:
    """A place on a spiral, from the middle outward; a browser that runs scripts finds better."""
    away = math.sqrt(rank / MOST_NODES)
    return (
        round(WIDTH / 2 + 0.46 * WIDTH * away * math.cos(rank * _TURN), 1),
        round(HEIGHT / 2 + 0.45 * HEIGHT * away * math.sin(rank * _TURN), 1),
    )
