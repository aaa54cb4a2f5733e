"""A linter with nearly all its rules accepts the OpenAPI document."""

import json
from pathlib import Path

import pytest

from tests.e2e.clients.conftest import DOCUMENT, HERE, node_tool, run

pytestmark = pytest.mark.node


def lint(document: Path) -> list[str]:
    """The rules that a document violates."""
    options = ["--config", HERE / "redocly.yaml", "--format", "json"]
    report = run([node_tool("redocly"), "lint", document, *options], HERE)
    found = json.loads(report[report.index("{") :])
    return [problem["ruleId"] for problem in found["problems"]]


def test_the_linter_finds_nothing() -> None:
    assert lint(DOCUMENT) == []


def test_the_linter_would_find_something(tmp_path: Path) -> None:
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    del document["paths"]["/v1/events"]["get"]["summary"]
    document["components"]["schemas"]["Unused"] = {"type": "string"}
    changed = tmp_path / "openapi.json"
    changed.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(AssertionError, match="operation-summary"):
        lint(changed)
