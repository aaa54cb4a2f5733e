"""Lookup by name: which row a name finds, also if the name looks like an id or the data change."""

import pytest

from app.db import postgres
from app.main import create_app, with_middleware
from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get, ids, problem
from tests.databases import NewDatabase, with_shipped
from tests.integration.publish.sample_content import content, renamed

NEW_NAMES = {"donald-trump": "Somebody New", "eric-chan": "united-states"}


def test_names_are_looked_up_again_after_a_load_and_no_name_hides_an_id(
    new_database: NewDatabase, shipped: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        postgres, "POLL_SECONDS", 0.0
    )  # otherwise PostgreSQL may serve old data for a second
    database = new_database(with_shipped)
    force = [
        renamed(row, NEW_NAMES[row.row.id]) if row.row.id in NEW_NAMES else row
        for row in shipped.rows
    ]
    settings = settings_for(database)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        by_id = {
            id: ids(get(client, "/v1/events", actor=id, limit=200)["data"])
            for id in ("donald-trump", "united-states")
        }
        for _ in range(2):
            body = problem(client.get("/v1/events?actor=somebody+new"), 400)
            assert body["errors"][0]["code"] == "unknown-id"
        assert get(client, "/v1/events", actor="president trump")["data"]
        publish(database, content(force), Quiet())
        asked = {"somebody new": "donald-trump", "united-states": "united-states"}
        for text, id in asked.items():
            found = get(client, "/v1/events", actor=text, limit=200)
            assert found["meta"]["query"]["actor"] == id
            assert ids(found["data"]) == by_id[id]
        problem(
            client.get("/v1/events?actor=president+trump"), 400
        )  # this name does not exist any more
