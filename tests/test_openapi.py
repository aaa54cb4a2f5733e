"""The OpenAPI document: valid, complete, and the same as the committed one."""

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document(client: TestClient) -> Document:
    return client.get("/openapi.json").json()


def operations(document: Document) -> list[tuple[str, dict[str, Any]]]:
    return [(path, methods["get"]) for path, methods in document["paths"].items()]


def test_it_is_valid_openapi_3_1(document: Document) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_it_is_the_committed_one(document: Document) -> None:
    committed = json.loads(Path("openapi.json").read_text(encoding="utf-8"))
    assert document == committed, "run `make openapi` and look at the difference"


def test_only_get_is_listed_and_operation_ids_are_short_and_unique(document: Document) -> None:
    assert all(set(methods) == {"get"} for methods in document["paths"].values())
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert {"listEvents", "getEvent", "listTradeFigures", "getIndex"} <= set(names)


def test_everything_is_described(document: Document) -> None:
    for path, operation in operations(document):
        assert all(operation[key] for key in ("description", "summary", "tags")), path
        for parameter in operation.get("parameters", []):
            assert all(parameter[key] for key in ("description", "schema")), (path, parameter)
    for tag in document["tags"]:
        assert tag["description"]


def test_every_error_is_a_problem_written_once(document: Document) -> None:
    for path, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                [(media_type, content)] = response["content"].items()
                assert media_type == "application/problem+json", path
                assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_example_is_answered(document: Document, client: TestClient) -> None:
    for path, operation in operations(document):
        parameters = operation.get("parameters", [])
        for each in (p for p in parameters if p["in"] == "path"):
            path = path.replace(f"{{{each['name']}}}", each["example"])
        needed = {
            p["name"]: p["example"] for p in parameters if p["required"] and p["in"] == "query"
        }
        assert client.get(path, params=needed).status_code == 200, path
        for each in (p for p in parameters if p["in"] == "query" and "example" in p):
            asked = {**needed, each["name"]: written(each["example"])}
            if each["name"] == "date_match":
                asked["date"] = "2020"
            response = client.get(path, params=asked)
            assert response.status_code == 200, (path, each["name"], response.text)


def written(example: Any) -> Any:
    return str(example).lower() if isinstance(example, bool) else example
