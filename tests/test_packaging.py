"""What is built of the project: whole, or not at all."""

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.project_copies import ROOT, copy_project

PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = ("app", "migrations", "seeds")
FILES = ("hkus.py", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE", "NOTICE")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy without the styles and scripts of the pages, as after `git clone`."""
    return copy_project(tmp_path, FOLDERS, FILES)


def build(checkout: Path, target: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def test_a_wheel_without_the_pages_is_refused_with_the_cure(checkout: Path) -> None:
    for target in ("wheel", "sdist"):
        refused = build(checkout, target)
        assert refused.returncode != 0
        assert "run `make bundle` first" in refused.stderr
    assert not list(checkout.glob("dist/*"))


def test_a_wheel_holds_the_pages_and_the_marker_of_types(checkout: Path) -> None:
    static = checkout / "app/web/static"
    static.mkdir()
    (static / "manifest.json").write_text("{}")
    assert build(checkout, "wheel").returncode == 0
    (wheel,) = checkout.glob("dist/*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "app/web/static/manifest.json" in names
    assert {f"{folder}/py.typed" for folder in FOLDERS} <= names
    assert build(checkout, "sdist").returncode == 0
    (source,) = checkout.glob("dist/*.tar.gz")
    with tarfile.open(source) as archive:
        assert any(name.endswith("/hatch_build.py") for name in archive.getnames())


def test_every_file_that_an_archive_of_the_sources_names_is_there() -> None:
    names = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    assert {"CHANGELOG.md", "SECURITY.md", "Dockerfile"} <= set(names)
    for name in names:
        assert (ROOT / name).exists(), name


def test_nobody_publishes_the_project_by_accident() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


def test_the_tested_pythons_are_the_supported_ones() -> None:
    named = {
        line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if ":: 3." in line
    }
    readme = Path("README.md").read_text(encoding="utf-8")
    assert ", ".join(sorted(named)[:-1]) + f" and {max(named)} are tested" in readme
