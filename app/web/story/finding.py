"""The finding: one sentence on what the documents tell, made from the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from app.web import labels
from app.web.addresses import API, changed
from app.web.api_client import get_json

_COUNTED = {"events": "event", "laws": "law", "agreements": "agreement"}
_TURNING = 2
"""How many events of the busiest year the sentence names."""
_EFFECTS = ("causes", "answered-by", "precedes", "amended-by")
"""The relations of an event to what follows from it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How much there is, the year in which most events lie, and the events with most relations."""

    amounts: Sequence[str]
    year: str | None
    number: int
    turning: Sequence[Mapping[str, Any]]
    sources: Sequence[Mapping[str, Any]]
    last_day: str | None
    """The last date that the documents give to an event, in EDTF."""


async def finding(request: Request, index: Mapping[str, Any]) -> Finding:
    """The finding about all documents."""
    counts = {each["href"].rpartition("/")[2]: each["count"] for each in index["resources"]}
    amounts = [labels.count(counts[path], one) for path, one in _COUNTED.items() if counts[path]]
    facets = f"{API}/events?facet=date:year&facet_limit=200&limit=0&count=none"
    buckets = (await get_json(request, facets))["facets"]["date:year"]["buckets"]
    busiest = max(buckets, key=lambda each: each["count"], default=None)
    documents = (await get_json(request, f"{API}/documents?limit=3&count=none"))["data"]
    if busiest is None:
        return Finding(amounts, None, 0, (), documents, None)
    query = {"date": busiest["value"], "date_match": "within", "limit": "200", "count": "none"}
    events = (await get_json(request, changed(f"{API}/events", query)))["data"]
    return Finding(
        amounts, busiest["value"], busiest["count"], turning(events), documents,
        buckets[-1]["value"],
    )  # fmt: skip


def turning(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events from which most others follow, directly or through others, in order."""
    effects = {
        event["id"]: {each["id"] for each in event["related"] if each["relation"] in _EFFECTS}
        for event in events
    }

    def weight(event: Mapping[str, Any]) -> tuple[int, int]:
        found: set[str] = set()
        new = effects[event["id"]]
        while new:
            found |= new
            new = {other for id in new for other in effects.get(id, ())} - found
        return len(found), len(event["related"])

    ranked = sorted((each for each in events if each["related"]), key=weight, reverse=True)
    return sorted(ranked[:_TURNING], key=events.index)
