"""The schemas of the document: each named once, and no more optional than the answers are.

Answers are open: a schema does not say `additionalProperties: false`, so that a new field breaks no
generated client. That there is none now is tested by closing them.
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
    if doubled := of_codes.keys() & {*written, *of_problems}:
        raise ValueError(f"{sorted(doubled)} name a code list and another schema too")
    schemas = {name: _refined(schema) for name, schema in {**written, **of_problems}.items()}
    extended = {name: _extending(name, schemas) for name in schemas}
    return dict(sorted({**extended, **of_codes}.items()))


def _codes(vocabulary: Vocabulary) -> Json:
    return {
        "type": "string",
        "description": f"{vocabulary.description} Labels and definitions: "
        f"`/v1/vocabularies/{vocabulary.name}`.",
        "enum": list(vocabulary.values),
    }


def _refined(node: Any) -> Any:
    """Codes refer to their list; titles, which only repeat names, and defaults go."""
    if isinstance(node, list):
        return [_refined(item) for item in cast(list[Any], node)]
    if not isinstance(node, dict):
        return node
    schema = cast(Json, node)
    if VOCABULARY in schema:
        return {"$ref": REFERENCE.format(model=schema[VOCABULARY]), **_described(schema)}
    refined = {key: _refined(value) for key, value in schema.items() if not _idle(key, value)}
    refined = _with_type_list(refined)
    if "const" in refined:
        refined.setdefault("description", f"Always `{refined['const']}`.")
    if "properties" in refined:
        _settle_required(refined)
    return refined


def _extending(name: str, schemas: Json) -> Json:
    """`EventDetail` as `EventRow` with what it requires besides; other schemas as they are."""
    schema: Json = schemas[name]
    base_name = f"{name.removesuffix('Detail')}Row"
    base: Json = schemas.get(base_name, {})
    if not name.endswith("Detail") or schema["properties"].keys() != base["properties"].keys():
        return schema
    more = [key for key in schema["required"] if key not in base["required"]]
    properties = {key: schema["properties"][key] for key in more}
    return {
        "description": schema["description"],
        "allOf": [
            {"$ref": REFERENCE.format(model=base_name)},
            {"type": "object", "properties": properties, "required": more},
        ],
    }


def _described(schema: Json) -> Json:
    return {"description": schema["description"]} if "description" in schema else {}


def _idle(key: str, value: Any) -> bool:
    """A title, a default or a closing of a schema; a property may have such a name too."""
    is_closing = key == "additionalProperties" and value is False
    return is_closing or (key in ("title", "default") and not isinstance(value, dict))


def _with_type_list(schema: Json) -> Json:
    """`type: [number, "null"]` in place of `anyOf: [integer, number, null]`, from which some
    generators make a class of its own. Other choices stay."""
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


def _settle_required(schema: Json) -> None:
    """What has only one value is always there; what has a default may be left out, but is never
    null where it is there."""
    properties: Json = schema["properties"]
    needed = {name for name, of in properties.items() if "const" in of}
    needed |= set(schema.get("required", ()))
    schema["required"] = [name for name in properties if name in needed]
    for name in properties.keys() - needed:
        properties[name] = _without_null(properties[name])


def _without_null(schema: Json) -> Json:
    choices: list[Json] = schema.get("anyOf", [])
    if NULL not in choices:
        return schema
    [only] = [choice for choice in choices if choice != NULL]
    return {**only, **_described(schema)}
