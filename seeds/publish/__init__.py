"""Publishing: write the content of a load to the database, all of it or nothing."""

from pathlib import Path

from sqlalchemy import URL

from migrations import HEAD
from seeds.dataset_content import Content
from seeds.publish.progress import Progress
from seeds.publish.result import DatabaseState, LoadResult

# Each function imports the module of one database only, because the other driver takes time to
# import.


def publish(
    url: URL, content: Content, progress: Progress, *, seeds: str = "", force: bool = False
) -> LoadResult:
    """Write the content to the database; on `PublishError` the database is unchanged.

    If the database has the same content already, no rows are written, unless `force`. `seeds` is
    the fingerprint of the files that the content was read from.
    """
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.publish(path, content, progress, seeds=seeds, force=force)
    from seeds.publish import postgres

    return postgres.publish(url, content, progress, seeds=seeds, force=force)


def migrate_to(url: URL, progress: Progress, revision: str = HEAD) -> None:
    """Migrate the tables to a revision, up or down; raises `PublishError`."""
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.migrate_file(path, revision, progress)
    from seeds.publish import postgres

    return postgres.migrate_database(url, revision)


def published_state(url: URL) -> DatabaseState:
    """The revision and the dataset of the database; raises `PublishError` if it cannot be read."""
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.published_state(path)
    from seeds.publish import postgres

    return postgres.published_state(url)


def counts_of(url: URL) -> dict[str, int]:
    """The number of rows in each table of a migrated database; raises `PublishError`."""
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.counts_of(path)
    from seeds.publish import postgres

    return postgres.counts_of(url)


def _file(url: URL) -> Path | None:
    """The file of an SQLite database, with symbolic links resolved; None for PostgreSQL."""
    return Path(url.database or "").resolve() if url.get_backend_name() == "sqlite" else None
