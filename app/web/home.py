"""`/`: the timeline on one screen, what the data show, and links to everything else."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import TIMELINE
from app.web import labels
from app.web.addresses import API, query_of
from app.web.api_client import get_json
from app.web.described import described
from app.web.html import page
from app.web.redirects import redirect
from app.web.timeline.view import view

_FINDINGS = (
    f"{API}/events?facet=date:year,quad&limit=0&facet_limit=200",
    f"{API}/actors?type=person&limit=200",
    f"{API}/events?facet=actor&limit=0&facet_limit=200",
)


async def home(request: Request) -> Response:
    """The timeline, findings, and the lists. A query is one of the timeline."""
    query = query_of(request)
    if query:
        return redirect(request, f"/{TIMELINE.path}?{query}", 303)
    index = (await get_json(request, API))["data"]
    linked = {target for target, _, _ in labels.EXPLORE_CARDS}
    return page(
        request, "home.html", title=labels.SITE, description=labels.HOME_DESCRIPTION,
        index=index, lists=[each for each in index["resources"] if each["href"][3:] not in linked],
        findings=[each async for each in findings(request)],
        view=await view(request, f"{API}/{TIMELINE.path}"), described=await described(request),
    )  # fmt: skip


async def findings(request: Request) -> AsyncIterator[tuple[str, str]]:
    """What the data show at first sight: sentences, each with the page that shows it."""
    counted, people, by_actor = [await get_json(request, target) for target in _FINDINGS]
    years = _buckets(counted, "date:year")
    if years:
        most = max(years, key=lambda each: each["count"])
        dated = sum(each["count"] for each in years)
        text = labels.busiest_year(most["value"], most["count"], dated)
        yield text, f"/timeline?date={most['value']}&kind=event"
    sums = {"conflict": 0, "cooperation": 0}
    for each in _buckets(counted, "quad"):
        sums[each["value"].rpartition("-")[2]] += each["count"]
    if any(sums.values()):
        yield labels.conflict_share(**sums), "/timeline?kind=event#colour=class"
    persons = {row["id"] for row in people["data"]}
    ranked = [each for each in _buckets(by_actor, "actor") if each["value"] in persons]
    if ranked:
        most = max(ranked, key=lambda each: each["count"])
        text = labels.most_active(most["label"], most["count"])
        yield text, f"/timeline?actor={most['value']}"


def _buckets(answer: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return answer["facets"][name]["buckets"]
