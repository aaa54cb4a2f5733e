"""CITATION.cff: a program for citations reads it and finds no fault."""

import sys

import pytest

from app import __version__
from tests.e2e.clients.conftest import DOCUMENT, GENERATOR, run

pytestmark = pytest.mark.node  # cffconvert is installed beside the generators of clients
ROOT = DOCUMENT.parent


def test_the_citation_file_is_valid() -> None:
    command = [sys.executable, "-c", "from cffconvert.cli.cli import cli; cli()"]
    environment = {"PYTHONPATH": str(GENERATOR)}
    command += ["-i", str(ROOT / "CITATION.cff")]
    assert "valid" in run([*command, "--validate"], ROOT, **environment)
    text = run([*command, "-f", "bibtex"], ROOT, **environment)
    assert "knowledge base" in text
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
