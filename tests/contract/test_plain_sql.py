"""Each optimised query finds and counts the same rows as plain SQL.

`docs/queries.md` lists the optimisations. The SQL in this module uses none of them: only
conditions, subqueries, ORDER BY, count(*) and GROUP BY.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    URL,
    Connection,
    bindparam,  # noqa: TID251 - nothing here is named by the application
    create_engine,
    text,
)
from sqlalchemy.pool import NullPool

from app.params.types import PeriodText
from app.query.period import DATE_MATCHES, DateMatch
from app.vocabularies.events import EVENT_TYPES, ROLES
from tests.client import ApiClient
from tests.contract.api_requests import get, ids, pages
from tests.timeouts import SUPPRESSED_CHECKS

ACTORS = (
    "hong-kong", "united-states", "china", "edward-snowden", "donald-trump", "hong-kong-protesters",
    "hong-kong-government", "national-security-agency", "edward-yau",
)  # fmt: skip
WORDS = ("Snowden", "Trump", "Beijing")
PERIODS: dict[str, tuple[str, str]] = {
    "1992": ("1992-01-01", "1992-12-31"),
    "201X": ("2010-01-01", "2019-12-31"),
    "2020-07": ("2020-07-01", "2020-07-31"),
    "2020-07-14": ("2020-07-14", "2020-07-14"),
    "2019-06/2020-07": ("2019-06-01", "2020-07-31"),
    "1997-07-01/..": ("1997-07-01", "9999-12-31"),
    "../1997": ("0001-01-01", "1997-12-31"),
    "2019-06-09/2020-01-31": ("2019-06-09", "2020-01-31"),
}
MATCHES: dict[DateMatch, str] = {
    "possible": "date_first <= :last AND date_last >= :first",
    "starts": "date_first >= :first AND date_start_last <= :last",
    "within": "date_first >= :first AND date_start_last <= :last AND date_last <= :last",
    "certain": "(date_certain_first <= :last AND date_certain_last >= :first)"
    " OR (date_first >= :first AND date_start_last <= :last)",
}
ORDERS = {
    "date": "date_undated, date_sort, position, id",
    "-date": "date_undated, date_sort DESC, position, id",
    "name": "name_sort, position, id",
    "-name": "name_sort DESC, position, id",
}
# Signatories act together if the event signs an agreement, so each is affected, too.
AFFECTED = (
    "event_actors.role IN ('target', 'party', 'recipient', 'addressee', 'victim')"
    " OR event_actors.role = 'signatory' AND EXISTS (SELECT 1 FROM event_agreements"
    " WHERE event_agreements.event_id = events.id AND event_agreements.relation = 'signed')"
)
LISTS = ("actor", "actor_not", "target_country", "role", "type")
PAGE, WALKED = 7, 3


@dataclass
class PlainQuery:
    """A query of events: its API parameters, and the same conditions in SQL."""

    parameters: dict[str, Any] = field(default_factory=dict[str, Any])
    where: list[str] = field(default_factory=list[str])
    bound: dict[str, Any] = field(default_factory=dict[str, Any])

    def add(self, name: str, values: Any, condition: str, **bound: Any) -> None:
        self.parameters[name] = values
        self.where.append(condition)
        self.bound |= bound or {name: values}

    def undated(self) -> "PlainQuery":
        """The same query for undated rows, without the period."""
        kept = [each for each in self.where if ":first" not in each]
        return PlainQuery({}, [*kept, "date_undated = 1"], self.bound)

    def sql(self, start: str, end: str) -> tuple[Any, dict[str, Any]]:
        where = " AND ".join(f"({each})" for each in self.where) or "true"
        statement = f"{start} WHERE {where} {end}"
        used = {name: value for name, value in self.bound.items() if f":{name}" in statement}
        lists: list[Any] = [bindparam(name, expanding=True) for name in used if name in LISTS]
        return text(statement).bindparams(*lists), used


def participant(condition: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM event_actors JOIN actors ON actors.id = event_actors.actor_id "
        f"WHERE event_actors.event_id = events.id AND {condition})"
    )


@st.composite
def queries(draw: st.DrawFn) -> PlainQuery:
    """Queries for each optimisation, and some that combine several."""
    asked = PlainQuery()
    some = st.lists(st.sampled_from(ACTORS), min_size=1, max_size=6, unique=True)
    roles = draw(st.none() | st.lists(st.sampled_from(ROLES.values), min_size=1, unique=True))
    in_role = " AND event_actors.role IN :role" if roles else ""
    led = draw(st.sampled_from(("", "", "actor", "actor_all", "actor_not", "target_country")))
    if led == "actor":
        asked.add("actor", draw(some), participant("event_actors.actor_id IN :actor" + in_role))
    elif led == "actor_not":
        condition = participant("event_actors.actor_id IN :actor_not" + in_role)
        asked.add("actor_not", draw(some), f"NOT {condition}")
    elif led == "actor_all":
        every = draw(some)
        each = {f"all_{number}": id for number, id in enumerate(every)}
        condition = " AND ".join(
            participant(f"event_actors.actor_id = :{name}{in_role}") for name in each
        )
        asked.add("actor_all", every, condition, **each)
    elif led == "target_country":
        countries = draw(st.lists(st.sampled_from(("USA", "HKG", "CHN")), min_size=1, unique=True))
        condition = f"({AFFECTED}) AND actors.country IN :target_country"
        asked.add("target_country", countries, participant(condition))
    if roles and led not in ("", "target_country"):
        asked.parameters["role"] = asked.bound["role"] = roles
    if draw(st.booleans()):
        types = st.lists(st.sampled_from(EVENT_TYPES.values), min_size=1, max_size=3, unique=True)
        asked.add("type", draw(types), "type IN :type")
    if draw(st.booleans()):
        period, matching = draw(st.sampled_from([*PERIODS])), draw(st.sampled_from(DATE_MATCHES))
        first, last = PERIODS[period]
        condition = f"date_undated = 0 AND ({MATCHES[matching]})"
        asked.add("date", period, condition, first=first, last=last)
        asked.parameters["date_match"] = matching
    return asked


@pytest.fixture(scope="module")
def plain(loaded: URL) -> Iterator[Connection]:
    """A database connection for plain SQL."""
    with create_engine(loaded, poolclass=NullPool).connect() as connection:
        yield connection


def column(plain: Connection, asked: PlainQuery, start: str, end: str = "") -> list[Any]:
    statement, bound = asked.sql(start, end)
    return [row[0] for row in plain.execute(statement, bound)]


def test_the_periods_are_what_the_api_takes_them_for() -> None:
    assert all(PeriodText(partial=False).read(period) == period for period in PERIODS)


@settings(max_examples=60, suppress_health_check=SUPPRESSED_CHECKS)
@given(asked=queries(), sort=st.sampled_from([*ORDERS]))
def test_pages(forgetful: ApiClient, plain: Connection, asked: PlainQuery, sort: str) -> None:
    expected = column(plain, asked, "SELECT id FROM events", f"ORDER BY {ORDERS[sort]}")
    walk = pages(forgetful, "/v1/events", **asked.parameters, sort=sort, limit=PAGE)
    found = [id for page in islice(walk, WALKED) for id in ids(page["data"])]
    assert found == expected[: PAGE * WALKED]


@settings(max_examples=60, suppress_health_check=SUPPRESSED_CHECKS)
@given(asked=queries())
def test_totals_and_facets(forgetful: ApiClient, plain: Connection, asked: PlainQuery) -> None:
    shown = {"limit": 0, "count": "exact", "facet": "modality,actor,date:year", "facet_limit": 200}
    body = get(forgetful, "/v1/events", **asked.parameters, **shown)
    assert [body["meta"]["total"]] == column(plain, asked, "SELECT count(*) FROM events")
    if "date" in asked.parameters:
        undated = column(plain, asked.undated(), "SELECT count(*) FROM events")
        assert [body["meta"]["undated"]] == undated
    assert counts(body, "modality") == counted(plain, asked, "modality", "events")
    if "date" not in asked.parameters:
        year = "substr(date_first, 1, 4)"
        within = f"{year} = substr(date_last, 1, 4) AND date_qualifier IS NULL AND date_undated = 0"
        wholly = f"CASE WHEN {within} THEN {year} END"
        assert counts(body, "date:year") == counted(plain, asked, wholly, "events")
    if not {"actor", "actor_not", "role"} & asked.parameters.keys():
        joined = "events JOIN event_actors AS counted ON counted.event_id = events.id"
        expected = counted(plain, asked, "counted.actor_id", joined)
        assert counts(body, "actor") == expected


def counts(body: dict[str, Any], facet: str) -> dict[str, int]:
    buckets = body["facets"][facet]["buckets"]
    return {bucket["value"]: bucket["count"] for bucket in buckets if bucket["count"]}


def counted(plain: Connection, asked: PlainQuery, value: str, source: str) -> dict[str, int]:
    start = f"SELECT {value} AS value, count(DISTINCT events.id) FROM {source}"
    qualified = [each.replace("type IN", "events.type IN") for each in asked.where]
    for name in ("undated", "first", "last", "start_last", "certain_first", "certain_last"):
        qualified = [each.replace(f"date_{name} ", f"events.date_{name} ") for each in qualified]
    statement, bound = PlainQuery({}, qualified, asked.bound).sql(start, f"GROUP BY {value}")
    rows: Any = plain.execute(statement, bound)
    return {row[0]: row[1] for row in rows if row[0]}


@pytest.mark.parametrize("word", WORDS)
def test_a_search(forgetful: ApiClient, plain: Connection, word: str) -> None:
    """The words have no inflected forms, so that LIKE and the search index find the same rows."""
    words = "lower(name || ' ' || summary || ' ' || coalesce(note, ''))"
    asked = PlainQuery({}, [f"{words} LIKE :word"], {"word": f"%{word.lower()}%"})
    tier = "CASE WHEN lower(name) LIKE :word THEN 0 ELSE 1 END"
    expected = column(plain, asked, "SELECT id FROM events", f"ORDER BY {tier}, position, id")
    walk = pages(forgetful, "/v1/events", q=word, limit=PAGE)
    assert [id for page in walk for id in ids(page["data"])] == expected
    assert expected
