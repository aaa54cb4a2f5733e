"""Paging over rows with equal or null sort keys and every form of date, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from app.edtf.calendar import MAX_DAY, MIN_DAY, sort_key
from app.edtf.dates import parse_edtf, parse_period
from app.folding import fold
from app.main import create_app, with_middleware
from app.query.period import DATE_MATCHES, STEPS, Step
from app.query.sort import RELEVANCE, sort_names
from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE
from app.vocabularies.events import EVENT_TYPES
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import Row, get, ids, pages, pages_back, problem, rows_of
from tests.contract.equal_keys import equal_key_rows
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content

ROWS = equal_key_rows()
POSITIONS = {row.row.id: row.position for row in ROWS}
LISTS = (*(BY_KIND[kind] for kind in ("event", "trade-figure", "actor", "law")), TIMELINE)
DATED = tuple(resource for resource in LISTS if resource.dated)
EACH = pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)
EMPTY_STEP = 40
"""One of so many empty buckets of a calendar is followed."""
EACH_DATED = pytest.mark.parametrize("resource", DATED, ids=lambda resource: resource.path)
TYPES = EVENT_TYPES.values[:2]
QUICK = settings(max_examples=6, deadline=None)


@pytest.fixture(scope="module")
def client(module_database: URL) -> Iterator[ApiClient]:
    load(module_database, content(ROWS))
    settings = settings_for(module_database)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


def sorts(resource: Resource) -> st.SearchStrategy[list[str]]:
    names = [name for name in sort_names(resource) if name != RELEVANCE]
    keys = st.sampled_from([f"{mark}{name}" for name in names for mark in ("", "-")])
    return st.lists(keys, min_size=1, max_size=3, unique_by=lambda key: key.lstrip("-"))


def in_order(rows: list[Row], sort: list[str]) -> list[str]:
    """The ids in the order that Python computes, one stable sort for each key."""
    ordered = sorted(rows, key=lambda row: (POSITIONS[row["id"]], row["id"]))
    for key in reversed(sort):
        name = key.removeprefix("-")
        known = [row for row in ordered if value(row, name) is not None]
        unknown = [row for row in ordered if value(row, name) is None]
        known.sort(key=lambda row: value(row, name), reverse=key.startswith("-"))
        ordered = known + unknown
    return ids(ordered)


def value(row: Row, name: str) -> Any:
    """The sort key of a row. Null is last."""
    match name:
        case "position":
            return POSITIONS[row["id"]]
        case "name":
            return fold(row["name"])
        case "date":
            return row["date"] and parse_edtf(row["date"]["edtf"]).sort_key
        case _:
            return row[name]


@EACH
@QUICK
@given(data=st.data())
def test_a_walk_forward_and_back_meets_each_row_once_and_in_order(
    client: ApiClient, resource: Resource, data: st.DataObject
) -> None:
    path = f"/v1/{resource.path}"
    sort = data.draw(sorts(resource))
    limit = data.draw(st.integers(3, 15))
    expected = in_order(rows_of(client, path, limit=200), sort)
    forward = list(pages(client, path, sort=",".join(sort), limit=limit))
    assert [id for page in forward for id in ids(page["data"])] == expected
    back = pages_back(client, forward[-1])
    assert [ids(page["data"]) for page in back] == [ids(page["data"]) for page in forward]


@EACH_DATED
@QUICK
@given(data=st.data())
def test_a_walk_through_a_period_is_in_order_too(
    client: ApiClient, resource: Resource, data: st.DataObject
) -> None:
    path = f"/v1/{resource.path}"
    asked: dict[str, Any] = {
        "date": data.draw(st.sampled_from(PERIODS)),
        "date_match": data.draw(st.sampled_from(DATE_MATCHES)),
    }
    sort = data.draw(sorts(resource))
    whole = rows_of(client, path, limit=200, **asked)
    found = rows_of(client, path, limit=3, sort=",".join(sort), **asked)
    assert ids(found) == in_order(whole, sort)


PERIODS = (
    "2019", "201X", "2019-03", "../2019", "1997/..", "18XX", "2019-33", "2019-40", "-0205",
    "-020X", "-0205-22", "-02XX", "../-0205", "-0044-03-15", "-0044/..", "-0100/0014", "000X",
)  # fmt: skip
months = st.tuples(st.integers(1996, 2021), st.integers(1, 12)).map(lambda m: f"{m[0]}-{m[1]:02}")
days = st.tuples(months, st.integers(1, 28)).map(lambda pair: f"{pair[0]}-{pair[1]:02}")
points = st.one_of(months, days, st.sampled_from(["1997", "2019", "2020", "199X", "201X"]))
days_of_old = st.sampled_from(
    ["-0299-12-31", "-0209-01-01", "-0205-06-01", "-0044-03-15", "0000-12-31", "0014-08-31"]
)
points = points | days_of_old
days = days | days_of_old
periods = st.one_of(
    points,
    st.sampled_from(PERIODS),
    points.map("{}/..".format),
    points.map("../{}".format),
    st.tuples(days, days).map(lambda pair: "/".join(sorted(pair, key=sort_key))),
)


def matches(edtf: str, how: str, first: str, last: str) -> bool:
    """Whether a date matches a period, computed from its text by the API contract."""
    stored = parse_edtf(edtf)
    earliest, latest = sort_key(stored.earliest or MIN_DAY), sort_key(stored.latest or MAX_DAY)
    if how == "possible":
        return earliest <= last and latest >= first
    if stored.qualifier:
        return False
    if how == "within":
        return first <= earliest and latest <= last and not edtf.endswith("/")
    starts = first <= earliest and last_start(edtf) <= last
    if how == "starts":
        return starts
    certain = stored.certain
    overlaps = certain and (
        sort_key(certain[0] or MIN_DAY) <= last and sort_key(certain[1] or MAX_DAY) >= first
    )
    return bool(starts or overlaps)


def last_start(edtf: str) -> str:
    """The sort key of the last possible day for the start of the date."""
    start = edtf.partition("/")[0]
    if edtf.startswith("[") or start in ("", ".."):  # one of several days, or only an end
        start = edtf
    return sort_key(parse_edtf(start).latest or MAX_DAY)


@EACH_DATED
@settings(max_examples=25, deadline=None)
@given(period=periods)
def test_a_period_finds_what_the_definitions_say(
    client: ApiClient, resource: Resource, period: str
) -> None:
    path = f"/v1/{resource.path}"
    asked = parse_period(period)
    first, last = sort_key(asked.first or MIN_DAY), sort_key(asked.last or MAX_DAY)
    every = [row for row in rows_of(client, path, limit=200) if row["date"]]
    found: dict[str, list[str]] = {}
    for how in DATE_MATCHES:
        found[how] = ids(rows_of(client, path, date=period, date_match=how, limit=200))
        expected = [row["id"] for row in every if matches(row["date"]["edtf"], how, first, last)]
        assert found[how] == expected, how
    assert set(found["within"]) <= set(found["starts"]) <= set(found["certain"])
    assert set(found["certain"]) <= set(found["possible"])


@EACH_DATED
@settings(max_examples=6, deadline=None)
@given(first=months, length=st.integers(0, 14))
def test_a_walk_by_month_finds_each_row_of_the_range(
    client: ApiClient, resource: Resource, first: str, length: int
) -> None:
    path = f"/v1/{resource.path}"
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    names = [f"{n // 12}-{n % 12 + 1:02}" for n in range(start, start + length + 1)]
    whole = ids(rows_of(client, path, date=f"{names[0]}/{names[-1]}", limit=200))
    by_month = {id for name in names for id in ids(rows_of(client, path, date=name, limit=200))}
    assert by_month == set(whole)


@EACH_DATED
def test_every_row_is_found_by_its_own_period(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    for row in rows_of(client, path, limit=200):
        if row["date"]:
            first, last = row["date"]["earliest"] or "..", row["date"]["latest"] or ".."
            if (first, last) != ("..", ".."):
                found = rows_of(client, path, date=f"{first}/{last}", limit=200)
                assert row["id"] in ids(found), row["date"]["edtf"]


@pytest.mark.parametrize(
    ("edtf", "period", "certain"),
    [
        ("1997-07-01/", "1997-07-01", True),
        ("1997-07-01/", "1997-07", True),
        ("1997-07-01/", "1998", False),  # it may have ended on the day on which it began
        ("1997-07/", "1997-07", True),  # it certainly began in this month
        ("1997-07/", "1997-07-15", False),
        ("1997-07/", "1998", False),
        ("1997-07-01/..", "1998", True),  # it has not ended
        ("/2019-05-31", "2019-05-31", True),
        ("/2019-05-31", "2019-04", False),
    ],
)
def test_beyond_an_unknown_end_nothing_is_certain(
    client: ApiClient, edtf: str, period: str, certain: bool
) -> None:
    found = rows_of(client, "/v1/events", date=period, limit=200)
    told = {row["match"]["date"] for row in found if row["date"]["edtf"] == edtf}
    assert told == {"certain" if certain else "possible"}


@EACH_DATED
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("period", [None, "-9999/-0001", "1997/..", "2019"])
def test_the_calendar_counts_the_rows_within_each_bucket(
    client: ApiClient, resource: Resource, step: Step, period: str | None
) -> None:
    path, name = f"/v1/{resource.path}", f"date:{step}"
    asked = {"date": period, "date_match": "within"} if period else {}
    facet = get(client, path, facet=name, limit=0, **asked)["facets"][name]
    values = [bucket["value"] for bucket in facet["buckets"]]
    assert values == sorted(values, key=sort_key)
    empty = [bucket for bucket in facet["buckets"] if not bucket["count"]]
    for bucket in (*(each for each in facet["buckets"] if each["count"]), *empty[::EMPTY_STEP]):
        if bucket["selected"]:
            assert bucket["value"] == period
            continue
        toggled = get(client, bucket["links"]["toggle"])
        assert toggled["meta"]["query"]["date"] == bucket["value"] == bucket["label"]
        if bucket["count"]:
            whole = get(client, path, date=bucket["value"], date_match="within")
            assert toggled["meta"]["total"] == whole["meta"]["total"] == bucket["count"]
    counted = get(client, f"/v1/stats/{resource.path}", by=name, **asked)["data"]
    counts = {group["values"][0]["value"]: group["count"] for group in counted}
    if not period:
        assert {b["value"]: b["count"] for b in facet["buckets"] if b["count"]} == counts
        assert "-020X" in counts or step != "decade"
    assert all(group["values"][0]["label"] in counts for group in counted)


def test_a_calendar_with_more_than_a_thousand_buckets_has_gaps(client: ApiClient) -> None:
    facets = get(client, "/v1/events", facet="date:year,date:decade", limit=0)["facets"]
    years = [bucket["value"] for bucket in facets["date:year"]["buckets"]]
    assert years[0] == "-0205"
    assert all(bucket["count"] for bucket in facets["date:year"]["buckets"])
    decades = [bucket["value"] for bucket in facets["date:decade"]["buckets"]]
    assert decades[0] == "-020X"
    middle = decades.index("-000X")
    assert decades[middle - 1 : middle + 3] == ["-001X", "-000X", "000X", "001X"]
    assert len(decades) == 21 + 202


def test_calendars_leave_out_what_begins_before_christ_and_feeds_do_not(
    client: ApiClient,
) -> None:
    every = rows_of(client, "/v1/events", limit=200)
    starts = [row["date"] and row["date"]["earliest"] for row in every]
    kept = [row["id"] for row, day in zip(every, starts, strict=True) if day and day >= "0001"]
    assert any(day and day < "0001" for day in starts)
    calendar = client.get("/v1/events?format=ics")
    assert calendar.text.count("BEGIN:VEVENT") == len(kept)
    assert calendar.headers["x-omitted-rows"] == str(len(every) - len(kept))
    feed = client.get("/v1/events?format=atom").text
    assert feed.count("<entry>") == len(every)
    assert "Date: -0044-03-15" in feed
    table = client.get("/v1/events?format=csv&fields=date_edtf,date_earliest&date=-0044-03-15").text
    assert ",'-0044-03-15,'-0044-03-15" in table


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/events?date=-0205", "206 BC"),
        ("/events?date=18XX", "19th century"),
        ("/timeline?date=-0205/-0001", "206 BC"),
        ("/timeline?date=-020X", "summer 206 BC"),
        ("/timeline?date=2019-41", "second half of 2019"),
        ("/timeline", "second half of 2019"),
    ],
)
def test_the_explorer_shows_dates_of_every_form(
    client: ApiClient, address: str, words: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize("how", [None, *DATE_MATCHES])
@pytest.mark.parametrize("types", [(), TYPES[:1], TYPES])
def test_who_takes_part_twice_is_met_and_counted_once(
    client: ApiClient, how: str | None, types: tuple[str, ...]
) -> None:
    asked = {"date": "2019", "date_match": how} if how else {}
    asked |= {"type": ",".join(types)} if types else {}
    every = rows_of(client, "/v1/events", limit=200, **asked)
    [counted] = get(client, "/v1/events", facet="actor", **asked)["facets"].values()
    counts = {bucket["value"]: bucket["count"] for bucket in counted["buckets"]}
    for actor in ("alice", "bob"):
        expected = [row["id"] for row in every if actor in ids(row["actors"])]
        assert ids(rows_of(client, "/v1/events", limit=200, actor=actor, **asked)) == expected
        assert counts[actor] == len(expected) > 1
    assert counted["missing"] == sum(not row["actors"] for row in every)


@pytest.mark.parametrize("role", [{}, {"role": "source"}, {"role": ["target", "subject"]}], ids=str)
@pytest.mark.parametrize("how", [None, *DATE_MATCHES])
@pytest.mark.parametrize("sort", ["date", "-date"])
def test_events_of_several_participants_are_walked_in_order_and_each_once(
    client: ApiClient, sort: str, how: str | None, role: dict[str, Any]
) -> None:
    asked = {"sort": sort, **({"date": "2019", "date_match": how} if how else {})}
    every = rows_of(client, "/v1/events", limit=200, **asked)
    for name, needed in (("actor", 1), ("actor_all", 2)):
        found = [row["id"] for row in every if taking_part(row, role) >= needed]
        narrowed = {**asked, **role, name: ["alice", "bob"]}
        walk = list(pages(client, "/v1/events", limit=4, **narrowed))
        assert [id for page in walk for id in ids(page["data"])] == found
        assert walk[0]["meta"]["total"] == len(found)
        assert ids(pages_back(client, walk[-1])[0]["data"]) == found[:4]


def taking_part(row: Row, role: dict[str, Any]) -> int:
    """How many different actors the row has in one of the roles."""
    roles = role.get("role")
    return len({each["id"] for each in row["actors"] if not roles or each["role"] in roles})


def test_a_name_of_several_rows_is_refused_with_all_of_them(client: ApiClient) -> None:
    error = problem(client.get("/v1/events?actor=Other"), 400)["errors"][0]
    others = [row.row.id for row in ROWS if row.row.kind == "actor" and row.row.name == "Other"]
    assert error["code"] == "ambiguous-name"
    assert error["allowed"] == sorted(others) != []


def test_a_former_id_leads_to_the_row_and_is_refused_in_filters(client: ApiClient) -> None:
    version = get(client, "/v1/events")["meta"]["dataset"]["version"]
    for query in ("", f"?expect_dataset={version}"):
        moved = client.get(f"/v1/actors/alicia{query}", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/actors/alice{query}")
        assert moved.headers["x-dataset-version"] == version
    assert get(client, moved.headers["location"])["data"]["id"] == "alice"
    problem(client.get("/v1/events/alicia"), 404)
    error = problem(client.get("/v1/events?actor=alicia"), 400)["errors"][0]
    assert (error["code"], error["suggestion"]) == ("renamed-id", "alice")
