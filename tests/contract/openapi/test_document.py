"""The OpenAPI document: valid, complete, and the same as the committed one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from openapi_spec_validator import validate

from app.api.openapi.examples import KEPT
from app.resources.rows import SPLICED
from tests.client import ApiClient
from tests.contract.openapi.examples import collected
from tests.contract.openapi.requests import Json, operations

BOUNDS = {
    "string": {"maxLength", "enum", "pattern", "const"},
    "integer": {"maximum"},
    "array": {"maxItems"},
    "boolean": {"type"},
}
"""What keeps a value of each type within bounds; one of them is enough."""


@pytest.fixture(scope="module")
def schemas(document: Json) -> Json:
    return document["components"]["schemas"]


def all_parameters(document: Json) -> Iterator[tuple[str, Json]]:
    for path, operation in operations(document):
        for parameter in operation["parameters"]:
            yield f"{path} {parameter['name']}", parameter


def nodes(node: Any) -> Iterator[Json]:
    """Every object in a document."""
    if isinstance(node, dict):
        found = cast(Json, node)
        yield found
        for value in found.values():
            yield from nodes(value)
    if isinstance(node, list):
        for value in cast(list[Any], node):
            yield from nodes(value)


def test_it_is_valid_openapi_3_1(document: Json) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_it_is_the_committed_one(document: Json) -> None:
    committed = json.loads(Path("openapi.json").read_text(encoding="utf-8"))
    assert document == committed, "run `make openapi` and look at the difference"


def test_its_examples_are_what_the_shipped_data_answer(client: ApiClient) -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert collected(client) == kept, "run `make openapi` and look at the difference"


def test_only_get_is_listed_and_operation_ids_are_short_and_unique(document: Json) -> None:
    assert all(set(methods) == {"get"} for methods in document["paths"].values())
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert {"listEvents", "getEvent", "listTradeFigures", "search", "getIndex"} <= set(names)
    assert max(map(len, names)) <= len("countTradeFigures")


def test_operations_and_tags_are_described(document: Json) -> None:
    for path, operation in operations(document):
        assert all(operation[key] for key in ("description", "summary", "tags")), path
    tags = [tag["name"] for tag in document["tags"]]
    assert (tags[0], tags[-1]) == ("Events", "About")
    assert all(tag["description"] for tag in document["tags"])
    assert {tag for _, each in operations(document) for tag in each["tags"]} == set(tags)
    assert document["info"]["license"]["url"]
    assert document["info"]["contact"]["name"]


def test_every_parameter_is_described_bounded_and_has_an_example(document: Json) -> None:
    for name, parameter in all_parameters(document):
        assert parameter["description"], name
        assert parameter["example"] not in ("", [], None), name
        schema = parameter["schema"]
        for each in (schema, schema.get("items", schema)):
            while "$ref" in each:
                each = document["components"]["schemas"][each["$ref"].rpartition("/")[2]]
            assert BOUNDS[each["type"]] & each.keys(), name


def test_a_parameter_of_many_values_is_an_exploded_array(document: Json) -> None:
    for name, parameter in all_parameters(document):
        if parameter["schema"].get("type") == "array":
            assert (parameter["style"], parameter["explode"]) == ("form", True), name


def test_every_property_is_described_and_none_is_free(schemas: Json) -> None:
    for name, schema in schemas.items():
        assert schema.get("description") or "enum" in schema, name
        for key, property in schema.get("properties", {}).items():
            assert "description" in property or "$ref" in property, (name, key)
        for node in nodes(schema):
            if node.get("type") == "object":
                assert node.get("properties") or node["additionalProperties"] not in (True, {}), (
                    name
                )
            if node.get("type") == "array":
                assert node["items"], name


def test_only_what_a_query_asks_for_is_optional(schemas: Json) -> None:
    for name, schema in schemas.items():
        optional = schema.get("properties", {}).keys() - set(schema.get("required", ()))
        assert optional <= SPLICED, name
        assert not {"citations", "cited_by"} & optional or not name.endswith("Detail"), name


def test_closed_lists_of_words_are_enums(schemas: Json) -> None:
    def of(name: str, key: str) -> Json:
        return schemas[name]["properties"][key]

    assert of("EventRow", "type")["$ref"] == "#/components/schemas/EventTypes"
    assert of("Reference", "kind")["$ref"] == "#/components/schemas/Kinds"
    assert of("LawStage", "step")["$ref"] == "#/components/schemas/LawSteps"
    assert {"enum": ["eq", "gte"], "type": "string"} in of("PageMeta", "total_relation")["anyOf"]
    assert "unknown-code" in of("Error", "code")["enum"]
    assert "/problems/not-found" in of("Problem", "type")["enum"]
    assert of("EventPage", "facets")["anyOf"][0]["additionalProperties"] == {
        "$ref": "#/components/schemas/Facet"
    }


def test_every_error_is_a_problem_written_once(document: Json) -> None:
    shared = document["components"]["responses"]
    for path, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert response == {"$ref": f"#/components/responses/Problem{status}"}, path
    for name, response in shared.items():
        if name.startswith("Problem"):
            [(media_type, content)] = response["content"].items()
            assert media_type == "application/problem+json"
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert content["examples"]["shipped"]["value"]["status"] == int(name[-3:])
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_status_and_every_exposed_header_is_documented(
    document: Json, client: ApiClient
) -> None:
    statuses = {status for _, each in operations(document) for status in each["responses"]}
    assert statuses == {"200", "304", "308", "400", "404", "406", "409", "414", "422", "500", "503"}
    exposed = client.get("/v1").headers["access-control-expose-headers"].split(", ")
    assert set(exposed) <= document["components"]["headers"].keys()


def test_every_answer_has_an_example(document: Json) -> None:
    for path, operation in operations(document):
        for media_type, content in operation["responses"]["200"]["content"].items():
            assert content["examples"]["shipped"]["value"], (path, media_type)
