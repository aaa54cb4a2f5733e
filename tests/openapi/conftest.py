"""Fixtures about the OpenAPI document; each runs on both databases, as `client` does."""

import pytest
from starlette.testclient import TestClient

from tests.openapi.conformity import Conformity
from tests.openapi.requests import Json


@pytest.fixture(scope="session")
def document(client: TestClient) -> Json:
    return client.get("/openapi.json").json()


@pytest.fixture(scope="session")
def conformity(document: Json) -> Conformity:
    return Conformity(document)
