"""The schemas of the document: each named once, and no more optional than the answers are."""

from typing import Any, cast

from app.problems.problems import Problem
from app.resources.registry import VOCABULARIES
from app.resources.rows import VOCABULARY
from app.vocabularies import Vocabulary

REFERENCE = "#/components/schemas/{model}"

Json = dict[str, Any]


def component_schemas(written: Json) -> Json:
    """The schemas that FastAPI wrote, those of problems, and a schema for each code list."""
    problem = Problem.model_json_schema(ref_template=REFERENCE)
    of_problems = {**problem.pop("$defs"), "Problem": problem}
    of_codes = {each.schema_name: _codes(each) for each in VOCABULARIES}
    if doubled := of_codes.keys() & {*written, *of_problems}:
        raise ValueError(f"{sorted(doubled)} name a code list and another schema too")
    schemas = {name: _refined(schema) for name, schema in {**written, **of_problems}.items()}
    return dict(sorted({**schemas, **of_codes}.items()))


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
    if "const" in refined:
        refined.setdefault("description", f"Always `{refined['const']}`.")
    if "properties" in refined:
        _settle_required(refined)
    return refined


def _described(schema: Json) -> Json:
    return {"description": schema["description"]} if "description" in schema else {}


def _idle(key: str, value: Any) -> bool:
    """A title or default of a schema; a property may have such a name too."""
    return key in ("title", "default") and not isinstance(value, dict)


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
    if {"type": "null"} not in choices:
        return schema
    [only] = [choice for choice in choices if choice != {"type": "null"}]
    return {**only, **_described(schema)}
