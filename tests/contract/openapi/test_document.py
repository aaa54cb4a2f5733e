"""The OpenAPI document is valid, complete, and equal to the committed file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from openapi_spec_validator import validate

from app.api.openapi.examples import EXAMPLES_FILE
from app.resources.rows import SPLICED
from tests.client import ApiClient
from tests.contract.openapi.examples import collected, has_example
from tests.contract.openapi.requests import Json, operations

BOUNDS = {
    "string": {"maxLength", "enum", "pattern", "const"},
    "integer": {"maximum"},
    "array": {"maxItems"},
    "boolean": {"type"},
}
"""For each type, the keywords that limit its values; one of them is enough."""


MAX_BYTES = 400_000

RESERVED = {
    "index", "any", "array", "boolean", "date", "dict", "enum", "error", "event", "exception",
    "float", "function", "headers", "highlight", "int", "integer", "iterator", "list", "location",
    "long", "map", "model", "node", "none", "null", "number", "object", "optional", "parameters",
    "promise", "range", "record", "request", "response", "set", "string", "symbol", "text",
    "type", "undefined", "union", "void",
}  # fmt: skip
"""Names that already have a meaning where generators write schemas: the file `index`, globals and
helper types of TypeScript, built-in types of Python, `java.lang`."""


@pytest.fixture(scope="module")
def schemas(document: Json) -> Json:
    return document["components"]["schemas"]


def all_parameters(document: Json) -> Iterator[tuple[str, Json]]:
    for path, operation in operations(document):
        for parameter in operation["parameters"]:
            yield f"{path} {parameter['name']}", parameter


def raw_operations(document: Json) -> Iterator[tuple[str, Json]]:
    """Each path with its operation; references are not resolved."""
    for path, methods in document["paths"].items():
        yield path, methods["get"]


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


@pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)
def test_it_is_valid_openapi_3_1(document: Json) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_it_is_the_committed_one(document: Json) -> None:
    committed = json.loads(Path("openapi.json").read_text(encoding="utf-8"))
    assert document == committed, "run `make openapi` and look at the difference"


def test_its_examples_are_what_the_shipped_data_answer(client: ApiClient) -> None:
    kept = json.loads(EXAMPLES_FILE.read_text(encoding="utf-8"))
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


def test_only_a_required_parameter_has_an_example_beside_its_schema(document: Json) -> None:
    """API viewers fill in every parameter that has an example, so they would use all filters."""
    written = [
        *document["components"]["parameters"].values(),
        *(p for _, each in raw_operations(document) for p in each["parameters"] if "$ref" not in p),
    ]
    for parameter in written:
        [example] = parameter["schema"]["examples"]
        assert parameter.get("example") == (example if parameter["required"] else None)


def test_it_is_small_enough_for_clients_with_little_room(client: ApiClient) -> None:
    assert len(client.get("/openapi.json").content) <= MAX_BYTES


def test_what_several_operations_take_is_written_once(document: Json) -> None:
    shared = document["components"]["parameters"]
    used: list[str] = []
    alone: list[str] = []
    for _, operation in raw_operations(document):
        for parameter in operation["parameters"]:
            if "$ref" in parameter:
                used.append(parameter["$ref"].rpartition("/")[2])
            else:
                alone.append(json.dumps(parameter, sort_keys=True))
    assert {name for name in used if used.count(name) > 1} == shared.keys()
    assert len(alone) == len(set(alone))


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
        if "allOf" in schema:
            [base, more] = schema["allOf"]
            assert base["$ref"].endswith(f"/{name.removesuffix('Detail')}Row")
            assert more["required"] == [*more["properties"]], name
            assert set(more["required"]) <= {"citations", "cited_by"}, name
    assert "allOf" in schemas["EventDetail"]
    assert "allOf" in schemas["PassageDetail"]


def test_no_schema_has_a_name_that_languages_and_generators_use(document: Json) -> None:
    names = [*document["components"]["schemas"], *document["components"]["parameters"]]
    lower = [name.casefold() for name in names]
    assert RESERVED.isdisjoint(lower)
    assert len(lower) == len(set(lower)), "some file systems take no two names that differ by case"


def test_answers_are_open_to_new_fields(document: Json) -> None:
    assert not [node for node in nodes(document) if node.get("additionalProperties") is False]


def test_the_guide_says_what_may_change_and_how_a_removal_is_announced(document: Json) -> None:
    guide = document["info"]["description"]
    promise = Path("docs/stability.md").read_text(encoding="utf-8")
    for text in (guide, promise):
        assert all(word in text for word in ("Deprecation", "RFC 9745", "Sunset", "RFC 8594"))
        assert "at least six months" in " ".join(text.lower().split())
    used = nodes(document["paths"])
    marked = [node for node in used if node.get("deprecated")]
    assert bool(marked) != ("Nothing is deprecated now" in " ".join(promise.split()))


def test_lists_with_commas_are_taken_as_the_guide_says(client: ApiClient, document: Json) -> None:
    assert "`type=order,legislation`" in document["info"]["description"]
    repeated = client.get("/v1/events?type=order&type=legislation")
    assert repeated.json()["meta"]["total"] > 0
    assert client.get("/v1/events?type=order,legislation").content == repeated.content


def test_a_number_and_what_may_be_null_is_a_list_of_types(document: Json, schemas: Json) -> None:
    """For an `anyOf` of a scalar and null, generators make classes that wrap the scalar."""
    scalars = ({"type": "integer"}, {"type": "number"}, {"type": "string"}, {"type": "boolean"})
    for name, schema in schemas.items():
        for node in nodes(schema):
            choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
            assert len(choices) != 1 or choices[0] not in scalars, name
            assert {"type": "number"} not in choices, name
    value: Json = schemas["TradeFigureRow"]["properties"]["value"]
    assert value["type"] == ["number", "null"]


def test_closed_lists_of_words_are_enums(schemas: Json) -> None:
    def of(name: str, key: str) -> Json:
        return schemas[name]["properties"][key]

    assert of("EventRow", "type")["$ref"] == "#/components/schemas/EventTypes"
    assert of("Reference", "kind")["$ref"] == "#/components/schemas/Kinds"
    assert of("LawStage", "step")["$ref"] == "#/components/schemas/LawSteps"
    assert {"enum": ["eq", "gte"], "type": "string"} in of("PageMeta", "total_relation")["anyOf"]
    assert "unknown-code" in of("ErrorObject", "code")["enum"]
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
            if not has_example(operation, media_type):
                continue
            # The shipped data were loaded once, so there are no lines of changes.
            is_empty = (path, media_type) == ("/v1/changes", "application/x-ndjson")
            assert content["examples"]["shipped"]["value"] or is_empty, (path, media_type)
