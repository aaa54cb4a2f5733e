"""The schemas of the document. Each has one name, and a property is required if it is always there.

No schema says `additionalProperties: false`, so that a new field does not break generated clients.
A test adds it, to check that answers have no undocumented fields.
"""

from typing import Any, cast

from app.problems.problems import Problem
from app.resources.registry import VOCABULARIES
from app.resources.rows import VOCABULARY
from app.vocabularies import Vocabulary

REFERENCE = "#/components/schemas/{model}"

Json = dict[str, Any]

NULL: Json = {"type": "null"}
_SCALARS = ("string", "integer", "number", "boolean")


def component_schemas(written: Json) -> Json:
    """The schemas that FastAPI wrote, those of problems, and a schema for each code list."""
    problem = Problem.model_json_schema(ref_template=REFERENCE)
    of_problems = {**problem.pop("$defs"), "Problem": problem}
    of_codes = {each.schema_name: _codes(each) for each in VOCABULARIES}
    if ambiguous := of_codes.keys() & {*written, *of_problems}:
        raise ValueError(f"{sorted(ambiguous)} name both a code list and another schema")
    schemas = {name: _refined(schema) for name, schema in {**written, **of_problems}.items()}
    extended = {name: _as_extension(name, schemas) for name in schemas}
    return dict(sorted({**extended, **of_codes}.items()))


def _codes(vocabulary: Vocabulary) -> Json:
    return {
        "type": "string",
        "description": f"{vocabulary.description} Labels and definitions: "
        f"`/v1/vocabularies/{vocabulary.name}`.",
        "enum": list(vocabulary.values),
    }


def _refined(node: Any) -> Any:
    """The schema with references to code lists, and without titles and defaults."""
    if isinstance(node, list):
        return [_refined(item) for item in cast(list[Any], node)]
    if not isinstance(node, dict):
        return node
    schema = cast(Json, node)
    if VOCABULARY in schema:
        return {"$ref": REFERENCE.format(model=schema[VOCABULARY]), **_described(schema)}
    refined = {
        key: _refined(value) for key, value in schema.items() if not _is_superfluous(key, value)
    }
    refined = _with_type_list(refined)
    if "const" in refined:
        refined.setdefault("description", f"Always `{refined['const']}`.")
    if "properties" in refined:
        _set_required(refined)
    return refined


def _as_extension(name: str, schemas: Json) -> Json:
    """`EventDetail` as `EventRow` plus the properties that it also requires; others unchanged."""
    schema: Json = schemas[name]
    base_name = f"{name.removesuffix('Detail')}Row"
    base: Json = schemas.get(base_name, {})
    if not name.endswith("Detail") or schema["properties"].keys() != base["properties"].keys():
        return schema
    added = [key for key in schema["required"] if key not in base["required"]]
    properties = {key: schema["properties"][key] for key in added}
    return {
        "description": schema["description"],
        "allOf": [
            {"$ref": REFERENCE.format(model=base_name)},
            {"type": "object", "properties": properties, "required": added},
        ],
    }


def _described(schema: Json) -> Json:
    return {"description": schema["description"]} if "description" in schema else {}


def _is_superfluous(key: str, value: Any) -> bool:
    """Whether a key is a title, a default or `additionalProperties: false`. A property of such a
    name has a dict as its value and is kept."""
    is_closed = key == "additionalProperties" and value is False
    return is_closed or (key in ("title", "default") and not isinstance(value, dict))


def _with_type_list(schema: Json) -> Json:
    """`type: [number, "null"]` instead of `anyOf: [integer, number, null]`, for which some
    generators make a class. Other choices are unchanged."""
    choices: list[Json] = schema.get("anyOf", [])
    if {"type": "number"} in choices:
        choices = [choice for choice in choices if choice != {"type": "integer"}]
    forms = [choice for choice in choices if choice != NULL]
    if len(forms) != 1 or forms[0].get("type") not in _SCALARS or "enum" in forms[0]:
        return schema
    [form] = forms
    types = [form["type"], "null"] if NULL in choices else form["type"]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**form, **rest, "type": types}


def _set_required(schema: Json) -> None:
    """Require properties with a constant value. A property with a default is optional; if it is
    present, it is not null."""
    properties: Json = schema["properties"]
    required = {name for name, of in properties.items() if "const" in of}
    required |= set(schema.get("required", ()))
    schema["required"] = [name for name in properties if name in required]
    for name in properties.keys() - required:
        properties[name] = _without_null(properties[name])


def _without_null(schema: Json) -> Json:
    choices: list[Json] = schema.get("anyOf", [])
    if NULL not in choices:
        return schema
    [only] = [choice for choice in choices if choice != NULL]
    return {**only, **_described(schema)}
