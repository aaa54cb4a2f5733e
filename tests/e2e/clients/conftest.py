"""Find the programs that the client tests run. An error says how to install a missing one."""

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
"""The folder for the generator of Python clients and the packages that its clients need."""


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """Run a program and return its output. The test fails if the program fails."""
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    path = f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **quiet, "PATH": path, **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def node_tool(name: str) -> Path:
    """The path of a program that `npm ci` installed in this folder."""
    assert shutil.which("node") or (ENVIRONMENT / "bin" / "node").exists(), (
        "Node is missing: install Node.js 20.19 or newer with npm (Debian: apt-get install nodejs "
        "npm), or run `make test-browser`, which takes it from a wheel."
    )
    tool = HERE / "node_modules" / ".bin" / name
    assert tool.exists(), f"{name} is missing: run `make test-browser`, which installs it by npm."
    return tool
