"""`/v1/changes`: the log of changes, on both databases and across loads."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any, cast
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar
from sqlalchemy import URL

from app.api.exports import BATCH
from app.links import NO_ADDRESS
from app.main import create_app, with_middleware
from app.resources.registry import RESOURCES
from seeds.dataset_content import Content, LoadedRow
from seeds.publish import migrate_to
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get, rows_of
from tests.databases import NewDatabase
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content, renamed
from tests.integration.publish.sample_rows import rows

SetTime = Callable[[str], None]
Edit = Callable[[list[LoadedRow]], list[LoadedRow]]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> SetTime:
    """Sets the time of the following loads."""

    def set_time(moment: str) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "Clock":
                return cls.fromisoformat(moment)

        monkeypatch.setattr("seeds.publish.batches.datetime", Clock)

    return set_time


@contextmanager
def served(url: URL) -> Generator[ApiClient]:
    settings = settings_for(url)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


def without(*ids: str) -> list[LoadedRow]:
    return [row for row in rows() if row.row.id not in ids]


def with_name(id: str, name: str) -> list[LoadedRow]:
    return [renamed(row, name) if row.row.id == id else row for row in rows()]


def found(client: ApiClient, **values: str) -> dict[str, str]:
    """What changed, by id."""
    return {each["id"]: each["change"] for each in get(client, "/v1/changes", **values)["data"]}


def mirrored(client: ApiClient) -> dict[str, Any]:
    """All rows by id, with their evidence."""
    found: dict[str, Any] = {}
    for resource in RESOURCES:
        include = {"include": resource.evidence} if resource.evidence else {}
        for row in rows_of(client, f"/v1/{resource.path}", **include):
            found[row["id"]] = row
    return found


def test_a_mirror_needs_one_request(new_database: NewDatabase) -> None:
    url = new_database()
    loads: list[Content] = [
        content(without("tea")),
        content(with_name("bob", "Bob II")),  # tea is added, bob changes
        content(without("consulate")),  # bob changes back, consulate is removed
        content(with_name("alice", "Alice II")),  # consulate comes back, alice changes
    ]
    load(url, loads[0])
    with served(url) as client:
        copy = mirrored(client)
    for each in loads[1:]:
        load(url, each)
    with served(url) as client:
        answer = get(client, "/v1/changes", since=loads[0].version)
        assert answer["meta"]["total"] == len(answer["data"])
        for each in answer["data"]:
            if each["row"] is None:
                del copy[each["id"]]
            else:
                assert (each["id"] in copy) == (each["change"] == "changed")
                copy[each["id"]] = each["row"]
        assert copy == mirrored(client)
        assert found(client, since=loads[1].version)["consulate"] == "changed"
        assert found(client, since=loads[2].version) == {"consulate": "added", "alice": "changed"}
        assert found(client, since=loads[3].version) == {}
        following = answer["links"]["next"]
        assert get(client, following)["data"] == []


def test_a_row_that_was_added_and_removed_is_not_named(new_database: NewDatabase) -> None:
    url = new_database()
    first, second = content(without("tea")), content(rows())
    for each in (first, second, first):
        load(url, each)
    with served(url) as client:
        assert found(client, since=second.version) == {"tea": "removed"}
        # The version came back, so its last load counts.
        assert found(client, since=first.version) == {}
        assert found(client) == {}


def test_an_unknown_version_is_refused_with_the_oldest_known(filled: URL) -> None:
    with served(filled) as client:
        answer = client.get("/v1/changes", params={"since": "0" * 16})
        oldest = get(client, "/v1/changes")["meta"]["oldest"]["version"]
        assert answer.status_code == 404
        assert repr(oldest) in answer.json()["detail"]
        assert client.get("/v1/changes", params={"since": "x"}).status_code == 422


def test_formats_have_the_same_changes(filled: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.changes.BATCH", 1)  # so that there are several parts
    assert BATCH > 1
    load(filled, content([each for each in with_name("bob", "Bob II") if each.row.id != "tea"]))
    with served(filled) as client:
        expected = get(client, "/v1/changes")["data"]
        assert len(expected) > 1
        lines = client.get("/v1/changes?format=ndjson").text.splitlines()
        assert [json.loads(line) for line in lines] == expected
        feed = client.get("/v1/changes", headers={"Accept": "application/atom+xml"})
        tombstones = ElementTree.fromstring(feed.text).findall(
            "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
        )
        assert [each.get("ref") for each in tombstones] == [NO_ADDRESS.identifier("tea")]
        entries: list[Any] = cast(Any, feedparser).parse(feed.content).entries
        kept = [each["id"] for each in expected if each["row"]]
        assert [entry.id for entry in entries] == list(map(NO_ADDRESS.identifier, kept))
        head = client.head("/v1/changes")
        assert (head.headers["x-total-count"], head.content) == (str(len(expected)), b"")


def test_the_tag_knows_the_place_in_the_log(new_database: NewDatabase) -> None:
    url = new_database()
    first, second = content(rows()), content(without("tea"))
    load(url, first)
    with served(url) as client:
        tag = client.get("/v1/changes").headers["etag"]
        known = {"If-None-Match": tag}
        assert client.get("/v1/changes", headers=known).status_code == 304
    load(url, second)
    load(url, first)
    with served(url) as client:  # the same dataset, but other changes
        assert client.get("/v1/changes", headers=known).status_code == 200


def test_feeds_and_calendars_name_the_time_of_the_change(
    new_database: NewDatabase, at: SetTime
) -> None:
    url = new_database()
    at("2026-01-01T00:00:00+00:00")
    load(url, content(rows()))
    at("2026-02-02T00:00:00+00:00")
    load(url, content(with_name("alice-met-bob", "Tea II")))
    with served(url) as client:
        feed: Any = cast(Any, feedparser).parse(client.get("/v1/timeline?format=atom").content)
        moments = {entry.title: entry.updated for entry in feed.entries}
        assert moments.pop("Tea II") == "2026-02-02T00:00:00Z"
        assert set(moments.values()) == {"2026-01-01T00:00:00Z"}
        assert feed.feed.updated == "2026-02-02T00:00:00Z"
        calendar: Any = Calendar.from_ical(client.get("/v1/timeline?format=ics").text)
        for event in calendar.events:
            expected = 2 if event["SUMMARY"] == "Tea II" else 1
            assert event["LAST-MODIFIED"].dt.month == expected


def test_a_database_from_before_the_log_begins_it_with_what_it_has(
    new_database: NewDatabase,
) -> None:
    url = new_database()
    before = content(rows())
    load(url, before)
    migrate_to(url, Quiet(), "0106")
    load(url, content(without("tea")))
    with served(url) as client:
        assert found(client, since=before.version)["tea"] == "removed"
