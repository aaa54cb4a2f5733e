"""The pages of the timeline: the whole of it, and on the first page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.edtf.dates import EdtfError, parse_partial, parse_period
from app.resources.timeline import TIMELINE
from app.web.addresses import API, changed, page_of
from app.web.api_client import ask
from app.web.html import page
from app.web.lists import Listing, listing
from app.web.timeline.calendar import Step, day_number, step_for
from app.web.timeline.drawing import Drawing, of_counts, of_rows
from app.web.timeline.navigation import Move, episodes, moves

MOST_MARKS = 200
MOST_UNITS = 120
_SHORT = 366
_WITHIN: dict[str, str | list[str] | None] = {"date_match": "within"}
_BESIDE: dict[str, None] = {
    "cursor": None, "offset": None, "sort": None, "limit": None, "count": None, "facet": None,
    "facet_limit": None,
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """What of the timeline is seen: the drawing, the ways on, and the rows that have no date."""

    drawing: Drawing | None
    moves: Sequence[Move]
    episodes: Sequence[tuple[str, str]]
    undated: Sequence[Mapping[str, Any]]
    more_undated: int
    sorts: Sequence[str]
    api: str
    is_within: bool = False
    """Whether only rows wholly in the period are drawn, because more would be too many."""


async def view(request: Request, target: str, total: int | None = None) -> View:
    """The view of a query of the timeline: rows if they are few, else counts of them. `total` is
    how many rows there are, if that is known already."""
    asked = changed(target, _BESIDE)
    counted = {"limit": str(MOST_MARKS), "count": "auto" if total is None else "none"}
    answer = await ask(request, changed(asked, counted))
    rows: list[Mapping[str, Any]] = answer["data"]
    period = _period(answer["meta"]["query"])
    api = asked
    closer = None
    undated: list[Mapping[str, Any]] = []
    if answer["links"]["next"] and rows[-1]["date"]:
        closer = await _within(request, asked, period)
        if closer is None:
            drawing, api = await _counted(request, asked, period)
        else:
            drawing, api = of_rows(closer, period), changed(asked, _WITHIN)
    else:
        drawing = of_rows(rows, period)
        undated = [row for row in rows if not row["date"]]
    if drawing is None:
        return View(None, (), (), undated, 0, (), api)
    here = page_of(asked)
    by_years = drawing.marks and drawing.step in ("year", "decade")
    return View(
        drawing,
        list(moves(here, drawing, period)),
        list(episodes(here, drawing)) if by_years else (),
        undated,
        max(0, (total or answer["meta"]["total"] or 0) - len(rows)) if undated else 0,
        list(dict.fromkeys(bar.sort for bar in drawing.bars)),
        api,
        closer is not None,
    )


async def _within(
    request: Request, asked: str, period: tuple[int, int] | None
) -> list[Mapping[str, Any]] | None:
    """The rows wholly in a short period, if they are few enough to be drawn. Much that is open may
    overlap it; that would hide them."""
    if period is None or period[1] - period[0] > _SHORT:
        return None
    few = {**_WITHIN, "limit": str(MOST_MARKS), "count": "none"}
    answer = await ask(request, changed(asked, few))
    return None if answer["links"]["next"] else answer["data"]


async def _counted(
    request: Request, asked: str, period: tuple[int, int] | None
) -> tuple[Drawing | None, str]:
    """Counts by the unit that suits the period, and by kind; and the address that counts them."""
    query = asked.partition("?")[2]
    stats = f"{API}/stats/{TIMELINE.path}?{query}"
    step: Step = step_for(*period) if period else "year"
    step = "month" if step == "day" else step
    while True:
        api = changed(stats, {"by": f"date:{step},kind", "limit": "10000"})
        counts: dict[str, dict[str, int]] = {}
        for group in (await ask(request, api))["data"]:
            unit, kind = (each["value"] for each in group["values"])
            counts.setdefault(unit, {})[kind] = group["count"]
        if len(counts) <= MOST_UNITS or step == "decade":
            return of_counts(counts, step), api
        step = "decade" if step == "year" else "year"


def _period(query: Mapping[str, str]) -> tuple[int, int] | None:
    """The first and last day that a query asks for; None where one is open."""
    try:
        if "date" in query:
            whole = parse_period(query["date"])
            first, last = whole.first, whole.last
        else:
            first = parse_partial(query["date_from"]).first if "date_from" in query else None
            last = parse_partial(query["date_to"]).last if "date_to" in query else None
    except EdtfError:
        return None
    return (day_number(first), day_number(last)) if first and last else None


async def timeline(request: Request) -> Response:
    """The timeline, the form that narrows it, and its rows as a table."""
    rows: Listing = await listing(request, TIMELINE)
    return page(
        request, "timeline.html", title=TIMELINE.title, description=TIMELINE.description,
        resource=TIMELINE, listing=rows, view=await view(request, rows.api, rows.meta["total"]),
    )  # fmt: skip
