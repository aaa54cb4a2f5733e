"""The view of the timeline for a query, and the page that shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.edtf.calendar import MAX_KEY, MIN_KEY, from_sort_key
from app.query.period import Period
from app.resources.timeline import TIMELINE
from app.web import labels
from app.web.addresses import API, changed, page_of
from app.web.api_client import all_rows, get_json
from app.web.html import page
from app.web.lists import Listing, listing
from app.web.timeline.calendar import Step, day_number, step_for
from app.web.timeline.drawing import Drawing, draw_counts, draw_rows
from app.web.timeline.navigation import Move, episodes, moves
from app.web.timeline.repeated import repeated_rows

MAX_MARKS = 200
"""The most rows that are drawn one by one."""
MAX_UNITS = 120
_SHORT = 366
_MAX_PAGES = 5
_MAIN_SHARE = 0.25
"""A section is about a period if it has at least this share of the rows of the period."""
_WITHIN: dict[str, str | list[str] | None] = {"date_match": "within"}
NOT_FILTERS: dict[str, None] = {
    "cursor": None, "offset": None, "sort": None, "limit": None, "count": None, "facet": None,
    "facet_limit": None,
}  # fmt: skip
NO_PERIOD: dict[str, None] = {"date": None, "date_from": None, "date_to": None, "date_match": None}


@dataclass(frozen=True)
class View:
    """The view of a query: the drawing, links to other views, and the rows without a date."""

    drawing: Drawing | None
    api: str
    moves: Sequence[Move] = ()
    episodes: Sequence[tuple[str, str]] = ()
    undated: Sequence[Mapping[str, Any]] = ()
    more_undated: int = 0
    repeated: Mapping[str, Sequence[Mapping[str, Any]]] = field(
        default_factory=dict[str, Sequence[Mapping[str, Any]]]
    )
    """Rows that repeat an event, by its id."""
    is_within: bool = False
    """Whether only rows that lie entirely in the period are drawn, because the others are many."""

    @property
    def kinds(self) -> list[str]:
        """The kinds of rows that are drawn, for the legend."""
        if self.drawing is None:
            return []
        marks = [mark.row["kind"] for mark in self.drawing.marks]
        return list(dict.fromkeys([*marks, *(bar.kind for bar in self.drawing.bars)]))


async def view(request: Request, target: str, total: int | None = None) -> View:
    """The view of a query: marks for few rows, else counts. `total` is the number of rows, if it is
    known already."""
    query = changed(target, NOT_FILTERS)
    parameters = {"limit": str(MAX_MARKS), "count": "auto" if total is None else "none"}
    answer = await get_json(request, changed(query, parameters))
    rows: list[Mapping[str, Any]] = answer["data"]
    period = as_days(request.scope["state"].get("period"))
    api, is_within, drawing = query, False, None
    repeated: Mapping[str, Sequence[Mapping[str, Any]]] = {}
    undated: list[Mapping[str, Any]] = []
    if answer["links"]["next"] and rows[-1]["date"]:
        inside = await _within(request, query, period)
        if inside is None:
            drawing, api = await _draw_counts(request, query, period)
        else:
            drawing, api, is_within = draw_rows(inside, period), changed(query, _WITHIN), True
    else:
        repeated = await repeated_rows(request, rows)
        drawing = draw_rows(rows, period, repeated)
        undated = [row for row in rows if not row["date"]]
    if drawing is None:
        return View(None, api, undated=undated)
    address = page_of(query)
    by_years = drawing.marks and drawing.step in ("year", "decade")
    return View(
        drawing,
        api,
        list(moves(address, drawing, period)),
        list(episodes(address, drawing)) if by_years else (),
        undated,
        max(0, (total or answer["meta"]["total"] or 0) - len(rows)) if undated else 0,
        repeated,
        is_within,
    )


def as_days(period: Period | None) -> tuple[int, int] | None:
    """The first and last day of a period as numbers; None if an end is open."""
    if period is None or period.first == MIN_KEY or period.last == MAX_KEY:
        return None
    return day_number(from_sort_key(period.first)), day_number(from_sort_key(period.last))


async def _within(
    request: Request, query: str, period: tuple[int, int] | None
) -> list[Mapping[str, Any]] | None:
    """The rows that lie entirely in a short period; None if they are too many to draw. Rows with
    an open end overlap any later period and would hide them."""
    if period is None or period[1] - period[0] > _SHORT:
        return None
    parameters = {**_WITHIN, "limit": str(MAX_MARKS), "count": "none"}
    answer = await get_json(request, changed(query, parameters))
    return None if answer["links"]["next"] else answer["data"]


async def _draw_counts(
    request: Request, query: str, period: tuple[int, int] | None
) -> tuple[Drawing | None, str]:
    """Counts by kind and by the unit that suits the period, and the address that counts them."""
    stats = f"{API}/stats/{TIMELINE.path}?{query.partition('?')[2]}"
    step: Step = step_for(*period) if period else "year"
    step = "month" if step == "day" else step
    while True:
        api = changed(stats, {"by": f"date:{step},kind", "limit": "10000"})
        counts: dict[str, dict[str, int]] = {}
        for group in (await get_json(request, api))["data"]:
            unit, kind = (each["value"] for each in group["values"])
            counts.setdefault(unit, {})[kind] = group["count"]
        if len(counts) <= MAX_UNITS or step == "decade":
            return draw_counts(counts, step), api
        step = "decade" if step == "year" else "year"


async def undated_nearby(request: Request, target: str) -> list[Mapping[str, Any]]:
    """The undated rows of the sections that are mainly about the period of a query.

    A query for a period finds no undated rows. Most of them have no relation to the period, but
    those in the same sections often have one.
    """
    parameters = {**NOT_FILTERS, "date_match": "starts", "facet": "section", "limit": "0"}
    answer = await get_json(request, changed(target, parameters))
    buckets: list[Mapping[str, Any]] = answer["facets"]["section"]["buckets"]
    least = max(1, (answer["meta"]["total"] or 0) * _MAIN_SHARE)
    main = {str(each["value"]) for each in buckets if each["count"] >= least}
    documents = (await get_json(request, f"{API}/documents?limit=200&count=none"))["data"]
    sections = [id for each in documents for id in _innermost(each["sections"], main)]
    if not sections:
        return []
    everywhen = changed(target, {**NOT_FILTERS, **NO_PERIOD, "section": sections[:50]})
    found, _ = await all_rows(request, everywhen, _MAX_PAGES)
    return [row for row in found if not row["date"]]


def _innermost(sections: Sequence[Mapping[str, Any]], used: set[str]) -> Iterator[str]:
    """The sections of a tree that are in `used`, but not the parents of such a section."""
    for each in sections:
        inner = list(_innermost(each["sections"], used))
        yield from inner
        if each["id"] in used and not inner:
            yield each["id"]


async def timeline(request: Request) -> Response:
    """The timeline, the form that filters it, and its rows as a table."""
    rows: Listing = await listing(request, TIMELINE)
    has_undated = rows.period is not None and rows.meta["undated"]
    return page(
        request, "timeline.html", title=labels.TIMELINE, description=TIMELINE.description,
        resource=TIMELINE, listing=rows, view=await view(request, rows.api, rows.meta["total"]),
        nearby=await undated_nearby(request, rows.form.first) if has_undated else [],
    )  # fmt: skip
