"""Invalid input to commands: the message gives the place and the cure, and nothing changes."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner

import hkus
from tests.integration.publish.loading import run_sql
from tests.timeouts import TIMEOUT

ARTICLE = "hong-kong-united-states-relations"
QUOTE = "The United States maintains substantial economic and political interests in Hong Kong."
Spoil = Callable[[Path, Path], None]


def swapped(old: str, new: str) -> Spoil:
    """Replace a text in the reading. The text must occur exactly once."""

    def spoil(reading: Path, _: Path) -> None:
        text = reading.read_text(encoding="utf-8")
        assert old in text
        reading.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def cut(reading: Path, _: Path) -> None:
    reading.write_bytes(b"")


def encoded(_: Path, document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    document.write_bytes(text.encode("utf-16"))


def removed(_: Path, document: Path) -> None:
    document.unlink()


@pytest.fixture(scope="module")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped content."""
    file = tmp_path_factory.mktemp("bad") / "hkus.db"
    assert load(file, hkus.ARTICLES).exit_code == 0
    return file


@dataclass(frozen=True)
class Loaded:
    """The exit code and the output of a command."""

    exit_code: int
    stdout: str
    stderr: str


Load = Callable[[Path, Path], Loaded]


def load(file: Path, seeds: Path) -> Loaded:
    """Run the command in this process."""
    runner = CliRunner(env={"HKUS_DATABASE_URL": f"sqlite:///{file}"})
    result = runner.invoke(hkus.app, ["load", "--seeds", str(seeds)])
    return Loaded(result.exit_code, result.stdout, result.stderr)


def load_in_new_process(file: Path, seeds: Path) -> Loaded:
    """Run the command in a new process, as users do."""
    result = subprocess.run(
        [sys.executable, "-m", "hkus", "load", "--seeds", seeds],
        env={"HKUS_DATABASE_URL": f"sqlite:///{file}", "PATH": "", "COLUMNS": "200"},
        capture_output=True, text=True, check=False, timeout=TIMEOUT,
    )  # fmt: skip
    return Loaded(result.returncode, result.stdout, result.stderr)


@pytest.mark.parametrize(
    ("spoil", "place", "cure"),
    [
        pytest.param(swapped("country: USA", "cuntry: USA"), "reading.yaml:", "country",
                     id="misspelt-key"),
        pytest.param(swapped("trade_figures:\n", "trade_figurs:\n"), "reading.yaml:",
                     "Did you mean 'trade_figures'?", id="misspelt-group"),
        pytest.param(swapped("location: hong-kong}", "location: hong-kongg}"), "reading.yaml:",
                     "hong-kong", id="misspelt-actor"),
        pytest.param(swapped(QUOTE, QUOTE.replace("maintains", "has")), "reading.yaml:",
                     "Copy the words", id="wrong-quote"),
        pytest.param(swapped("special status in America", "Hong Kong"),
                     "reading.yaml:", "add `section:` or `nth:`", id="quote-that-occurs-twice"),
        pytest.param(swapped("- id: hong-kong\n", "- id: united-states\n"), "reading.yaml:",
                     "united-states", id="equal-ids"),
        pytest.param(swapped("aliases: [U.S., US", "aliases: [U.S., [US"), "reading.yaml:", "",
                     id="broken-yaml"),
        pytest.param(swapped("date: 14 July 2020", "date: 34 July 2020"), "reading.yaml:",
                     "July 2020", id="impossible-date"),
        pytest.param(cut, "reading.yaml", "", id="empty-file"),
        pytest.param(encoded, "article.txt", "UTF-8", id="another-encoding"),
        pytest.param(removed, "article.txt", "", id="missing-file"),
    ],
)  # fmt: skip
def test_bad_seeds_are_told_by_place_and_cure(
    loaded_file: Path, tmp_path: Path, spoil: Spoil, place: str, cure: str
) -> None:
    seeds = shutil.copytree(hkus.ARTICLES, tmp_path / "seeds")
    spoil(seeds / ARTICLE / "reading.yaml", seeds / ARTICLE / "article.txt")
    refused(loaded_file, seeds, place, cure)


def test_a_database_of_a_newer_version_is_told_with_the_cure(
    loaded_file: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.db"
    shutil.copyfile(loaded_file, newer)
    run_sql(
        URL.create("sqlite", database=str(newer)), "UPDATE alembic_version SET version_num = '9999'"
    )
    refused(newer, hkus.ARTICLES, str(newer), "use the version that made it", load_in_new_process)


def refused(file: Path, seeds: Path, place: str, cure: str, load: Load = load) -> None:
    """The load must fail with a message that gives place and cure, and must change nothing."""
    before = file.read_bytes()
    result = load(file, seeds)
    assert result.exit_code == 1, result.stdout
    assert result.stdout == ""
    assert place in result.stderr
    assert cure in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip()) > 40
    assert file.read_bytes() == before
