"""The API keeps what the last release promised (docs/stability.md)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contract.openapi import release
from tests.contract.openapi.released import broken, promises


@pytest.fixture
def committed() -> dict[str, Any]:
    return json.loads(Path("openapi.json").read_text(encoding="utf-8"))


def test_nothing_that_was_released_is_missing(committed: dict[str, Any]) -> None:
    assert broken(committed) == [], "announce removals first: docs/stability.md"


def test_a_removal_is_seen(committed: dict[str, Any]) -> None:
    del committed["paths"]["/v1/polls"]
    committed["components"]["schemas"]["EventRow"]["properties"].pop("summary")
    committed["components"]["schemas"]["PollRow"]["properties"]["question"] = {"type": "integer"}
    found = broken(committed)
    assert "listPolls: GET /v1/polls" in found
    assert "EventRow.summary: string" in found
    assert "PollRow.question: string" in found


def test_an_addition_is_allowed(committed: dict[str, Any]) -> None:
    committed["components"]["schemas"]["EventRow"]["properties"]["more"] = {"type": "string"}
    assert "EventRow.more: string or absent" in promises(committed)
    assert broken(committed) == []


def test_a_release_sets_its_version_everywhere(tmp_path: Path) -> None:
    for name in release.FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(Path(name).read_text(encoding="utf-8"), encoding="utf-8")
    release.set_version(tmp_path, "9.8.7", "2030-01-02")
    assert '__version__ = "9.8.7"' in (tmp_path / "app/__init__.py").read_text("utf-8")
    citation = (tmp_path / "CITATION.cff").read_text("utf-8")
    assert "\nversion: 9.8.7\n" in citation
    assert '\ndate-released: "2030-01-02"\n' in citation
    assert "\n## 9.8.7 (2030-01-02)\n" in (tmp_path / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("version", ["0.0.9", "0.1", "v1.0.0", "1.0.0rc1"])
def test_a_version_that_is_not_newer_is_refused(version: str) -> None:
    with pytest.raises(SystemExit, match=r"newer|three numbers"):
        release.check_version(version, "0.1.0")
