"""Date filters: which rows match a period in each match mode, and which do not."""

from calendar import monthrange

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edtf.calendar import MAX_DAY, MIN_DAY
from app.edtf.dates import Edtf, parse_edtf, parse_period
from app.query.period import DATE_MATCHES, DateMatch
from app.resources.lists import LISTS
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.api_requests import Row, get, ids, problem, rows_of

DATED = [resource for resource in LISTS if resource.dated]
EACH = pytest.mark.parametrize("resource", DATED, ids=lambda resource: resource.path)
QUICK = settings(max_examples=15, deadline=None)

years = st.integers(1980, 2030).map(str)
months = st.tuples(years, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}")


def day_of(month: str, day: int) -> str:
    """The day of the month, or the last day if the month is shorter."""
    year, number = map(int, month.split("-"))
    return f"{month}-{min(day, monthrange(year, number)[1]):02}"


days = st.builds(day_of, months, st.integers(1, 28) | st.integers(29, 31))
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
    client: ApiClient, resource: Resource, period: str
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
    client: ApiClient, resource: Resource, period: str
) -> None:
    path = f"/v1/{resource.path}"
    found = {
        how: set(ids(rows_of(client, path, date=period, date_match=how, limit=200)))
        for how in DATE_MATCHES
    }
    assert found["within"] <= found["starts"] <= found["certain"] <= found["possible"]
    told = rows_of(client, path, date=period, limit=200)
    assert {row["id"] for row in told if row["match"]["date"] == "certain"} == found["certain"]


@EACH
def test_every_dated_row_is_found_by_its_own_period(client: ApiClient, resource: Resource) -> None:
    for row in rows_of(client, f"/v1/{resource.path}", limit=200):
        if row["date"]:
            first, last = row["date"]["earliest"] or "..", row["date"]["latest"] or ".."
            found = rows_of(client, f"/v1/{resource.path}", date=f"{first}/{last}", limit=200)
            assert row["id"] in ids(found)


def fits(row: Row, matching: DateMatch, day: str) -> bool:
    """Whether a row matches a period of one day, by the definitions in the API contract."""
    found = parse_edtf(row["date"]["edtf"])
    first, last = found.earliest or MIN_DAY, found.latest or MAX_DAY
    starts = first == day == _latest_start(found)
    sure = row["date"]["certain"] or {"from": MAX_DAY, "to": MIN_DAY}
    match matching:
        case "possible":
            return first <= day <= last
        case "certain":
            return starts or (sure["from"] or MIN_DAY) <= day <= (sure["to"] or MAX_DAY)
        case "starts":
            return starts
        case "within":
            return starts and last == day


def _latest_start(found: Edtf) -> str:
    """The last possible day for the start of the date."""
    end = found.latest or MAX_DAY
    if found.text.startswith("["):  # one day between the two
        return end
    start = found.text.partition("/")[0].partition("..")[0] or None
    return end if start is None else parse_edtf(start).latest or MAX_DAY


@EACH
@pytest.mark.parametrize("matching", DATE_MATCHES)
def test_rows_are_found_by_the_first_and_by_the_last_of_their_days_alone(
    client: ApiClient, resource: Resource, matching: DateMatch
) -> None:
    path = f"/v1/{resource.path}"
    dated = [row for row in rows_of(client, path, limit=200) if row["date"]]
    ends = {row["date"][end] for row in dated for end in ("earliest", "latest")} - {None}
    for day in sorted(ends):
        expected = [row["id"] for row in dated if fits(row, matching, day)]
        asked = {"date": day, "date_match": matching, "count": "exact", "limit": 200}
        found = get(client, path, **asked)
        assert ids(found["data"]) == expected, day
        assert found["meta"]["total"] == len(expected), day


@EACH
def test_what_lasts_is_certain_up_to_the_day_of_its_document_and_possible_after_it(
    client: ApiClient, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    dated = [row for row in rows_of(client, path, limit=200) if row["date"]]
    open_ended = [row["id"] for row in dated if row["date"]["latest"] is None]
    lasting = {row["id"] for row in dated if row["date"]["edtf"].endswith("/..")}
    assert rows_of(client, path, date="2030", date_match="certain") == []
    assert ids(rows_of(client, path, date="2030")) == open_ended
    asked = {"date": "2020-11", "date_match": "certain", "limit": 200}
    assert lasting <= set(ids(rows_of(client, path, **asked)))


@EACH
def test_undated_rows_are_left_out_and_counted(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    undated = [row for row in rows_of(client, path, limit=200) if row["date"] is None]
    meta = get(client, path, date="1900/2100", limit=0)["meta"]
    assert meta["undated"] == len(undated)
    assert meta["total"] + meta["undated"] == get(client, path)["meta"]["total"]
    assert get(client, path, date="1900", count="none")["meta"]["undated"] is None


def test_the_examples_of_the_contract(client: ApiClient) -> None:
    path = "/v1/events"
    july = get(client, path, date="2020-07")["data"]
    assert "hong-kong-autonomy-act-signed" in ids(july)
    certain = ids(get(client, path, date="2020-07", date_match="certain")["data"])
    assert "hong-kong-autonomy-act-signed" in certain
    assert ids(july) == ids(get(client, path, date_from="2020-07", date_to="2020-07")["data"])


def test_bounds_are_inclusive_and_widened_outward(client: ApiClient) -> None:
    path = "/v1/events"
    whole = ids(rows_of(client, path, date="2019/2020"))
    assert ids(rows_of(client, path, date_from="2019", date_to="2020")) == whole
    assert ids(rows_of(client, path, date_from="2019-01-01", date_to="2020-12-31")) == whole
    either = ids(rows_of(client, path, date_from="2025"))
    assert either == ids(rows_of(client, path, date="2025/.."))


@pytest.mark.parametrize(
    "date",
    ["2020-7", "20-07", "18XX/1902", "-205", "2020-07?", "[..2020]", "2020/", "x", "２０２０"],
)
def test_a_malformed_date_is_a_422_that_points_into_it(client: ApiClient, date: str) -> None:
    body = problem(client.get("/v1/events", params={"date": date}), 422)
    assert body["errors"][0]["code"] == "malformed-date"
    assert "at " in body["errors"][0]["message"]


@pytest.mark.parametrize(
    "date", ["2020-02-30", "2020-13", "2020-07/2019", "-0000", "2020-33/2021", "-0205-13"]
)
def test_an_impossible_date_is_a_400_that_points_into_it(client: ApiClient, date: str) -> None:
    body = problem(client.get("/v1/events", params={"date": date}), 400)
    assert body["errors"][0]["code"] == "impossible-date"


@pytest.mark.parametrize("bound", ["date_from", "date_to"])
@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("2020-21", "season"), ("2020-22", "season"), ("2020-23", "season"), ("2020-24", "season"),
        ("2020-33", "quarter"), ("2020-36", "quarter"), ("2020-40", "half"), ("2020-41", "half"),
    ],
)  # fmt: skip
def test_a_part_of_a_year_is_a_period_but_no_bound_of_one(
    client: ApiClient, part: str, name: str, bound: str
) -> None:
    assert get(client, "/v1/events", date=part)["meta"]["total"] > 0
    [error] = problem(client.get("/v1/events", params={bound: part}), 400)["errors"]
    assert (error["parameter"], error["code"]) == (bound, "impossible-date")
    assert f"a {name} is no bound" in error["message"]


def test_centuries_and_years_before_christ_are_periods(client: ApiClient) -> None:
    path = "/v1/timeline"
    for century, years in (("18XX", "1800/1899"), ("20XX", "2000/2099"), ("-00XX", "-0099/-0001")):
        whole = get(client, path, date=century, limit=200)["data"]
        assert whole == get(client, path, date=years, limit=200)["data"]
        [error] = problem(client.get(path, params={"date_to": century}), 422)["errors"]
        assert error["code"] == "malformed-date"
    every = get(client, path, date_from="-0205", limit=200)["data"]
    assert ids(every) == ids(get(client, path, date="../9999", limit=200)["data"])


def test_the_last_winter_is_that_of_9998(client: ApiClient) -> None:
    open_ended = get(client, "/v1/timeline", date="9999-02-28/..", limit=200)
    assert get(client, "/v1/timeline", date="9998-24", limit=200)["data"] == open_ended["data"]
    assert open_ended["data"]
    body = problem(client.get("/v1/timeline?date=9999-24"), 400)
    assert "ends after the year 9999" in body["detail"]


def test_a_reversed_period_and_exclusive_dates_are_a_400(client: ApiClient) -> None:
    body = problem(client.get("/v1/events?date_from=2021&date_to=2020"), 400)
    assert "swap" in body["detail"]
    problem(client.get("/v1/events?date=2020&date_to=2021"), 400)
    problem(client.get("/v1/events?date_match=certain"), 400)
