"""The folder with the TypeScript types: npm packs it, with the types of the whole document."""

import json
import shutil
import tarfile
from pathlib import Path

import pytest

from tests.e2e.clients.conftest import DOCUMENT, HERE, node_tool, run

pytestmark = pytest.mark.node
FOLDER = DOCUMENT.parent / "clients" / "typescript"


def test_npm_packs_the_types(tmp_path: Path) -> None:
    package = tmp_path / "clients" / "typescript"
    shutil.copytree(FOLDER, package, ignore=shutil.ignore_patterns("node_modules", "index.d.ts"))
    shutil.copy(DOCUMENT, tmp_path)
    (package / "node_modules").symlink_to(HERE / "node_modules")
    assert node_tool("openapi-typescript").exists()  # npm runs it before it packs
    run(["npm", "pack"], package)
    [archive] = package.glob("*.tgz")
    with tarfile.open(archive) as packed:
        assert sorted(packed.getnames()) == [
            "package/README.md", "package/index.d.ts", "package/package.json"
        ]  # fmt: skip
        types = packed.extractfile("package/index.d.ts")
        assert types is not None
        text = types.read().decode()
    assert all(f'"{path}": {{' in text for path in json.loads(DOCUMENT.read_text("utf-8"))["paths"])


def test_the_generator_has_the_version_that_the_tests_use() -> None:
    own = json.loads((FOLDER / "package.json").read_text("utf-8"))["devDependencies"]
    tested = json.loads((HERE / "package.json").read_text("utf-8"))
    everything = {**tested.get("dependencies", {}), **tested.get("devDependencies", {})}
    assert own.items() <= everything.items()
