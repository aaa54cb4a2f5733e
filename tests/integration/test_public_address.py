"""The public address: links that leave the API are absolute with it, and relative without it."""

import re
from typing import Any, cast

import feedparser
import pytest
from icalendar import Calendar

from app.links import TAG_DAY
from tests.client import ApiClient
from tests.integration.conftest import NewClient

# The address is independent of the database.
pytestmark = pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)

ORIGIN = "https://kb.example.org"
PAGES = ("/", "/events", "/timeline?date=2020-07", "/laws/hong-kong-autonomy-act", "/network")
LINKS = re.compile('<link rel="(canonical|alternate)"[^>]* href="([^"]*)"')


def head_links(client: ApiClient, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    answer = client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 200, path
    assert "evil.example" not in answer.text
    for relation, target in LINKS.findall(answer.text):
        found.setdefault(relation, []).append(target.replace("&amp;", "&"))
    return found


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("origin", [None, ORIGIN])
def test_each_page_names_its_address_and_its_json(
    client_with: NewClient, path: str, origin: str | None
) -> None:
    client = client_with(public_url=origin)
    links = head_links(client, path)
    assert links["canonical"] == [f"{origin or ''}{path}"]
    alternates = links.get("alternate", [])
    assert bool(alternates) == (path != "/network")  # the API has no network
    for target in alternates:
        assert target.startswith(f"{origin or ''}/v1")
        assert client.get(target.removeprefix(origin or "")).status_code == 200


def test_a_feed_is_absolute_with_an_address_only(client_with: NewClient) -> None:
    path = "/v1/events?format=atom&type=order"
    feeds: list[Any] = [
        cast(Any, feedparser).parse(client_with(public_url=origin).get(path).content)
        for origin in (ORIGIN, None)
    ]
    for feed, start in zip(feeds, (ORIGIN, ""), strict=True):
        links = [feed.feed.links[0].href, *(entry.link for entry in feed.entries)]
        assert len(links) > 1
        assert all(link.startswith(f"{start}/v1/events") for link in links)
    assert feeds[0].entries[0].id.startswith(f"tag:kb.example.org,{TAG_DAY}:")
    assert feeds[1].entries[0].id.startswith("urn:uuid:")
    everything = [entry.id for feed in feeds for entry in feed.entries]
    assert len(everything) == len(set(everything))


def test_a_calendar_has_urls_with_an_address_only(client_with: NewClient) -> None:
    path = "/v1/events?format=ics&type=order"
    with_address, without = (
        Calendar.from_ical(client_with(public_url=origin).get(path).text).events
        for origin in (ORIGIN, None)
    )
    assert all(str(event["URL"]).startswith(f"{ORIGIN}/v1/events/") for event in with_address)
    assert not any("URL" in event for event in without)


def test_a_cached_feed_is_fetched_again_when_the_address_changes(client_with: NewClient) -> None:
    tags = {
        origin: client_with(public_url=origin).get("/v1/events?format=atom").headers["etag"]
        for origin in (ORIGIN, None)
    }
    assert tags[ORIGIN] != tags[None]
