"""Facets: the counts are exact, and each link finds the counted rows."""

from typing import Any

import pytest

from app.query.conditions import is_multivalued
from app.query.dimensions import Dimension, dimensions
from app.resources.lists import LISTS
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.api_requests import get, problem, rows_of

FACETS = [(r, d) for r in LISTS for d in dimensions(r).values()]
EACH = pytest.mark.parametrize(
    ("resource", "dimension"), FACETS, ids=[f"{r.path}-{d.name}" for r, d in FACETS]
)


def facet(client: ApiClient, path: str, name: str, **parameters: Any) -> dict[str, Any]:
    body = get(client, path, facet=name, facet_limit=200, limit=0, **parameters)
    return body["facets"][name]


@EACH
def test_a_bucket_counts_what_its_link_finds(
    client: ApiClient, resource: Resource, dimension: Dimension
) -> None:
    found = facet(client, f"/v1/{resource.path}", dimension.name)
    assert not found["truncated"]
    for bucket in found["buckets"][:8]:
        assert bucket["selected"] is False
        body = get(client, bucket["links"]["toggle"])
        assert body["meta"]["total"] == bucket["count"], bucket
        [chosen] = [b for b in body["facets"][dimension.name]["buckets"] if b["selected"]]
        assert chosen["value"] == bucket["value"]
        back = get(client, chosen["links"]["toggle"])
        assert back["meta"]["total"] == get(client, f"/v1/{resource.path}")["meta"]["total"]


@EACH
def test_the_buckets_of_a_single_valued_facet_add_up(
    client: ApiClient, resource: Resource, dimension: Dimension
) -> None:
    path = f"/v1/{resource.path}"
    found = facet(client, path, dimension.name)
    told = sum(each["count"] for each in [*found["buckets"], *found["imprecise"]])
    total = get(client, path)["meta"]["total"]
    if dimension.filter is None or not is_multivalued(resource, dimension.filter):
        assert told + found["missing"] == total
    else:
        without = get(client, path, **{f"has_{dimension.name}": "false"})["meta"]["total"]
        assert found["missing"] == without


@EACH
def test_counts_are_under_all_other_filters(
    client: ApiClient, resource: Resource, dimension: Dimension
) -> None:
    if not resource.dated or dimension.step:
        return
    path = f"/v1/{resource.path}"
    for bucket in facet(client, path, dimension.name, date="2013/2020")["buckets"][:4]:
        body = get(client, path, date="2013/2020", **{dimension.name: bucket["value"]})
        assert body["meta"]["total"] == bucket["count"]


def test_a_facet_is_counted_without_its_own_filter(client: ApiClient) -> None:
    free = facet(client, "/v1/events", "type")
    chosen = facet(client, "/v1/events", "type", type="order,protest")
    assert [(b["value"], b["count"]) for b in chosen["buckets"]] == [
        (b["value"], b["count"]) for b in free["buckets"]
    ]
    assert {b["value"] for b in chosen["buckets"] if b["selected"]} == {"order", "protest"}


def test_roles_and_actors_are_counted_of_the_same_participant(client: ApiClient) -> None:
    for bucket in facet(client, "/v1/events", "role", actor="donald-trump")["buckets"]:
        asked = {"actor": "donald-trump", "role": bucket["value"]}
        assert get(client, "/v1/events", **asked)["meta"]["total"] == bucket["count"]
    for bucket in facet(client, "/v1/events", "actor", role="source")["buckets"][:5]:
        asked = {"actor": bucket["value"], "role": "source"}
        assert get(client, "/v1/events", **asked)["meta"]["total"] == bucket["count"]


def test_calendars_are_in_order_and_have_no_gaps(client: ApiClient) -> None:
    years = [b["value"] for b in facet(client, "/v1/events", "date:year")["buckets"]]
    assert years == [f"{year}" for year in range(int(years[0]), int(years[-1]) + 1)]
    months = [b["value"] for b in facet(client, "/v1/events", "date:month")["buckets"]]
    assert months == sorted(months)
    assert all(
        b["value"].endswith("X") for b in facet(client, "/v1/events", "date:decade")["buckets"]
    )


def test_labels_are_names_and_labels_of_codes(client: ApiClient) -> None:
    actors = {row["id"]: row["name"] for row in rows_of(client, "/v1/actors", limit=200)}
    for bucket in facet(client, "/v1/events", "actor")["buckets"]:
        assert bucket["label"] == actors[bucket["value"]]
    assert {b["label"] for b in facet(client, "/v1/events", "source_country")["buckets"]} >= {
        "United States"
    }


@EACH
@pytest.mark.parametrize("narrowed", [False, True], ids=["all rows", "some rows"])
def test_buckets_of_codes_are_in_the_order_of_counts_then_values(
    client: ApiClient, resource: Resource, dimension: Dimension, narrowed: bool
) -> None:
    if dimension.step:
        return
    asked = {"document": "hong-kong-united-states-relations"} if narrowed else {}
    if not asked.keys() <= resource.filters_by_name.keys():
        return
    found = facet(client, f"/v1/{resource.path}", dimension.name, **asked)
    order = [(-bucket["count"], bucket["value"]) for bucket in found["buckets"]]
    assert order == sorted(order)


@pytest.mark.parametrize("step", ["decade", "year", "month"])
def test_a_bucket_of_a_calendar_is_selected_only_where_rows_lie_within_it(
    client: ApiClient, step: str
) -> None:
    name = f"date:{step}"
    value = facet(client, "/v1/events", name)["buckets"][-1]["value"]
    for matching in ("possible", "certain", "starts", "within"):
        asked = {"date": value, "date_match": matching}
        buckets = facet(client, "/v1/events", name, **asked)["buckets"]
        [found] = [bucket for bucket in buckets if bucket["value"] == value]
        assert found["selected"] is (matching == "within")
        assert ("date=" in found["links"]["toggle"]) is (matching != "within")
    buckets = facet(client, "/v1/events", name, date=value)["buckets"]
    assert not any(bucket["selected"] for bucket in buckets)


def test_a_long_facet_is_cut_and_says_so(client: ApiClient) -> None:
    body = get(client, "/v1/events", facet="actor", facet_limit=2, limit=0)["facets"]["actor"]
    assert len(body["buckets"]) == 2
    assert body["truncated"] is True


def test_facets_that_do_not_exist_or_are_too_many_are_refused(client: ApiClient) -> None:
    assert problem(client.get("/v1/events?facet=typ"), 422)["errors"][0]["suggestion"] == "type"
    names = ",".join(list(dimensions(LISTS[0]))[:9])
    problem(client.get(f"/v1/events?facet={names}"), 422)
    problem(client.get("/v1/events?facet=type&facet_limit=201"), 422)
