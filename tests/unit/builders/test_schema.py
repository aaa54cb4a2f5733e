"""The JSON Schema of readings: it describes, for editors, what the loader accepts."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from seeds.articles import ARTICLES
from seeds.builders.registry import ENTRY_LISTS
from seeds.builders.schema import SCHEMA_FILE, schema_text
from seeds.reading.file import read_file
from tests.unit.builders.sample import ARTICLE, READING
from tests.unit.reading.forms import FORMS

SCHEMA: dict[str, Any] = json.loads(schema_text())
VALIDATOR: Any = Draft202012Validator(SCHEMA)


def plain(reading: str) -> Any:
    """Parse a reading like editors do: `1984` without quotes is a number."""
    return yaml.safe_load(reading)


def test_the_committed_schema_is_that_of_the_models() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "run `python -m seeds.builders.schema`"
    )


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def loader_accepts(folder: Path, reading: str) -> bool:
    """Whether the loader accepts the structure of a reading."""
    file = folder / "reading.yaml"
    file.write_text(reading, encoding="utf-8")
    return not read_file(file, "reading.yaml", ENTRY_LISTS, ARTICLE).faults


@pytest.mark.parametrize("reading", [READING, FORMS])
def test_it_accepts_what_the_loader_accepts(tmp_path: Path, reading: str) -> None:
    assert loader_accepts(tmp_path, reading)
    assert list(VALIDATOR.iter_errors(plain(reading))) == []


def test_it_accepts_each_shipped_reading() -> None:
    for file in ARTICLES.glob("*/reading.yaml"):
        assert list(VALIDATOR.iter_errors(plain(file.read_text(encoding="utf-8")))) == []


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
        ("{COERCE/seize: Nets", "{COERCE/visit: Nets"),
        ("  each:\n", "  eech:\n"),
        ("  city: Port Sud\n  each:", "  cite: []\n  each:"),
        ("- quote: Sudria did not protest.", "- quot: Sudria did not protest."),
        ("  events:\n  - sudrian-protest", "  event:\n  - sudrian-protest"),
        ("  - sudrian-protest: Sudria protests\n    type", "  - type"),
    ],
)
def test_it_refuses_what_the_loader_refuses(tmp_path: Path, old: str, new: str) -> None:
    wrong = FORMS.replace(old, new) if old in FORMS else READING.replace(old, new)

    assert wrong not in (FORMS, READING)
    assert not VALIDATOR.is_valid(plain(wrong))
    assert not loader_accepts(tmp_path, wrong)


def test_it_lists_the_codes_and_says_what_fields_mean() -> None:
    event = SCHEMA["$defs"]["EventEntry"]["properties"]

    assert "crisis" in event["type"]["enum"]
    assert "source" in event["actors"]["propertyNames"]["enum"]
    assert event["negated"]["description"].startswith("Whether the document says")
