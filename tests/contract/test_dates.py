"""Date queries: what falls in a period, how surely, and what is left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.edtf import MAX_DAY, MIN_DAY, parse_period
from app.query.period import MATCHINGS
from app.resource import Resource
from app.resources import LISTS
from tests.contract.walking import Row, get, ids, problem, rows_of

DATED = [resource for resource in LISTS if resource.dated]
EACH = pytest.mark.parametrize("resource", DATED, ids=lambda resource: resource.path)
QUICK = settings(max_examples=25, deadline=None)

years = st.integers(1980, 2030).map(str)
months = st.tuples(years, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}")
days = st.tuples(months, st.integers(1, 28)).map(lambda pair: f"{pair[0]}-{pair[1]:02}")
points = st.one_of(years, months, days, st.sampled_from(["199X", "200X", "201X", "202X"]))
periods = st.one_of(
    points,
    points.map(lambda point: f"{point}/.."),
    points.map(lambda point: f"../{point}"),
    st.tuples(days, days).map(lambda pair: "/".join(sorted(pair))),
)


@EACH
@QUICK
@given(period=periods)
def test_possible_rows_are_just_those_whose_days_touch_the_period(
    client: TestClient, resource: Resource, period: str
) -> None:
    every = rows_of(client, f"/v1/{resource.path}", limit=200)
    asked = parse_period(period)
    first, last = asked.first or MIN_DAY, asked.last or MAX_DAY
    expected = [row["id"] for row in every if _touches(row, first, last)]
    found = rows_of(client, f"/v1/{resource.path}", date=period, limit=200)
    assert ids(found) == expected


def _touches(row: Row, first: str, last: str) -> bool:
    date = row["date"]
    return bool(date) and (
        (date["earliest"] or MIN_DAY) <= last and (date["latest"] or MAX_DAY) >= first
    )


@EACH
@QUICK
@given(period=periods)
def test_each_way_to_match_includes_the_stricter_ones(
    client: TestClient, resource: Resource, period: str
) -> None:
    path = f"/v1/{resource.path}"
    found = {
        how: set(ids(rows_of(client, path, date=period, date_match=how, limit=200)))
        for how in MATCHINGS
    }
    assert found["within"] <= found["starts"] <= found["certain"] <= found["possible"]
    told = rows_of(client, path, date=period, limit=200)
    assert {row["id"] for row in told if row["match"]["date"] == "certain"} == found["certain"]


@EACH
def test_every_dated_row_is_found_by_its_own_period(client: TestClient, resource: Resource) -> None:
    for row in rows_of(client, f"/v1/{resource.path}", limit=200):
        if row["date"]:
            first, last = row["date"]["earliest"] or "..", row["date"]["latest"] or ".."
            found = rows_of(client, f"/v1/{resource.path}", date=f"{first}/{last}", limit=200)
            assert row["id"] in ids(found)


@EACH
def test_undated_rows_are_left_out_and_counted(client: TestClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    undated = [row for row in rows_of(client, path, limit=200) if row["date"] is None]
    meta = get(client, path, date="1900/2100", limit=0)["meta"]
    assert meta["undated"] == len(undated)
    assert meta["total"] + meta["undated"] == get(client, path)["meta"]["total"]
    assert get(client, path, date="1900", count="none")["meta"]["undated"] is None


def test_the_examples_of_the_contract(client: TestClient) -> None:
    path = "/v1/events"
    july = get(client, path, date="2020-07")["data"]
    assert "hong-kong-autonomy-act-signed" in ids(july)
    certain = ids(get(client, path, date="2020-07", date_match="certain")["data"])
    assert "hong-kong-autonomy-act-signed" in certain
    assert ids(july) == ids(get(client, path, date_from="2020-07", date_to="2020-07")["data"])


def test_bounds_are_inclusive_and_widened_outward(client: TestClient) -> None:
    path = "/v1/events"
    whole = ids(rows_of(client, path, date="2019/2020"))
    assert ids(rows_of(client, path, date_from="2019", date_to="2020")) == whole
    assert ids(rows_of(client, path, date_from="2019-01-01", date_to="2020-12-31")) == whole
    either = ids(rows_of(client, path, date_from="2025"))
    assert either == ids(rows_of(client, path, date="2025/.."))


@pytest.mark.parametrize(
    "date", ["2020-7", "20-07", "2020-07?", "[..2020]", "2020/", "x", "２０２０"]
)
def test_a_malformed_date_is_a_422_that_points_into_it(client: TestClient, date: str) -> None:
    body = problem(client.get("/v1/events", params={"date": date}), 422)
    assert body["errors"][0]["code"] == "malformed-date"
    assert "at " in body["errors"][0]["message"]


@pytest.mark.parametrize("date", ["2020-02-30", "2020-13", "2020-07/2019", "0000"])
def test_an_impossible_date_is_a_400_that_points_into_it(client: TestClient, date: str) -> None:
    body = problem(client.get("/v1/events", params={"date": date}), 400)
    assert body["errors"][0]["code"] == "impossible-date"


def test_a_reversed_period_and_exclusive_dates_are_a_400(client: TestClient) -> None:
    body = problem(client.get("/v1/events?date_from=2021&date_to=2020"), 400)
    assert "swap" in body["detail"]
    problem(client.get("/v1/events?date=2020&date_to=2021"), 400)
    problem(client.get("/v1/events?date_match=certain"), 400)
