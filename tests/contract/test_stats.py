"""Statistics and vocabularies: their counts match the lists."""

import csv
import io
from typing import Any

import pytest

from app.query.conditions import is_multivalued
from app.query.dimensions import dimensions
from app.resources.lists import LISTS
from app.resources.registry import VOCABULARIES
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.api_requests import get, problem

COUNTED = [resource for resource in LISTS if dimensions(resource)]
EACH = pytest.mark.parametrize("resource", COUNTED, ids=lambda resource: resource.path)


@EACH
def test_counts_by_one_dimension_are_those_of_the_facet(
    client: ApiClient, resource: Resource
) -> None:
    for name in dimensions(resource):
        groups = get(client, f"/v1/stats/{resource.path}", by=name)["data"]
        facet = get(client, f"/v1/{resource.path}", facet=name, facet_limit=200, limit=0)
        buckets = facet["facets"][name]["buckets"]
        told = {group["values"][0]["value"]: group["count"] for group in groups}
        assert told == {b["value"]: b["count"] for b in buckets if b["count"]}
        assert [g["count"] for g in groups] == sorted((g["count"] for g in groups), reverse=True)


@EACH
def test_counts_by_two_dimensions_are_what_both_filters_find(
    client: ApiClient, resource: Resource
) -> None:
    names = [n for n, d in dimensions(resource).items() if d.filter and not d.filter.through][:3]
    for one in names:
        for other in names:
            if one < other:
                body = get(client, f"/v1/stats/{resource.path}", by=[one, other])
                for group in body["data"][:6]:
                    asked = {each["by"]: each["value"] for each in group["values"]}
                    found = get(client, f"/v1/{resource.path}", **asked)["meta"]["total"]
                    assert found == group["count"], asked


def test_statistics_take_the_filters_of_their_list(client: ApiClient) -> None:
    asked = {"actor": "donald-trump", "date": "2020"}
    body = get(client, "/v1/stats/events", by="type", **asked)
    assert body["meta"]["total"] == get(client, "/v1/events", **asked)["meta"]["total"]
    assert sum(group["count"] for group in body["data"]) == body["meta"]["total"]
    assert get(client, body["links"]["self"]) == body


def test_statistics_as_csv_have_a_line_for_each_group(client: ApiClient) -> None:
    response = client.get("/v1/stats/events?by=type,date:year&format=csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    groups = get(client, "/v1/stats/events", by=["type", "date:year"])["data"]
    assert [(line["type"], line["date:year"], int(line["count"])) for line in lines] == [
        (group["values"][0]["value"], group["values"][1]["value"], group["count"])
        for group in groups
    ]


@pytest.mark.parametrize("by", ["actor", "type", "date:year", ["date:year", "type"]])
def test_a_cut_statistic_says_so(client: ApiClient, by: str | list[str]) -> None:
    groups = get(client, "/v1/stats/events", by=by)["meta"]["groups"]
    meta = get(client, "/v1/stats/events", by=by, limit=groups - 1)["meta"]
    assert (meta["groups"], meta["truncated"]) == (groups - 1, True)
    meta = get(client, "/v1/stats/events", by=by, limit=groups)["meta"]
    assert (meta["groups"], meta["truncated"]) == (groups, False)


@EACH
@pytest.mark.parametrize("asked", [{}, {"date": "201X"}, {"q": "Hong Kong"}], ids=str)
def test_each_row_is_in_a_group_or_counted_as_left_out(
    client: ApiClient, resource: Resource, asked: dict[str, Any]
) -> None:
    single = [
        name
        for name, each in dimensions(resource).items()
        if each.filter and not is_multivalued(resource, each.filter)
    ]
    steps = ["date:year"] if resource.dated else []
    if "date" in asked and not steps:
        return
    for by in filter(None, (single[:1], steps, [*steps, *single[:1]], [*steps, *single[1:3]])):
        body = get(client, f"/v1/stats/{resource.path}", by=by, limit=10_000, **asked)
        meta = body["meta"]
        placed = sum(group["count"] for group in body["data"])
        left = meta["imprecise"] + meta["missing"]
        undated = 0 if "date" in asked else meta["undated"]
        assert placed + left + undated == meta["total"], by
        if asked.keys() == {"date"}:
            counted = get(client, f"/v1/{resource.path}", limit=0, **asked)["meta"]
            assert counted["undated"] == meta["undated"], by


def test_statistics_need_one_to_three_dimensions(client: ApiClient) -> None:
    for query in ("", "?by=nothing", "?by=type,quad,actor,role"):
        body = problem(client.get(f"/v1/stats/events{query}"), 422)
        assert body["errors"][0]["parameter"] == "by"


def test_every_code_is_told_with_the_rows_that_have_it(client: ApiClient) -> None:
    names = [row["name"] for row in get(client, "/v1/vocabularies")["data"]]
    assert names == [vocabulary.name for vocabulary in VOCABULARIES]
    for name in names:
        vocabulary = get(client, f"/v1/vocabularies/{name}")["data"]
        for code in vocabulary["codes"][:12]:
            assert code["label"]
            assert code["definition"]
            if code["href"]:
                assert get(client, code["href"])["meta"]["total"] == code["count"], code


def test_an_unknown_vocabulary_is_a_404_with_the_nearest_one(client: ApiClient) -> None:
    body = problem(client.get("/v1/vocabularies/event-type"), 404)
    assert body["errors"][0]["suggestion"] == "event-types"


def test_programs_find_the_api_by_its_catalogue(client: ApiClient) -> None:
    response = client.get("/.well-known/api-catalog")
    assert response.headers["content-type"].startswith("application/linkset+json")
    api: dict[str, Any] = response.json()["linkset"][0]
    anchor: str = api.pop("anchor")
    hrefs: list[str] = [link["href"] for links in api.values() for link in links]
    for href in [anchor, *hrefs]:
        if href.startswith("/"):
            assert client.get(href).status_code == 200, href
