"""Python: the client is generated without a warning, and a strictly typed program with it runs."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.e2e.clients.conftest import DOCUMENT, GENERATOR, HERE, run

pytestmark = pytest.mark.node  # pyright runs on Node


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a newly generated client and our program."""
    assert GENERATOR.exists(), "The generator is missing: run `make test-browser`."
    folder = tmp_path_factory.mktemp("python")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    options = ["--path", DOCUMENT, "--output-path", "hkus", "--meta", "none"]
    run([*command, *options], folder, PYTHONPATH=str(GENERATOR))
    shutil.copy(HERE / "program.py", folder)
    settings = {
        "typeCheckingMode": "strict",
        "include": ["program.py"],
        "extraPaths": [str(GENERATOR)],
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def test_a_strict_program_over_it_is_right(project: Path) -> None:
    run([sys.executable, "-m", "pyright"], project)


def test_a_strict_program_gets_typed_rows(server: str, project: Path) -> None:
    command = [sys.executable, "program.py", server]
    told = json.loads(run(command, project, PYTHONPATH=str(GENERATOR)))
    assert told["event"]["earliest"] == "2020-01-01"
    assert told["event"]["roles"] == ["source", "target"]
    assert told["event"]["bucket"] <= told["event"]["total"]
    assert told["proof"]["quoted"] >= 1
    assert told["refusal"] == {"status": 400, "code": "impossible-date"}


def test_a_program_with_a_wrong_type_is_refused(project: Path) -> None:
    source = (project / "program.py").read_text(encoding="utf-8")
    wrong = project / "wrong.py"
    wrong.write_text(source.replace("row.date.earliest", "row.date.interval"), encoding="utf-8")
    with pytest.raises(AssertionError, match="reportAssignmentType"):
        run([sys.executable, "-m", "pyright", "wrong.py"], project)
