"""Publishing to SQLite: build a new file beside the old one, check it, and replace the old file."""

import shutil
import sqlite3
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any

from sqlalchemy import Table, create_engine
from sqlalchemy.pool import StaticPool

from app.rendering import rendering_hash
from app.resources.registry import RESOURCES
from migrations import HEAD, migrate
from seeds.dataset_content import Content
from seeds.publish import sqlite_order
from seeds.publish.atomic import load_lock, replacement_file
from seeds.publish.batches import Batches
from seeds.publish.change_log import LOG_TABLES, copy_log, log_changes, log_first_load
from seeds.publish.code_checks import check_codes
from seeds.publish.faults import REBUILD, as_publish_error
from seeds.publish.integrity import check_migrated_file, check_new_file
from seeds.publish.progress import LARGE_LOAD, Progress
from seeds.publish.result import DatabaseState, Difference, LoadResult
from seeds.publish.search import fts5_rows
from seeds.publish.sqlite_file import kind_counts, read_state, remove_stale_journal, table_counts

# The driver looks up an adapter for each None and bool, which is slowest if there is no adapter.
_NULLS: dict[None, None] = {}
sqlite3.register_adapter(NoneType, _NULLS.get)
sqlite3.register_adapter(bool, int)

# Nobody reads the new file yet, and a failed load deletes it. So it needs no journal, and only one
# fsync at the end. Pages are twice the default size: fewer pages to write, check and read.
BUILD_PRAGMAS = (
    "PRAGMA page_size = 8192",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = OFF",
    "PRAGMA cache_size = -49152",
)

FTS5_LOAD_OPTIONS = {"hashsize": 1 << 21, "automerge": 0, "crisismerge": 1_000}
"""FTS5 options during a load. FTS5 collects `hashsize` bytes in memory, which fit into the CPU
cache, and writes them as a segment. Segments are merged once, at the end, or when there are
`crisismerge`. FTS5 allows at most 2,000 segments, and reports a full disk if there are more."""

# The form of an FTS5 command: an INSERT into the column with the name of the table.
_FTS5_COMMAND = "INSERT INTO search_index (search_index, rank) VALUES (?, ?)"
_SELECT_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"


def publish(
    path: Path, content: Content, progress: Progress, *, seeds: str, force: bool
) -> LoadResult:
    """Write the content to the file. If it is there already, write rows only with `force`."""
    with as_publish_error(path), load_lock(path, progress):
        current = _current_state(path)
        if not force and current.is_rendered(content.version, rendering_hash()):
            if current.seeds != seeds:
                _store_fingerprint(path, seeds)
            return LoadResult(content.version, False, kind_counts(path))
        batches = Batches(content, seeds, progress, fts5_rows)
        with replacement_file(path) as new_file, closing(_create(new_file)) as connection:
            _migrate(connection, None, HEAD)
            _fill(connection, batches)
            found = _log(connection, path, batches.counts.total())
            check_new_file(connection)
        return LoadResult(content.version, True, batches.counts, found)


def migrate_file(path: Path, revision: str, progress: Progress) -> None:
    """Migrate the file to a revision, up or down. Readers see the file before or after that."""
    with as_publish_error(path), load_lock(path, progress):
        current = _current_state(path)
        current.refuse_unusable(str(path), earlier=REBUILD)
        with replacement_file(path) as new_file, closing(_copy(path, new_file)) as connection:
            _migrate(connection, current.revision, revision)
            check_migrated_file(connection)


def published_state(path: Path) -> DatabaseState:
    """The revision and the dataset of the file."""
    with as_publish_error(path):
        return read_state(path)


def counts_of(path: Path) -> dict[str, int]:
    """The number of rows in each table."""
    with as_publish_error(path):
        return table_counts(path)


def _current_state(path: Path) -> DatabaseState:
    remove_stale_journal(path)
    return read_state(path)


def _store_fingerprint(path: Path, seeds: str) -> None:
    """Store a new fingerprint when the files have changed, but not their content. So the next start
    need not read the files again."""
    with replacement_file(path) as new_file, closing(_copy(path, new_file)) as connection:
        connection.execute("UPDATE dataset SET seeds = ?", (seeds,))


def _copy(path: Path, new_file: Path) -> sqlite3.Connection:
    if path.exists():
        shutil.copyfile(path, new_file)
    return _create(new_file)


def _create(new_file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(new_file.absolute().as_uri(), uri=True, isolation_level=None)
    with ExitStack() as on_failure:
        on_failure.enter_context(closing(connection))
        for pragma in BUILD_PRAGMAS:
            connection.execute(pragma)
        on_failure.pop_all()
    return connection


def _migrate(connection: sqlite3.Connection, current: str | None, target: str) -> None:
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as migrating:
        migrate(migrating, current, target)
        migrating.commit()


def _fill(connection: sqlite3.Connection, batches: Batches) -> None:
    """Write all rows. A large load drops the indexes first and creates them at the end, because
    that is faster."""
    is_large = batches.content.total > LARGE_LOAD
    indexes = connection.execute(_SELECT_INDEXES).fetchall() if is_large else []
    # CHECK constraints for each row would take longer than to write it. `check_codes` checks all
    # rows at once instead.
    connection.execute("PRAGMA ignore_check_constraints = ON")
    sqlite_order.attach_buffer(connection)
    connection.execute("BEGIN")
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    connection.executemany(_FTS5_COMMAND, FTS5_LOAD_OPTIONS.items())
    for table, rows in batches:
        connection.executemany(_insert(table), rows)
    sqlite_order.copy_in_date_order(connection)
    connection.execute(_FTS5_COMMAND, ("optimize", None))
    for _, statement in indexes:
        connection.execute(statement)
    connection.execute("COMMIT")
    sqlite_order.detach_buffer(connection)
    connection.execute("ANALYZE")
    check_codes(connection)


@cache
def _insert(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    return f"INSERT INTO {sqlite_order.insert_target(table)} ({columns}) VALUES ({marks})"  # noqa: S608


def _log(connection: sqlite3.Connection, path: Path, total: int) -> Difference:
    """Carry over the log of the old file, and append this load and what it changes. The old file
    may be of an older revision, if it has the tables that are compared."""

    def run(statement: str) -> list[tuple[Any, ...]]:
        return connection.execute(statement).fetchall()

    new = log = "main."
    if path.exists():
        run(f"ATTACH '{_quoted(path)}' AS old")
        names = {name for (name,) in run("SELECT name FROM old.sqlite_master WHERE type = 'table'")}
        if names.issuperset(LOG_TABLES):
            copy_log(run, old="old.", log=log)
        compared = {resource.table.name for resource in RESOURCES}
        if names >= compared and run("SELECT version FROM old.dataset"):
            return log_changes(run, old="old.", new=new, log=log)
    log_first_load(run, new=new, log=log)
    return Difference(added=total)


def _quoted(path: Path) -> str:
    """The URI of a file, read-only, inside a text of SQL."""
    return f"{path.absolute().as_uri()}?mode=ro".replace("'", "''")
