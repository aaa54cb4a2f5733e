"""The JSON Schema of readings. Editors use it to complete and check the YAML.

`python -m seeds.builders.schema` writes it to `SCHEMA_FILE`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from seeds.builders.registry import ENTRY_LISTS
from seeds.reading.entry import TITLE, Titled
from seeds.reading.layout import EACH, SENTENCES, UNSHARED_FIELDS
from seeds.reading.parts import Reading, Sentence

SCHEMA_FILE = Path(__file__).parents[1] / "reading.schema.json"

Schema = dict[str, Any]


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of a reading, generated from its models."""
    models = [Reading, Sentence, *ENTRY_LISTS.entries.values()]
    names, schema = models_json_schema([(model, "validation") for model in models])
    defs: dict[str, Schema] = schema["$defs"]
    titled = {model.__name__ for model in _subclasses(Titled)}
    for definition in defs.values():
        if definition["title"] in titled:
            _allow_title(definition)
    lists = {
        name: _list_schema(defs, _schema_name(names[model, "validation"]), name)
        for name, model in ENTRY_LISTS.entries.items()
    }
    defs[_schema_name(names[Sentence, "validation"])]["properties"] |= lists
    reading = defs.pop(_schema_name(names[Reading, "validation"]))
    items = {"type": "array", "items": {"$ref": names[Sentence, "validation"]["$ref"]}}
    described = {"description": "Sentences of the document, with the entries under each."}
    reading["properties"] |= {SENTENCES: items | described, **lists}
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", **reading, "$defs": defs}
    return json.dumps(root, indent=2, ensure_ascii=False) + "\n"


def _subclasses(model: type[Titled]) -> Iterator[type[Titled]]:
    for inner in model.__subclasses__():
        yield inner
        yield from _subclasses(inner)


def _schema_name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _allow_title(definition: Schema) -> None:
    """Allow `its-id: Its name` in place of the fields `id` and `name`."""
    definition["patternProperties"] = {TITLE: {"type": "string", "description": "Id and name."}}
    without_title = {"propertyNames": {"not": {"pattern": TITLE}}}
    definition["anyOf"] = [{"required": ["id"]}, {"not": without_title}]
    definition["required"] = [
        name for name in definition.get("required", ()) if name not in ("id", "name")
    ]


def _list_schema(defs: dict[str, Schema], entry: str, list_name: str) -> Schema:
    """The schema of a list of entries. Each item is an entry or a group that shares values."""
    entry_schema = defs[entry]
    member, shared = f"{entry}InGroup", f"{entry}Group"
    fields = {
        name: {"$ref": f"#/$defs/{entry}/properties/{name}"} for name in entry_schema["properties"]
    }
    defs[member] = entry_schema | {"properties": fields, "required": [], "title": member}
    properties = {name: field for name, field in fields.items() if name not in UNSHARED_FIELDS}
    id = {"type": "string", "description": "The id of an entry that needs nothing else."}
    items = {"anyOf": [{"$ref": f"#/$defs/{member}"}, id]}
    defs[shared] = {
        "title": shared,
        "type": "object",
        "description": "Entries that share the values written here.",
        "additionalProperties": False,
        "properties": {EACH: {"type": "array", "minItems": 1, "items": items}} | properties,
        "required": [EACH],
    }
    entries = [{"$ref": f"#/$defs/{entry}"}, {"$ref": f"#/$defs/{shared}"}]
    title = list_name.replace("_", " ").capitalize()
    return {"title": title, "type": "array", "items": {"anyOf": entries}}


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
