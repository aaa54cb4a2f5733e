"""Dispatch by path gives the same answers as the router of the framework."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import URL

from app.api.middleware import OuterMiddleware, Rules
from app.main import create_app
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.openapi.requests import operations


@pytest.fixture(scope="module")
def plain(loaded: URL) -> Iterator[ApiClient]:
    """A client of the application that uses the framework's router and no outer middleware."""
    app = OuterMiddleware(create_app(settings_for(loaded)), Rules(()))
    with ApiClient(app, follow_redirects=False) as client:
        yield client


def addresses(document: dict[str, Any]) -> Iterator[str]:
    """Each path of the document, with the examples of its required parameters."""
    for path, operation in operations(document):
        needed: list[str] = []
        for each in operation["parameters"]:
            if each["in"] == "path":
                path = path.replace(f"{{{each['name']}}}", each["example"])
            elif each["required"]:
                many = each["schema"]["type"] == "array"
                value = each["example"][0] if many else each["example"]
                needed.append(f"{each['name']}={value}")
        yield f"{path}?{'&'.join(needed)}" if needed else path


def test_both_ways_lead_to_the_same_answers(client: ApiClient, plain: ApiClient) -> None:
    found = list(addresses(client.get("/openapi.json").json()))
    strange = ["/v1/events/", "/v1//events", "/v1/events/a/b", "/v1/nothing", "/v1/events/no-such"]
    for path in found + strange:
        direct, routed = client.get(path), plain.get(path)
        assert direct.status_code == routed.status_code, path
        if direct.status_code < 400:
            assert direct.content == routed.content, path
            assert direct.headers["etag"] == routed.headers["etag"], path
        for method in ("POST", "DELETE"):
            assert client.request(method, path).status_code == 405 or path in strange, path
