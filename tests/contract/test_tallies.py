"""Precomputed counts equal the counts of the database, for every list, on both databases."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from app.api import stats
from app.edtf.calendar import sort_key
from app.main import create_app, with_middleware
from app.query.dimensions import dimensions
from app.resources.lists import LISTS
from app.resources.resource import Resource
from app.resources.tally_slots import tallied_filters
from app.sql import tallied_facets, totals
from seeds.publish.tallies import MAX_UNBUCKETED_DATES
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content, date
from tests.integration.publish.sample_rows import rows
from tests.timeouts import SUPPRESSED_CHECKS

EACH = pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)
PERIODS = st.sampled_from(
    ("1992", "201X", "2020-07", "2013/2019", "2019-06/2020-07", "2019-06-09/2020-07-14", "../1997",
     "1997/..", "2020-07-14", "2014-01-01/2014-12-31", "1992-10-05/2019-06-12", "../2019-11-27",
     "2014-09-28/..", "2019-07-02/2019-07-20", "19XX", "2020-35", "2019-41", "../-0044", "-0205/..",
     "-020X/2020")
)  # fmt: skip
DATE_MATCHES = st.sampled_from(("possible", "certain", "starts", "within"))


def disable_precomputed_counts(*_: object) -> None:
    """Disables the precomputed counts."""


def counted(client: ApiClient, path: str, **asked: Any) -> dict[str, Any]:
    """The answer without precomputed counts: the database counts the rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(totals, "tally_match", disable_precomputed_counts)
        patch.setattr(tallied_facets, "tally_match", disable_precomputed_counts)
        patch.setattr(stats, "calendar_bounds", disable_precomputed_counts)
        return get(client, path, **asked)


def period_of(resource: Resource, period: str | None, matching: str) -> dict[str, str]:
    return {"date": period, "date_match": matching} if period and resource.dated else {}


@EACH
@settings(deadline=None, max_examples=12, suppress_health_check=SUPPRESSED_CHECKS)
@given(period=st.none() | PERIODS, matching=DATE_MATCHES, data=st.data())
def test_totals_and_facets_are_the_same_as_if_rows_were_counted(
    forgetful: ApiClient, resource: Resource, period: str | None, matching: str, data: Any
) -> None:
    asked: dict[str, Any] = {"limit": 0, "count": "exact"}
    asked |= period_of(resource, period, matching)
    filters = tallied_filters(resource)
    if filters and data.draw(st.booleans()):
        chosen, coded = data.draw(st.sampled_from(filters))
        codes = st.sampled_from(coded.vocabulary.values)
        asked[chosen.name] = data.draw(st.lists(codes, min_size=1, max_size=3, unique=True))
    if facets := list(dimensions(resource))[:8]:
        asked["facet"] = facets
    path = f"/v1/{resource.path}"
    assert get(forgetful, path, **asked) == counted(forgetful, path, **asked)


@EACH
@settings(deadline=None, max_examples=12, suppress_health_check=SUPPRESSED_CHECKS)
@given(period=st.none() | PERIODS, matching=DATE_MATCHES, data=st.data())
def test_statistics_are_the_same_as_if_rows_were_counted(
    forgetful: ApiClient, resource: Resource, period: str | None, matching: str, data: Any
) -> None:
    names = list(dimensions(resource))
    if not names:
        return
    by = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    asked = {"by": by, **period_of(resource, period, matching)}
    path = f"/v1/stats/{resource.path}"
    assert get(forgetful, path, **asked) == counted(forgetful, path, **asked)


def test_periods_of_one_step_have_facets_of_their_own(client: ApiClient) -> None:
    for year in ("2019", "2020", "2019"):
        asked = {"date": year, "date_match": "within", "facet": "type", "limit": 200}
        body = get(client, "/v1/events", **asked)
        counts = Counter(row["type"] for row in body["data"])
        buckets = body["facets"]["type"]["buckets"]
        assert {each["value"]: each["count"] for each in buckets} == counts, year


ENDS = ("2019-06", "2019-06-11", "2020-07-10", "2020", "..", "")
ODD = [f"{start}/{end}" for start in ("2019", "2019-06", "201X", "2018-24") for end in ENDS] + [
    "2019-06-11", "2019-06", "2019", "201X", "2019-22", "2019?", "2019-06-11~", "../2019-06-11",
    "/2019", "[..2019-06-11]", "[2019-06-11..]", "2020-07-10/..", "18XX", "2019-33", "2019-41?",
    "[2019-06..2019-06-11]", "-0205", "-0205-03", "-0205-03-15", "-020X", "-02XX", "-0205/..",
    "-0205/", "../-0205", "-0001/0000", "0000",
]  # fmt: skip
IMPRECISE = [f"{year}-06/{year + 1}" for year in range(1800, 1800 + MAX_UNBUCKETED_DATES + 1)]
"""Dates that span two years; one more than a facet lists separately."""
DAYS = st.sampled_from(
    ("2018-06-10", "2019-01-01", "2019-06-01", "2019-06-11", "2019-06-12", "2019-06-30",
     "2020-02-29", "2020-07-09", "2020-07-10", "2020-12-31", "-0209-01-01", "-0205-03-15",
     "-0001-12-31", "0000-01-01")
)  # fmt: skip
ORDERED_DAYS = st.tuples(DAYS, DAYS).map(lambda pair: sorted(pair, key=sort_key))
BOUNDS = st.sets(st.sampled_from(["date_from", "date_to"]), min_size=1)


@pytest.fixture(scope="module")
def odd(module_database: URL) -> Iterator[ApiClient]:
    """A client of a server with one event for each unusual date."""
    [event] = [row for row in rows() if row.row.id == "nothing-happened"]
    odd = [
        replace(event, row=event.row.model_copy(update={"id": f"odd-{n}", "date": date(edtf)}))
        for n, edtf in enumerate([*ODD, *IMPRECISE])
    ]
    load(module_database, content([*rows(), *odd]))
    chosen = settings_for(module_database).model_copy(update={"response_cache_megabytes": 0})
    with ApiClient(with_middleware(create_app(chosen), chosen)) as client:
        yield client


@settings(max_examples=120, deadline=None)
@given(days=ORDERED_DAYS, bounds=BOUNDS, matching=DATE_MATCHES)
def test_they_know_of_beginnings_and_ends_of_every_form(
    odd: ApiClient, days: list[str], bounds: set[str], matching: str
) -> None:
    period = dict(zip(("date_from", "date_to"), days, strict=True))
    period = {name: day for name, day in period.items() if name in bounds}
    asked = {"limit": 0, "facet": "type", "date_match": matching, **period}
    assert get(odd, "/v1/events", **asked) == counted(odd, "/v1/events", **asked)


@pytest.mark.parametrize("limit", [1, 199, 200])
def test_they_know_of_as_many_dates_in_no_bucket_as_may_be_asked_for(
    odd: ApiClient, limit: int
) -> None:
    asked: dict[str, Any] = {"limit": 0, "facet": "date:year", "facet_limit": limit}
    found = get(odd, "/v1/events", **asked)
    assert found == counted(odd, "/v1/events", **asked)
    assert (
        len(found["facets"]["date:year"]["imprecise"]) == limit + 1
    )  # the last group counts all other dates
    assert found["facets"]["date:year"]["truncated"]
