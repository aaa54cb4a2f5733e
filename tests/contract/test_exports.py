"""Exports: every format has the same complete rows in the same order."""

import csv
import io
import json
from itertools import product
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar

from app.api.exports import formats_of
from app.links import NO_ADDRESS
from app.resources.lists import LISTS
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.api_requests import get, ids, problem, rows_of

EACH = pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)


@EACH
def test_csv_and_ndjson_carry_all_rows_in_the_order_of_the_list(
    client: ApiClient, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    every = rows_of(client, path, sort="-name", limit=200)
    lines = client.get(path, params={"sort": "-name", "format": "ndjson"})
    assert [json.loads(line) for line in lines.text.splitlines()] == every
    table = client.get(path, params={"sort": "-name", "format": "csv"})
    text = table.content.decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in found] == ids(every)
    for response in (lines, table):
        assert response.headers["x-total-count"] == str(len(every))
        assert response.headers["content-disposition"].startswith("attachment; filename=")


@EACH
def test_an_export_has_as_many_rows_as_it_is_asked_for(
    client: ApiClient, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    whole = ids(rows_of(client, path, limit=200))
    response = client.get(path, params={"format": "ndjson", "limit": 3, "offset": 1})
    assert [json.loads(line)["id"] for line in response.text.splitlines()] == whole[1:4]
    assert response.headers["x-total-count"] == str(len(whole[1:4]))


@EACH
def test_an_export_that_begins_behind_the_last_row_has_none(
    client: ApiClient, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    total = get(client, path)["meta"]["total"]
    for offset, limit in product((total, total + 1), ({}, {"limit": 3})):
        asked = {"format": "ndjson", "offset": offset, **limit}
        response = client.get(path, params=asked)
        assert (response.status_code, response.content) == (200, b"")
        assert response.headers["x-total-count"] == "0"
        assert client.head(path, params=asked).headers["x-total-count"] == "0"


@EACH
def test_calendars_and_feeds_are_accepted_by_independent_parsers(
    client: ApiClient, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    if "ics" not in formats_of(resource):
        assert not resource.dated or resource.parent
        assert problem(client.get(f"{path}?format=ics"), 422)
        assert problem(client.get(f"{path}?format=atom"), 422)
        return
    every = rows_of(client, path, limit=200)
    calendar = client.get(f"{path}?format=ics")
    parsed: Any = Calendar.from_ical(calendar.content)
    events = parsed.walk("VEVENT")
    starting = [row["id"] for row in every if row["date"] and row["date"]["earliest"]]
    assert [str(event["UID"]) for event in events] == [*map(NO_ADDRESS.identifier, starting)]
    assert calendar.headers["x-omitted-rows"] == str(len(every) - len(starting))
    feed = client.get(f"{path}?format=atom")
    read: Any = feedparser
    assert not read.parse(feed.content).bozo
    entries = ElementTree.fromstring(feed.content).findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == len(every)


@EACH
def test_a_format_is_chosen_by_accept_too(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    for name, format in formats_of(resource).items():
        media_type = format.media_type.partition(";")[0]
        by_header = client.get(path, headers={"Accept": f"text/html, {media_type};q=0.9"})
        by_name = client.get(f"{path}?format={name}")
        assert by_header.headers["content-type"] == by_name.headers["content-type"]
        json_wins = client.get(f"{path}?format=json", headers={"Accept": media_type})
        assert json_wins.headers["content-type"] == "application/json"


@EACH
def test_exports_are_cached_and_headed_like_pages(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}?format=csv"
    full, head = client.get(path), client.head(path)
    assert head.content == b""
    for name in ("etag", "x-total-count", "content-type", "content-disposition"):
        assert head.headers[name] == full.headers[name]
    known = client.get(path, headers={"If-None-Match": full.headers["etag"]})
    assert known.status_code == 304
    assert client.get(path).content == full.content


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/*;q=1, text/csv;q=0", "text/calendar"),
        ("text/csv;q=0, text/*;q=1", "text/calendar"),
        ("*/*, application/json;q=0", "text/csv"),
        ("application/json;q=0, */*;q=0.1", "text/csv"),
        ("application/*;q=0.2, text/csv;q=0.1", "application/json"),
        ("text/csv;q=0.1, application/*;q=0.2", "application/json"),
        ("text/csv;q=x, application/json;q=0.1", "application/json"),
        ("text/csv;q=, application/json;q=0.1", "application/json"),
        ("text/csv;q=1e1, application/json;q=0.1", "application/json"),
        ("text/csv;q=nan, application/json;q=0.1", "application/json"),
        ("text/csv;q=-1, application/json;q=0.1", "application/json"),
        ("text/csv;q=0.0001, application/json;q=0", "text/csv"),
        ("text/csv;q=7, application/json", "application/json"),
        ("text/csv; Q = 1 , application/json;q=0.1", "text/csv"),
        ("text/csv;header=present;q=0.9, application/json;q=0.1", "text/csv"),
        ("text/csv;q=x", None),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
    ],
)
def test_the_media_type_is_that_of_the_highest_weight_whatever_their_order(
    client: ApiClient, accept: str, expected: str | None
) -> None:
    for _ in range(2):  # computed, then from the cache
        answer = client.get("/v1/events?limit=1", headers={"Accept": accept})
        if expected is None:
            assert answer.status_code == 406
        else:
            assert answer.headers["content-type"].partition(";")[0] == expected


def test_fields_choose_columns_and_keys(client: ApiClient) -> None:
    table = client.get("/v1/events?format=csv&fields=date_edtf,name&limit=1").text
    assert table.splitlines()[0].lstrip("\ufeff") == "kind,id,name,date_edtf"
    line = client.get("/v1/events?format=ndjson&fields=name&limit=1").text
    assert set(json.loads(line)) == {"kind", "id", "name"}
    assert problem(client.get("/v1/events?format=ndjson&fields=date_edtf"), 400)
    assert problem(client.get("/v1/events?fields=name"), 400)
    assert problem(client.get("/v1/events?format=csv&fields=nam"), 422)


def test_matches_and_citations_are_exported_when_asked(client: ApiClient) -> None:
    asked = {"date": "2020", "include": "citations"}
    lines = client.get("/v1/events", params={**asked, "format": "ndjson"}).text.splitlines()
    assert [json.loads(line) for line in lines] == get(client, "/v1/events", **asked)["data"]


def test_what_is_for_pages_is_refused(client: ApiClient) -> None:
    for query in ("count=none", "facet=type", "facet_limit=3"):
        problem(client.get(f"/v1/events?format=csv&{query}"), 400)
    problem(client.get("/v1/events?limit=201"), 422)
    assert client.get("/v1/events?format=csv&limit=201").status_code == 200
    assert client.get("/v1/events?format=csv&limit=0").status_code == 200
