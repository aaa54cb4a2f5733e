"""`/network`: who acts towards whom, as a matrix and as a list, from the participants of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.resources.events import EVENTS
from app.web import labels
from app.web.addresses import changed, page_of
from app.web.api_client import all_rows, get_json
from app.web.dates import period_words
from app.web.html import page
from app.web.lists import listing
from app.web.strips import Dot, dots, span
from app.web.ties import Tie, ties, weights

MAX_PAGES = 5
MOST_ACTORS = 14
"""The largest number of rows, and of columns, of the matrix."""
MOST_LISTED = 25
"""How many ties the list has before it is folded."""
MOST_YEARS = 14
"""With more years than this, the periods to choose are decades."""
NAMES, HEAD, CELL = 250, 190, 46
_LONGEST_NAME = 34


@dataclass(frozen=True, slots=True)
class Cell:
    """A tie in the matrix."""

    tie: Tie
    x: float
    y: float
    strength: float
    """The opacity of its colour, by the number of events."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a row or a column."""

    actor: Mapping[str, Any]
    position: float

    @property
    def short(self) -> str:
        name: str = self.actor["name"]
        return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who acts in the rows, towards whom in the columns; those with most events come first."""

    sources: Sequence[Name]
    targets: Sequence[Name]
    cells: Sequence[Cell]
    cell: float

    @property
    def height(self) -> float:
        return HEAD + self.cell * len(self.sources)

    @property
    def width(self) -> float:
        return NAMES + self.cell * len(self.targets)

    @classmethod
    def of(cls, found: Sequence[Tie]) -> "Matrix":
        """The matrix of the actors with most events, without empty rows and columns."""
        rank = {id: -count for id, count in weights(found).items()}
        sources = {tie.source["id"]: tie.source for tie in found}
        targets = {tie.target["id"]: tie.target for tie in found}
        first_rows = set(sorted(sources, key=lambda id: rank[id])[:MOST_ACTORS])
        first_columns = set(sorted(targets, key=lambda id: rank[id])[:MOST_ACTORS])
        drawn = [
            t for t in found if t.source["id"] in first_rows and t.target["id"] in first_columns
        ]
        by_rank = sorted(rank, key=lambda id: rank[id])
        rows = [id for id in by_rank if any(tie.source["id"] == id for tie in drawn)]
        columns = [id for id in by_rank if any(tie.target["id"] == id for tie in drawn)]
        most = max((tie.weight for tie in drawn), default=1)
        x = {id: NAMES + CELL * index for index, id in enumerate(columns)}
        y = {id: HEAD + CELL * index for index, id in enumerate(rows)}
        cells = [
            Cell(tie, x[tie.target["id"]], y[tie.source["id"]], 0.25 + 0.4 * tie.weight / most)
            for tie in drawn
        ]
        return cls(
            [Name(sources[id], y[id]) for id in rows],
            [Name(targets[id], x[id]) for id in columns],
            cells,
            CELL,
        )


@dataclass(frozen=True, slots=True)
class ListedTie:
    """A tie in the list, with its events in time."""

    tie: Tie
    dots: list[Dot]


async def network(request: Request) -> Response:
    """Who acts towards whom in the events of the query."""
    found = await listing(request, EVENTS)
    rows, is_whole = await all_rows(request, found.form.first, MAX_PAGES)
    all_ties = ties(rows)
    first, last = span(row for tie in all_ties for row in tie.rows)
    listed = [ListedTie(tie, list(dots(tie.rows, first, last))) for tie in all_ties]
    matrix = Matrix.of(all_ties)
    dyads = changed(found.form.first.replace("/events", "/dyads", 1), {"sort": None})
    return page(
        request, "network.html", title=labels.NETWORK, description=labels.NETWORK_DESCRIPTION,
        resource=EVENTS, listing=found, api=dyads, matrix=matrix,
        formats=[
            (text, changed(dyads, {"format": name, "limit": None}))
            for name, text in labels.PAIR_FORMATS.items()
        ],
        listed=listed[:MOST_LISTED], more=listed[MOST_LISTED:], first=first, last=last,
        drawn=len(matrix.cells), periods=await _periods(request, found.form.first),
        rows=len(rows), is_whole=is_whole, names=NAMES, above=HEAD,
    )  # fmt: skip


async def _periods(request: Request, target: str) -> list[tuple[str, int, str]]:
    """The periods to choose: name, number of events in it, and page. First the whole time."""
    whole = changed(target, {"date": None, "date_from": None, "date_to": None, "date_match": None})
    query = {"facet": ["date:year", "date:decade"], "facet_limit": "200", "limit": "0"}
    answer = await get_json(request, changed(whole, query))
    facets = answer["facets"]
    years = facets["date:year"]["buckets"]
    buckets = years if len(years) <= MOST_YEARS else facets["date:decade"]["buckets"]
    periods = [
        (
            period_words(each["value"]),
            each["count"],
            _network(changed(whole, {"date": each["value"], "date_match": "within"})),
        )
        for each in sorted(buckets, key=lambda bucket: bucket["value"])
        if each["count"]
    ]
    return [(labels.WHOLE_TIME, answer["meta"]["total"], _network(whole)), *periods]


def _network(target: str) -> str:
    return page_of(target).replace("/events", "/network", 1)
