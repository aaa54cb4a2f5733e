"""What the tests of clients need to run: found, or told how to get it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[2] / "openapi.json"
ENVIRONMENT = Path(sys.prefix)
GENERATOR = ENVIRONMENT / "clients"
"""Where make installs the generator of Python clients, and what its clients need."""


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """What a program prints; it fails the test if it fails."""
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **quiet, "PATH": path, **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def node_tool(name: str) -> Path:
    """A program that `npm ci` installed here."""
    assert shutil.which("node") or (ENVIRONMENT / "bin" / "node").exists(), (
        "Node is missing: install Node.js 20.19 or newer with npm (Debian: apt-get install nodejs "
        "npm), or run `make test-browser`, which takes it from a wheel."
    )
    tool = HERE / "node_modules" / ".bin" / name
    assert tool.exists(), f"{name} is missing: run `make test-browser`, which installs it by npm."
    return tool
