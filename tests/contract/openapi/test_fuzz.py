"""Schemathesis, with all its checks, finds no answer that the OpenAPI document does not describe.

By default it makes the same few requests each time. `make fuzz` makes many random ones.
"""

import os
import subprocess
import sys
from pathlib import Path

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
MANY = os.environ.get("FUZZ_EXAMPLES")
"""The number of requests for each route in `make fuzz`."""
FEW = "8"
OF_EACH_KIND = ("listMemberships", "countPassages", "getMembership", "getVocabulary", "getCoverage")
"""One route of each kind. The others share its code, and their boundary values take minutes."""


def fuzz(
    server: str, *options: str, document: str | Path = "openapi.json"
) -> subprocess.CompletedProcess[str]:
    """Run Schemathesis."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION)]
    seed = () if MANY else ("--seed", "1")
    run = ("run", str(document), "--url", server, "--no-color", *seed, *options)
    return subprocess.run([*command, *run], capture_output=True, text=True, check=False)


def test_made_up_requests_are_answered_as_documented(server: str) -> None:
    run = fuzz(server, "--phases=examples,fuzzing,stateful", f"--max-examples={MANY or FEW}")
    assert run.returncode == 0, run.stdout + run.stderr


def test_values_at_and_beyond_each_boundary_are_answered_as_documented(server: str) -> None:
    chosen = () if MANY else (f"--include-operation-id={name}" for name in OF_EACH_KIND)
    run = fuzz(server, "--phases=coverage", *chosen)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_document_that_promises_too_much_is_noticed(server: str, tmp_path: Path) -> None:
    text = Path("openapi.json").read_text(encoding="utf-8")
    lying = tmp_path / "openapi.json"
    lying.write_text(text.replace('"maximum": 200', '"maximum": 2000'), encoding="utf-8")
    run = fuzz(server, "--phases=coverage", "--include-operation-id=listDocuments", document=lying)
    assert run.returncode == 1
    assert "Schema-valid request rejected" in run.stdout
