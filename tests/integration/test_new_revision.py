"""The commands in the README draft a migration for a new table, which is the new head."""

import re
import shlex
from pathlib import Path

import pytest

from tests.project_copies import ROOT, copy_project, run_in

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\.venv/bin/(alembic .+)$", README, re.MULTILINE)
COURTS = """

from sqlalchemy import Column, Integer, Table  # noqa: E402

Table("courts", Base.metadata, Column("id", Integer, primary_key=True))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the files that the commands need, with a model of a new table."""
    copy_project(tmp_path, ("app", "migrations"), ("alembic.ini",))
    with (tmp_path / "app/resources/bases.py").open("a", encoding="utf-8") as tables:
        tables.write(COURTS)
    return tmp_path


def versions(checkout: Path) -> list[str]:
    return sorted(path.name for path in checkout.glob("migrations/versions/[0-9]*.py"))


def renumber_head(checkout: Path, number: str) -> None:
    """Change the number of the newest revision."""
    head = checkout / "migrations/versions" / versions(checkout)[-1]
    text = head.read_text(encoding="utf-8")
    old = f'revision = "{head.name[:4]}"'
    assert text.count(f"\n{old}") == 1
    renamed = head.with_name(f"{number}{head.name[4:]}")
    renamed.write_text(text.replace(f"\n{old}", f'\nrevision = "{number}"'), encoding="utf-8")
    head.unlink()


@pytest.mark.parametrize("head", [None, "0997"])
def test_the_commands_of_the_readme_draft_the_next_revision(
    checkout: Path, head: str | None
) -> None:
    if head:
        renumber_head(checkout, head)
    before = versions(checkout)
    number = f"{int(before[-1][:4]) + 1:04}"

    assert len(COMMANDS) == 2
    for command in COMMANDS:
        run_in(checkout, *shlex.split(command, comments=True))

    [new] = set(versions(checkout)) - set(before)
    assert new.startswith(f"{number}_create_courts")
    drafted = (checkout / "migrations/versions" / new).read_text(encoding="utf-8")
    assert f"revision = '{number}'" in drafted
    assert f"down_revision = '{before[-1][:4]}'" in drafted
    assert drafted.count("op.create_table(") == 1
    run_in(checkout, "alembic", "upgrade", "head")  # fails if there are two heads


def test_a_revision_by_hand_has_the_next_number_too(checkout: Path) -> None:
    before = versions(checkout)
    run_in(checkout, "alembic", "revision", "-m", "by-hand")
    [new] = set(versions(checkout)) - set(before)
    assert new == f"{int(before[-1][:4]) + 1:04}_by_hand.py"
