"""What an OpenAPI document promises to clients, one line for each promise."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

RELEASED = Path(__file__).with_name("released.txt")
"""The promises of the last release."""

Json = dict[str, Any]


def promises(document: Json) -> set[str]:
    """Everything that a client may rely on: operations, parameters, codes, fields and types."""
    return {*_operations(document), *_schemas(document)}


def write(document: Json) -> None:
    """Keep the promises of a release."""
    RELEASED.write_text("\n".join([*sorted(promises(document)), ""]), encoding="utf-8")


def broken(document: Json) -> list[str]:
    """The promises of the last release that the document does not keep."""
    kept = promises(document)
    return [line for line in RELEASED.read_text("utf-8").splitlines() if line not in kept]


def _operations(document: Json) -> Iterator[str]:
    for path, methods in document["paths"].items():
        operation: Json = methods["get"]
        name = operation["operationId"]
        yield f"{name}: GET {path}"
        for parameter in operation.get("parameters", ()):
            given = _resolved(document, parameter)
            yield from _parameter(name, given)
        for status, answer in operation["responses"].items():
            for media_type, content in _resolved(document, answer).get("content", {}).items():
                yield f"{name}: {status} {media_type} {_type(content.get('schema', {}))}"


def _parameter(operation: str, parameter: Json) -> Iterator[str]:
    prefix = f"{operation}?{parameter['name']}"
    schema: Json = parameter["schema"]
    yield f"{prefix}: {_type(schema)}"
    item: Json = schema.get("items", schema)
    for code in item.get("enum", ()):
        yield f"{prefix}={code}"


def _schemas(document: Json) -> Iterator[str]:
    for name, schema in document["components"]["schemas"].items():
        required = schema.get("required", ())
        yield from (f"{name}={code}" for code in schema.get("enum", ()))
        for field, inner in schema.get("properties", {}).items():
            always = "" if field in required else " or absent"
            yield f"{name}.{field}: {_type(inner)}{always}"


def _type(schema: Json) -> str:
    """The type of a value in one word, so that a change of it is a change of the line."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            parts = cast(list[Json], schema[key])
            return " | ".join(sorted(map(_type, parts)))
    if "const" in schema:
        return repr(schema["const"])
    found: Any = schema.get("type", "any")
    if isinstance(found, list):
        return " | ".join(sorted(map(str, cast(list[Any], found))))
    return str(found)


def _resolved(document: Json, node: Json) -> Json:
    if "$ref" not in node:
        return node
    found: Any = document
    for part in str(node["$ref"]).removeprefix("#/").split("/"):
        found = found[part]
    return found
