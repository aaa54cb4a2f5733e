"""SQLite only: the load replaces one file."""

import errno
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.search.fts5 import fts5_match
from app.search.query import parse_query
from app.vocabularies.kinds import KINDS
from benchmarks.synthetic import synthetic_content
from seeds.publish import publish, published_state, sqlite
from seeds.publish.atomic import load_lock
from seeds.publish.faults import PublishError
from seeds.publish.progress import Quiet
from seeds.publish.result import LoadResult
from tests.databases import Sqlite
from tests.integration.publish.loading import file_of, load, other_files
from tests.integration.publish.sample_content import content, renamed
from tests.integration.publish.sample_rows import rows
from tests.integration.publish.table_contents import contents
from tests.timeouts import TIMEOUT


@pytest.fixture
def database(tmp_path: Path) -> URL:
    return URL.create("sqlite", database=str(tmp_path / "data" / "hkus.db"))


@pytest.fixture
def filled(database: URL, sqlite_databases: Sqlite) -> URL:
    file_of(database).parent.mkdir()
    return sqlite_databases.new(file_of(database), load)


def edited():
    return content([renamed(row, "Edited") for row in rows()])


def refused(path: Path | str, message: str) -> None:
    with pytest.raises(PublishError, match=message):
        load(URL.create("sqlite", database=str(path)), edited())


def test_a_load_that_changes_nothing_leaves_the_file_itself(filled: URL):
    before = file_of(filled).stat()
    load(filled)
    after = file_of(filled).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_index_of_words_may_be_made_of_any_number_of_pieces(
    database: URL, monkeypatch: pytest.MonkeyPatch
):
    """FTS5 allows at most 2,000 segments. Only a large load creates more; here each row creates
    one."""
    smallest = {**sqlite.FTS5_LOAD_OPTIONS, "hashsize": 1}
    monkeypatch.setattr(sqlite, "FTS5_LOAD_OPTIONS", smallest)
    load(database, synthetic_content(2_200))
    with closing(sqlite3.connect(file_of(database))) as reader:
        rows = reader.execute("SELECT w.ordinal, e.name FROM search_rows w JOIN entries e "
                              "ON e.id = w.entry_id WHERE e.kind = 'event'").fetchall()  # fmt: skip
        asked = "SELECT rowid FROM search_index WHERE search_index MATCH ?"
        for ordinal, name in (rows[0], rows[-1]):
            words = fts5_match(parse_query(f'"{name}"'))
            assert (ordinal,) in reader.execute(asked, (words,)).fetchall()


def test_rendered_rows_lie_in_the_order_of_dates_in_which_pages_read_them(filled: URL):
    with closing(sqlite3.connect(file_of(filled))) as reader:
        columns = "date_undated, date_sort, kind, position, id, render_rank"
        entries = reader.execute(f"SELECT {columns} FROM entries").fetchall()
        rendered = (
            "SELECT json_extract(body, '$.id'), render_rank FROM renderings "
            "WHERE json_extract(body, '$.kind') <> 'dyad' ORDER BY render_rank"
        )
        lie = reader.execute(rendered).fetchall()
    kinds = list(KINDS.values)
    read = sorted(entries, key=lambda row: (*row[:2], kinds.index(row[2]), *row[3:]))
    assert lie == [(id, rank) for *_, id, rank in read] != sorted(lie)


def test_a_load_that_changes_something_puts_a_new_file_in_its_place(filled: URL):
    file = file_of(filled)
    file.chmod(0o640)
    with closing(sqlite3.connect(file)) as reader:
        names = reader.execute("SELECT name FROM actors").fetchall()
        load(filled, edited())
        assert reader.execute("SELECT name FROM actors").fetchall() == names
    with closing(sqlite3.connect(file)) as reader:
        assert reader.execute("SELECT DISTINCT name FROM actors").fetchall() == [("Edited",)]
    assert file.stat().st_mode & 0o777 == 0o640
    assert other_files(file) == set()


def test_files_that_changed_without_effect_are_remembered(filled: URL):
    before = contents(filled, timeless=True)
    assert not load(filled, seeds="edited").changed
    assert published_state(filled).seeds == "edited"
    after = contents(filled, timeless=True)
    assert {name for name in after if after[name] != before[name]} == {"dataset"}


def test_a_link_to_the_file_stays_a_link(filled: URL, tmp_path: Path):
    link = tmp_path / "link.db"
    link.symlink_to(file_of(filled))
    load(URL.create("sqlite", database=str(link)), edited())
    assert link.is_symlink()
    assert contents(filled)["dataset"] == contents(filled.set(database=str(link)))["dataset"]


@pytest.mark.parametrize("text", ["My diary", "SQLite format 3\0 and then something else"])
def test_a_file_that_is_no_database_is_not_overwritten(tmp_path: Path, text: str):
    file = tmp_path / "diary"
    file.write_text(text)
    refused(file, "no database of ours")
    assert file.read_text() == text
    assert other_files(file) == set()


def test_the_database_of_another_program_is_not_overwritten(tmp_path: Path):
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE diary (entry)")
    before = file.read_bytes()
    refused(file, "no database of ours")
    assert file.read_bytes() == before


def test_an_empty_file_is_taken_for_a_new_database(tmp_path: Path):
    file = tmp_path / "new.db"
    file.touch()
    assert load(URL.create("sqlite", database=str(file))).changed


def test_a_damaged_file_is_not_thrown_away(filled: URL):
    file = file_of(filled)
    os.truncate(file, 4096 * 3 + 100)
    refused(file, "damaged")


def test_a_folder_is_refused(tmp_path: Path):
    refused(tmp_path, "this is no file")


def test_a_path_through_a_file_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    refused(tmp_path / "file" / "hkus.db", "a part of its path is a file")


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path):
    # Not even root can write to /proc.
    folder = tmp_path if os.geteuid() else Path("/proc")
    tmp_path.chmod(0o555)
    refused(folder / "hkus.db", f"{folder}/hkus.db: .*cannot be written to")


def test_a_full_disk_is_told_and_the_old_content_stays(
    filled: URL, monkeypatch: pytest.MonkeyPatch
):
    before = contents(filled)
    full = (*sqlite.BUILD_PRAGMAS, "PRAGMA max_page_count = 120")
    monkeypatch.setattr(sqlite, "BUILD_PRAGMAS", full)
    refused(file_of(filled), "the disk is full")
    assert contents(filled) == before
    assert other_files(file_of(filled)) == set()


def test_a_disk_that_is_full_at_the_very_end_is_told(filled: URL, monkeypatch: pytest.MonkeyPatch):
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = contents(filled)
    monkeypatch.setattr(os, "fsync", fail)
    refused(file_of(filled), "the disk is full")
    assert contents(filled) == before
    assert other_files(file_of(filled)) == set()


def test_the_disk_has_the_file_before_it_takes_its_place_and_then_the_folder(
    filled: URL, monkeypatch: pytest.MonkeyPatch
):
    """After a power failure the disk has the complete new file, and the folder refers to it."""
    file = file_of(filled)
    before, done = file.stat().st_ino, list[tuple[bool, bool]]()
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced = os.fstat(descriptor)
        is_folder = os.path.samestat(synced, file.parent.stat())
        done.append((is_folder, file.stat().st_ino != before))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    load(filled, edited())
    assert done == [(False, False), (True, True)]


def test_what_a_killed_load_left_is_removed(filled: URL):
    file = file_of(filled)
    for name in (".hkus.db.new", ".hkus.db.new-journal"):
        file.with_name(name).write_text("half")
    load(filled, edited())
    assert other_files(file) == set()


def test_what_a_program_left_that_wrote_in_place_is_not_taken_for_the_new_file(
    filled: URL, tmp_path: Path
):
    crashed = tmp_path / "crashed.db"
    with closing(sqlite3.connect(file_of(filled))) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE actors SET note = 'by hand'")
        writer.commit()
        for ending in ("", "-wal"):
            shutil.copy(f"{file_of(filled)}{ending}", f"{crashed}{ending}")
    url = filled.set(database=str(crashed))
    load(url, edited())
    assert not Path(f"{crashed}-wal").exists()
    assert {row[1] for row in contents(url)["chronology"]} <= {row.row.id for row in rows()}
    assert not load(url, edited()).changed


def test_a_program_that_holds_the_file_locked_is_told(filled: URL, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("seeds.publish.sqlite_file.TIMEOUT", 0.1)
    with closing(sqlite3.connect(file_of(filled), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused(file_of(filled), "another program has it open and locked")


class ProgressMessages(Quiet):
    """Records the messages of a load and sets an event at each."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.received = threading.Event()

    def notify(self, message: str) -> None:
        self.messages.append(message)
        self.received.set()


def test_a_second_load_waits_for_the_first_and_says_so(filled: URL):
    progress = ProgressMessages()
    outcome: list[LoadResult] = []
    second = threading.Thread(
        target=lambda: outcome.append(publish(filled, edited(), progress)), daemon=True
    )
    with load_lock(file_of(filled), Quiet()):
        second.start()
        assert progress.received.wait(TIMEOUT)
        assert outcome == []
    second.join(TIMEOUT)
    assert progress.messages == ["another load is running; waiting for it to end"]
    assert outcome[0].changed


def test_a_load_that_would_wait_too_long_gives_up(filled: URL, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("seeds.publish.atomic.TIMEOUT", 0.05)
    with load_lock(file_of(filled), Quiet()):
        refused(file_of(filled), "another load has not ended")
