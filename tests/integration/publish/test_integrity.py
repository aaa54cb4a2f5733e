"""A damaged new SQLite file does not replace the old file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seeds.publish.faults import PublishError
from seeds.publish.integrity import check_migrated_file, check_new_file
from tests.databases import NewDatabase
from tests.integration.publish.loading import file_of, load

Check = Callable[[sqlite3.Connection], None]
CHECKS = (check_migrated_file, check_new_file)


@pytest.fixture
def file(new_file: NewDatabase) -> Path:
    """A database file that a load has written."""
    return file_of(new_file(load))


@pytest.fixture
def connection(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        yield opened


@pytest.mark.parametrize("check", CHECKS)
def test_a_sound_file_passes(connection: sqlite3.Connection, check: Check):
    check(connection)


@pytest.mark.parametrize("check", CHECKS)
def test_an_index_that_lost_an_entry_is_found(connection: sqlite3.Connection, check: Check):
    index = "SELECT * FROM sqlite_master WHERE name = 'ix_names_folded'"
    hidden = connection.execute(index).fetchone()
    connection.execute("DELETE FROM sqlite_master WHERE name = 'ix_names_folded'")
    _read_schema_again(connection)
    connection.execute("INSERT INTO names SELECT entry_id, 99, kind, folded FROM names LIMIT 1")
    connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", hidden)
    _read_schema_again(connection)
    with pytest.raises(PublishError, match=r"came out damaged .*ix_names_folded"):
        check(connection)


@pytest.mark.parametrize("check", CHECKS)
def test_a_page_that_was_overwritten_is_found(file: Path, check: Check):
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'citations'"
        ).fetchone()
    with file.open("r+b") as written:
        written.seek((page - 1) * 4096 + 8)
        written.write(b"\xff" * 64)
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as connection,
        pytest.raises(PublishError, match="came out damaged"),
    ):
        check(connection)


def _read_schema_again(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")
