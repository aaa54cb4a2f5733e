"""`/story`: what happened in a period, as cards in two lanes below the strip of all years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.exports import formats_of
from app.edtf.calendar import sort_key
from app.edtf.dates import parse_period
from app.query.period import Period
from app.resources.lists import LISTS
from app.resources.registry import BY_KIND
from app.resources.timeline import TIMELINE
from app.web import labels
from app.web.addresses import API, api_of, changed, page_of
from app.web.api_client import ExportError, get_json
from app.web.dates import point_words
from app.web.html import page
from app.web.lists import is_export
from app.web.story.cards import STORY_KINDS, Card, make_cards
from app.web.story.sides import Country, main_sides
from app.web.story.strip import Strip, strip
from app.web.timeline.view import NO_PERIOD, NOT_FILTERS, as_days, undated_nearby

PATH = "/story"
PAIRS = "dyads"
"""The path of the list of who acts towards whom."""
_HAS_PAIRS = any(each.path == PAIRS for each in LISTS)
MAX_ROWS = 200
"""The most rows that become cards. More are counted by month or year."""
MAX_UNDATED = 100
"""The most rows without a date that become cards."""
_SHORT = 3 * 366
"""The longest period, in days, that is counted by month."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A month or year of a period with too many items for cards, and the address of its cards."""

    text: str
    count: int
    target: str


@dataclass(frozen=True)
class Story:
    """The cards of a query, or counts if there are too many."""

    api: str
    strip: Strip | None
    sides: Sequence[Country]
    cards: Sequence[Card]
    units: Sequence[Unit]
    period: str | None
    """The chosen period in EDTF, if the query has one as `date`."""

    @property
    def page(self) -> str:
        """The address of this story."""
        return page_of(self.api).replace(f"/{TIMELINE.path}", PATH, 1)

    @property
    def everything(self) -> str:
        """The address of the story of the whole period."""
        return changed(self.page, NO_PERIOD)

    @property
    def title(self) -> str:
        return labels.story(_period_words(self.period))

    @property
    def months(self) -> list[tuple[str, list[Card]]]:
        """The cards by month, or by year if the month is not known. An undated card stays with the
        card before it."""
        heading = _Headings()
        return [(text, list(cards)) for text, cards in groupby(self.cards, heading)]

    def to_period(self, edtf: str) -> str:
        """The address of another period."""
        return changed(self.everything, {"date": edtf})

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """The exports of the events of this story."""
        query = {**NOT_FILTERS, "kind": None, "limit": None}
        events = changed(self.api.replace(f"/{TIMELINE.path}", "/events", 1), query)
        pairs = changed(events.replace("/events", f"/{PAIRS}", 1), {"format": "csv"})
        return [
            (labels.WITH_QUOTATIONS, changed(events, {"format": "csv", "include": "citations"})),
            *([(labels.PAIRS_WITH_QUOTATIONS, pairs)] if _HAS_PAIRS else ()),
            *((labels.FORMATS[name], changed(self.api, {"format": name}))
              for name in formats_of(TIMELINE) if name in ("ics", "atom")),
        ]  # fmt: skip


class _Headings:
    """The heading under which a card stands. A card without a date stays under the last one."""

    def __init__(self) -> None:
        self.last = ""

    def __call__(self, card: Card) -> str:
        if card.date and card.day:
            is_coarse = card.date["precision"] not in ("day", "month")
            self.last = point_words(card.day[:-6] if is_coarse else card.day[:-3])
        return self.last


async def story_of(request: Request, api: str) -> Story:
    """The story of an address of the timeline."""
    target = changed(api, NOT_FILTERS)
    asked = (await get_json(request, changed(target, {"limit": "0", "count": "none"})))["meta"]
    query: Mapping[str, Any] = asked["query"]
    period: Period | None = request.scope["state"].get("period")
    if period is not None and "date_match" not in query:
        target = changed(target, {"date_match": "starts"})
    wanted = target if "kind" in query else changed(target, {"kind": list(STORY_KINDS)})
    answer = await get_json(request, changed(wanted, {"limit": str(MAX_ROWS)}))
    rows: list[Mapping[str, Any]] = answer["data"]
    days = as_days(period)
    drawn = await strip(request, changed(target, NO_PERIOD).partition("?")[2])
    sides = await main_sides(request)
    cards: Sequence[Card] = ()
    units: Sequence[Unit] = ()
    if answer["links"]["next"] and (days is None or days[1] - days[0] > 31):
        units = await _units(request, wanted, days)
    else:
        if period is not None and answer["meta"]["undated"]:
            rows = rows + (await undated_nearby(request, wanted))[:MAX_UNDATED]
        cards = await make_cards(request, rows, sides)
    return Story(target, drawn and drawn.with_window(days), sides, cards, units, query.get("date"))


async def _units(request: Request, target: str, days: tuple[int, int] | None) -> Sequence[Unit]:
    """The number of rows of each month or year."""
    step = "month" if days and days[1] - days[0] <= _SHORT else "year"
    stats = target.replace(f"{API}/", f"{API}/stats/", 1)
    answer = await get_json(request, changed(stats, {"by": f"date:{step}", "limit": "10000"}))
    page = page_of(target).replace(f"/{TIMELINE.path}", PATH, 1)
    found = [(each["values"][0]["value"], each["count"]) for each in answer["data"]]
    found.sort(key=lambda each: sort_key(parse_period(each[0]).first or ""))
    return [
        Unit(point_words(edtf), count, changed(page, {**NO_PERIOD, "date": edtf}))
        for edtf, count in found
    ]


def _period_words(edtf: str | None) -> str:
    """`2020`, `2019–2020`; empty without a period."""
    if not edtf:
        return ""
    start, _, end = edtf.partition("/")
    if not end:
        return point_words(start)
    return "–".join(point_words(each) if each != ".." else "…" for each in (start, end))


async def story(request: Request) -> Response:
    """The page of the story."""
    api = api_of(request, f"/{TIMELINE.path}")
    if is_export(request, TIMELINE):
        raise ExportError(api)
    await get_json(request, api)
    found = await story_of(request, api)
    return page(
        request, "story.html", title=found.title, description=labels.STORY_DESCRIPTION,
        resource=BY_KIND["event"], story=found,
    )  # fmt: skip
