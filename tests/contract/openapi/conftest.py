"""Fixtures for the tests of the OpenAPI document. Each test runs on both databases."""

import pytest

from tests.client import ApiClient
from tests.contract.openapi.conformity import Conformity
from tests.contract.openapi.requests import Json


@pytest.fixture(scope="session")
def document(client: ApiClient) -> Json:
    return client.get("/openapi.json").json()


@pytest.fixture(scope="session")
def conformity(document: Json) -> Conformity:
    return Conformity(document)
