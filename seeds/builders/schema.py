"""The JSON Schema of readings, by which editors complete and check the YAML.

`python -m seeds.builders.schema` writes it anew.
"""

import json
from pathlib import Path

from seeds.builders.registry import GROUPS

SCHEMA_FILE = Path(__file__).parents[1] / "reading.schema.json"


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of a reading, generated from its models."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **GROUPS.model.model_json_schema(mode="validation"),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
