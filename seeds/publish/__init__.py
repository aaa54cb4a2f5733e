"""Publishing: what a load has read goes to the database, all of it or nothing."""

from pathlib import Path

from sqlalchemy import URL

from migrations import HEAD
from seeds.dataset_content import Content
from seeds.publish.progress import Progress
from seeds.publish.result import DatabaseState, LoadResult

# Each function imports the one of the two databases that it needs: the other's driver takes time.


def publish(
    url: URL, content: Content, progress: Progress, *, seeds: str = "", force: bool = False
) -> LoadResult:
    """Make the database hold the content; raises `PublishError`, and then all is as before.

    Nothing is written if it is there already, unless `force`. `seeds` is the fingerprint of the
    files that the content was read from.
    """
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.publish(path, content, progress, seeds=seeds, force=force)
    from seeds.publish import postgres

    return postgres.publish(url, content, progress, seeds=seeds, force=force)


def migrate_to(url: URL, progress: Progress, revision: str = HEAD) -> None:
    """Bring the tables to a revision, up or down; raises `PublishError`."""
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.migrate_file(path, revision, progress)
    from seeds.publish import postgres

    return postgres.migrate_database(url, revision)


def published_state(url: URL) -> DatabaseState:
    """What the database says of itself; raises `PublishError` if it cannot be read."""
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.published_state(path)
    from seeds.publish import postgres

    return postgres.published_state(url)


def counts_of(url: URL) -> dict[str, int]:
    """The rows of each table; raises `PublishError`. Only of a migrated database."""
    if path := _file(url):
        from seeds.publish import sqlite

        return sqlite.counts_of(path)
    from seeds.publish import postgres

    return postgres.counts_of(url)


def _file(url: URL) -> Path | None:
    """The file of an SQLite database, through whatever links lead to it."""
    return Path(url.database or "").resolve() if url.get_backend_name() == "sqlite" else None
