"""The JSON Schema of readings: what editors complete by is what the loader accepts."""

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from seeds.builders.registry import GROUPS
from seeds.builders.schema import SCHEMA_FILE, schema_text
from tests.unit.builders.sample import READING

SCHEMA: dict[str, Any] = json.loads(schema_text())
VALIDATOR: Any = Draft202012Validator(SCHEMA)


def plain(reading: str) -> Any:
    """A reading as editors see it, in which `1984` without quotes would be a number."""
    return yaml.safe_load(reading)


def test_the_committed_schema_is_that_of_the_models() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "run `python -m seeds.builders.schema`"
    )


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_accepts_what_the_models_accept() -> None:
    GROUPS.model.model_validate(plain(READING))
    assert VALIDATOR.is_valid(plain(READING))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: medium", "type: mediun"),
        ("type: medium", "typ: medium"),
        ("{party: [norland, sudria]}", "{partie: [norland, sudria]}"),
        ("cite: [The Sea Gazette reported]", "cite: []"),
        ("cite: [The Sea Gazette reported]", "cite: [{quot: x}]"),
        ("date: 3 March 1971", "date: {word: x}"),
        ("id: port-sud\n", "id: Port Sud\n"),
    ],
)
def test_it_refuses_what_the_models_refuse(old: str, new: str) -> None:
    wrong = plain(READING.replace(old, new))

    assert not VALIDATOR.is_valid(wrong)
    with pytest.raises(ValueError, match=r"validation error"):
        GROUPS.model.model_validate(wrong)


def test_it_lists_the_codes_and_says_what_fields_mean() -> None:
    event = SCHEMA["$defs"]["EventEntry"]["properties"]

    assert "crisis" in event["type"]["enum"]
    assert "source" in event["actors"]["propertyNames"]["enum"]
    assert event["negated"]["description"].startswith("The document says")
