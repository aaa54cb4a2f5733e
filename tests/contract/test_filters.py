"""Filters: each variant finds exactly the rows with the given values."""

from itertools import product
from typing import Any

import pytest

from app.folding import fold
from app.params.types import Coded, Named, PlainText
from app.query.conditions import is_multivalued, variants
from app.resources.dyads import DyadActor
from app.resources.events import EVENTS
from app.resources.filter_types import Filter
from app.resources.lists import LISTS
from app.resources.resource import Resource
from app.resources.shared import EntrySection
from app.sql.driving import MAX_VALUES
from tests.client import ApiClient
from tests.contract.api_requests import Row, get, ids, problem, rows_of, whole
from tests.contract.sides import ACTING, AFFECTED, pairs, participants

FILTERS = [(resource, filter) for resource in LISTS for filter in resource.filters]
PLAIN = [
    (r, f)
    for r, f in FILTERS
    if f.comparison == "equal" and not f.through and f.part.class_ is not EntrySection
]
EACH = pytest.mark.parametrize(
    ("resource", "filter"), PLAIN, ids=[f"{r.path}-{f.name}" for r, f in PLAIN]
)


def _parts(client: ApiClient, row: Row) -> Row:
    """The row; a dyad with the parts of its event, and its two actors with their roles."""
    if row["kind"] != "dyad":
        return row
    pair = [{**row[side], "role": row[f"role_{side}"]} for side in ("source", "target")]
    return {**whole(client, row), **row, "pair": pair}


def values_of(resource: Resource, filter: Filter, row: Row) -> set[Any]:
    """The values of a row for a filter, read from the JSON of the row only."""
    key = filter.column.key
    if not is_multivalued(resource, filter):
        return _own(row, key, filter) - {None}
    parts = {**EVENTS.parts, "pair": DyadActor} if resource.parent else resource.parts
    field = next(f for f, part in parts.items() if part is filter.part.class_)
    fitting = [
        item
        for item in row[field]
        if all(_is_so(row, item, column.key) == value for column, value in filter.where)
    ]
    return {item[key] if key in item else item["id"] for item in fitting}


def _is_so(row: Row, item: Row, key: str) -> Any:
    """The value of an item: one of its fields, or its side."""
    sides = {"is_acting": ACTING, "is_affected": AFFECTED}
    return item in participants(row, sides[key]) if key in sides else item[key]


def _own(row: Row, key: str, filter: Filter) -> set[Any]:
    if isinstance(filter.values, PlainText):
        text = row[key.removesuffix("_folded")]
        return {text and fold(text)}
    if key.endswith("_id"):
        reference = row[key.removesuffix("_id")]
        return {reference and reference["id"]}
    if key in row:
        return {row[key]}
    outer, _, inner = key.partition("_")
    return {row[outer] and row[outer][inner]}


@EACH
def test_a_filter_finds_the_rows_that_hold_a_value(
    client: ApiClient, resource: Resource, filter: Filter
) -> None:
    path = f"/v1/{resource.path}"
    every = rows_of(client, path, limit=200)
    held = {row["id"]: values_of(resource, filter, _parts(client, row)) for row in every}
    values = sorted({value for found in held.values() for value in found}, key=str)
    for value in values[:12]:
        expected = [id for id, found in held.items() if value in found]
        written = str(value).lower() if isinstance(value, bool) else value
        assert ids(rows_of(client, path, limit=200, **{filter.name: written})) == expected
    if len(values) > 1 and isinstance(filter.values, Coded | Named):
        for several in (values[:2], values[:3], values[:MAX_VALUES], values[: MAX_VALUES + 1]):
            expected = [id for id, found in held.items() if found & set(several)]
            for written in (",".join(several), several):
                found = rows_of(client, path, limit=200, **{filter.name: written})
                assert ids(found) == expected, written


@EACH
def test_the_variants_of_a_filter_follow_from_it(
    client: ApiClient, resource: Resource, filter: Filter
) -> None:
    path = f"/v1/{resource.path}"
    every = rows_of(client, path, limit=200)
    held = {row["id"]: values_of(resource, filter, _parts(client, row)) for row in every}
    known = sorted({value for found in held.values() for value in found}, key=str)
    for count, variant in product((2, 3), variants(resource, filter)):
        values, name = known[:count], variant.parameter.name
        match variant.operation:
            case "none" if values:
                expected = [id for id, found in held.items() if not found & set(values)]
                asked: Any = values
            case "all" if values:
                expected = [id for id, found in held.items() if set(values) <= found]
                asked = values
            case "has":
                expected = [id for id, found in held.items() if not found]
                asked = "false"
                present = ids(rows_of(client, path, limit=200, **{name: "true"}))
                assert present == [id for id, found in held.items() if found]
            case _:
                continue
        assert ids(rows_of(client, path, limit=200, **{name: asked})) == expected, name


@pytest.mark.parametrize(
    ("resource", "filter"), FILTERS, ids=[f"{r.path}-{f.name}" for r, f in FILTERS]
)
def test_the_example_of_a_filter_finds_rows(
    client: ApiClient, resource: Resource, filter: Filter
) -> None:
    body = get(
        client,
        f"/v1/{resource.path}",
        **{
            filter.name: str(filter.example).lower()
            if isinstance(filter.example, bool)
            else filter.example
        },
    )
    assert body["data"], "an example in the documentation has to find something"


def test_a_role_narrows_the_actor_it_stands_with(client: ApiClient) -> None:
    every = rows_of(client, "/v1/events", limit=200)
    expected = [
        row["id"]
        for row in every
        if any(a["id"] == "donald-trump" and a["role"] == "source" for a in row["actors"])
    ]
    assert expected
    asked = {"actor": "donald-trump", "role": "source"}
    assert ids(rows_of(client, "/v1/events", limit=200, **asked)) == expected
    nobody = ids(rows_of(client, "/v1/events", limit=200, actor_not="donald-trump", role="source"))
    without = [row["id"] for row in every if row["id"] not in expected]
    assert set(nobody) <= set(without)


def test_a_directed_dyad_is_asked_for_by_source_and_target(client: ApiClient) -> None:
    every = rows_of(client, "/v1/events", limit=200)
    countries = {row["id"]: row["country"] for row in rows_of(client, "/v1/actors", limit=200)}

    expected = [
        row["id"]
        for row in every
        if any((countries[one], countries[other]) == ("USA", "HKG") for one, other in pairs(row))
    ]
    asked = {"source_country": "USA", "target_country": "HKG"}
    assert expected
    assert ids(rows_of(client, "/v1/events", limit=200, **asked)) == expected


def test_a_name_or_an_alias_does_as_well_as_an_id(client: ApiClient) -> None:
    by_id = get(client, "/v1/events", actor="donald-trump")
    by_name = get(client, "/v1/events", actor="DONALD  Trump")
    assert by_name["data"] == by_id["data"]
    assert by_name["meta"]["query"] == by_id["meta"]["query"] == {"actor": "donald-trump"}
    for actor in rows_of(client, "/v1/actors", limit=200):
        for alias in actor["aliases"][:1]:
            response = client.get("/v1/events", params={"actor": alias})
            if response.status_code == 400:
                assert actor["id"] in response.json()["errors"][0]["allowed"]
            else:
                assert response.json()["meta"]["query"]["actor"] == actor["id"]


def test_an_unknown_id_is_refused_with_the_nearest_one(client: ApiClient) -> None:
    body = problem(client.get("/v1/events?actor=donald-trumpp"), 400)
    assert body["errors"][0]["suggestion"] == "donald-trump"
    body = problem(client.get("/v1/events?actor=hong-kong-autonomy-act"), 400)
    assert body["errors"][0]["code"] == "other-kind"


def test_codes_are_taken_in_any_case_and_given_back_in_theirs(client: ApiClient) -> None:
    body = get(client, "/v1/events", category="sanction", source_country="usa", type="ORDER")
    assert body["meta"]["query"] == {
        "category": "SANCTION", "source_country": "USA", "type": "order",
    }  # fmt: skip


def test_an_unknown_code_is_refused_with_the_nearest_and_the_allowed_ones(
    client: ApiClient,
) -> None:
    error = problem(client.get("/v1/events?type=ordr"), 422)["errors"][0]
    assert error["suggestion"] == "order"
    assert "protest" in error["allowed"]


def test_values_are_bounded_on_both_sides(client: ApiClient) -> None:
    every = rows_of(client, "/v1/trade-figures", limit=200)
    low, high = 1_000, 20_000_000_000
    expected = [r["id"] for r in every if r["value"] is not None and low <= r["value"] <= high]
    found = rows_of(client, "/v1/trade-figures", value_min=low, value_max=high, limit=200)
    assert ids(found) == expected


def test_bounds_between_which_nothing_can_be_are_refused(client: ApiClient) -> None:
    body = problem(client.get("/v1/trade-figures?value_min=5&value_max=2"), 400)
    assert body["errors"][0]["code"] == "reversed-bounds"
    assert "swap" in body["detail"]
    assert get(client, "/v1/trade-figures", value_min=5, value_max=5)["meta"]["total"] >= 0
    problem(client.get("/v1/trade-figures?value_min=x&value_max=2"), 422)


@pytest.mark.parametrize("name", ["actor", "place", "document"])
def test_a_name_may_have_200_characters(client: ApiClient, name: str) -> None:
    for length, code in ((200, {"unknown-id", "unknown-value"}), (201, {"too-long"})):
        response = client.get("/v1/events", params={name: "x" * length})
        assert response.json()["errors"][0]["code"] in code, length
