"""orval: its client compiles in strict mode with the barrel file; paging and filters work."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.e2e.clients.conftest import DOCUMENT, HERE, node_tool, run

pytestmark = pytest.mark.node


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a newly generated client and our program, compiled."""
    folder = tmp_path_factory.mktemp("orval")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    for name in ("orval.config.cjs", "program_orval.ts"):
        shutil.copy(HERE / name, folder)
    command = [node_tool("orval"), "--config", folder / "orval.config.cjs"]
    run(command, folder, DOCUMENT=os.path.relpath(DOCUMENT, folder))
    settings = json.loads((HERE / "tsconfig.json").read_text(encoding="utf-8"))
    settings["compilerOptions"] |= {
        "lib": ["ES2022", "DOM", "DOM.Iterable"],
        "module": "ESNext",
        "moduleResolution": "Bundler",  # orval's imports have no file extensions
    }
    settings["include"] = ["*.ts", "model/*.ts"]
    (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    run([node_tool("tsc"), "--project", "."], folder)
    return folder


def test_a_strict_program_pages_filters_and_gets_typed_rows(server: str, compiled: Path) -> None:
    found = json.loads(run(["node", "program_orval.js", server], compiled))
    ids = found["events"]["ids"]
    assert "hong-kong-autonomy-act-signed" in ids
    assert len(set(ids)) == len(ids) == found["events"]["total"] > 2
    assert found["proof"]["quoted"] >= 1
    assert found["exports"] == 17_800_000_000
    assert found["refusal"] == {"status": 400, "code": "impossible-date"}


def test_a_program_with_a_wrong_type_does_not_compile(compiled: Path) -> None:
    source = (HERE / "program_orval.ts").read_text(encoding="utf-8")
    wrong = source.replace("const value: number | null", "const value: string | null")
    assert wrong != source
    (compiled / "program_orval.ts").write_text(wrong, encoding="utf-8")
    with pytest.raises(AssertionError, match="TS2322"):
        run([node_tool("tsc"), "--project", ".", "--noEmit"], compiled)
