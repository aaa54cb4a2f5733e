"""`/`: the finding in one sentence, the story of the busiest year, and links to everything else."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import TIMELINE
from app.web import labels
from app.web.addresses import API, changed, query_of
from app.web.api_client import get_json
from app.web.described import described
from app.web.html import page
from app.web.redirects import redirect
from app.web.story.finding import finding
from app.web.story.view import story_of

_FINDINGS = (
    f"{API}/events?facet=quad&limit=0&facet_limit=200",
    f"{API}/actors?type=person&limit=200",
    f"{API}/events?facet=actor&limit=0&facet_limit=200",
)


async def home(request: Request) -> Response:
    """The finding, the story of the busiest year, and the lists. A query is one of the timeline."""
    query = query_of(request)
    if query:
        return redirect(request, f"/{TIMELINE.path}?{query}", 303)
    index = (await get_json(request, API))["data"]
    found = await finding(request, index)
    period = {"date": found.year} if found.year else dict[str, str]()
    story = await story_of(request, changed(f"{API}/{TIMELINE.path}", period))
    linked = {target for target, _, _ in labels.EXPLORE_CARDS}
    return page(
        request, "home.html", title=labels.SITE, description=labels.HOME_DESCRIPTION,
        index=index, lists=[each for each in index["resources"] if each["href"][3:] not in linked],
        finding=found, findings=[each async for each in findings(request)], story=story,
        described=await described(request),
    )  # fmt: skip


async def findings(request: Request) -> AsyncIterator[tuple[str, str]]:
    """What the data show at first sight: sentences, each with the page that shows it."""
    counted, people, by_actor = [await get_json(request, target) for target in _FINDINGS]
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
