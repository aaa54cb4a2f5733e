"""Query plans: a page scans an index of all compared columns and looks up only its own rows."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import URL
from sqlalchemy.dialects import sqlite

from app.resources.events import EVENTS
from app.resources.passages import PASSAGES
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE
from app.sql.statements import bound_values, page_statement
from tests.parsed_queries import parsed_query

BY_DATE = "ix_events_date_order"
BY_SPAN = "ix_events_date_span"
OF_ACTOR = "ix_event_actors_actor_id_date"
OF_BOTH = "ix_event_actors_actor_id_type_date"

WALKS = {
    "": BY_DATE,
    "type=policy": BY_DATE,
    "date=1990/2000": BY_SPAN,
    "date=1990/2000&type=policy": BY_SPAN,
    "date=1990/2000&date_match=starts&type=policy,support": BY_DATE,
    "date=1990/2000&date_match=within": BY_DATE,
    "actor=united-states": f"{OF_ACTOR}_order",
    "actor=united-states&date=1990/2000": f"{OF_ACTOR}_span",
    "actor=united-states,hong-kong": f"{OF_ACTOR}_order",
    "actor_all=united-states,hong-kong&date=1990/2000": f"{OF_ACTOR}_span",
    "actor=united-states&type=policy": f"{OF_BOTH}_order",
    "actor=united-states&type=policy&date=1990/2000": f"{OF_BOTH}_span",
    "actor=united-states&type=policy&date=1990/2000&date_match=starts": f"{OF_BOTH}_order",
}


ON_SQLITE = pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)


@ON_SQLITE
@pytest.mark.parametrize("asked", WALKS)
def test_a_page_looks_up_no_row_but_those_that_it_has(loaded: URL, asked: str) -> None:
    steps = plan(loaded, EVENTS, asked)
    walked = [step for step in steps if " events " in step or " driving " in step]
    assert walked
    for step in walked:
        assert f"USING COVERING INDEX {WALKS[asked]} " in step


@ON_SQLITE
def test_passages_are_not_sorted_for_a_page(loaded: URL) -> None:
    assert "SCAN passages USING COVERING INDEX ix_passages_order" in plan(loaded, PASSAGES, "")


@ON_SQLITE
def test_ids_are_looked_up_once_and_not_for_each_row(loaded: URL) -> None:
    steps = plan(loaded, TIMELINE, "actor=united-states")
    assert "SEARCH entry_actors USING INDEX ix_entry_actors_actor_id (actor_id=?)" in steps
    assert not [step for step in steps if "CORRELATED" in step]


def plan(loaded: URL, resource: Resource, asked: str) -> list[str]:
    """The steps of SQLite's query plan for a page of a list."""
    query = parsed_query(resource, asked)
    statement = page_statement(query, bound_values(query), 26)
    compiled = statement.build().compile(dialect=sqlite.dialect(paramstyle="named"))
    with closing(sqlite3.connect(str(loaded.database))) as connection:
        values = {**compiled.params, **statement.values}
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]
