"""Copies of the project that tests can change, and commands that run in them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.timeouts import TIMEOUT

ROOT = Path(__file__).parents[1]
_UNNEEDED = shutil.ignore_patterns("__pycache__", "node_modules", "static")


def copy_project(target: Path, folders: Iterable[str], files: Iterable[str]) -> Path:
    """Copy folders and files of the project into an empty folder, and return the folder."""
    for folder in folders:
        shutil.copytree(ROOT / folder, target / folder, ignore=_UNNEEDED)
    for file in files:
        shutil.copy(ROOT / file, target)
    return target


def run_in(checkout: Path, *command: str, **environment: str) -> str:
    """Run a Python module in a copy, with a database in the copy; return its output.

    The test fails if the command fails.
    """
    url = {"HKUS_DATABASE_URL": f"sqlite:///{checkout}/hkus.db"}
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=checkout, env={**os.environ, **url, **environment}, capture_output=True, text=True,
        check=False, timeout=10 * TIMEOUT,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
