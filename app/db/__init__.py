"""The interface to the data: one `Reader` for SQLite and for PostgreSQL."""

from app.db.dataset_cache import CachingReader
from app.db.limits import LimitedReader
from app.db.reader import DatasetState, Reader, Snapshot, SqlStatement
from app.db.sqlite import SqliteReader
from app.settings import Settings

__all__ = ["DatasetState", "Reader", "Snapshot", "SqlStatement", "make_reader"]


def make_reader(settings: Settings) -> Reader:
    """A reader for the database in the settings, with a concurrency limit and a cache."""
    seconds = settings.query_seconds
    limited = LimitedReader(_plain_reader(settings), settings.heavy_queries, 2 * seconds + 1)
    return CachingReader(limited)


def _plain_reader(settings: Settings) -> Reader:
    if settings.sqlite_path:
        return SqliteReader(settings.sqlite_path, settings.query_seconds)
    from app.db.postgres import PostgresReader  # Load the driver only for PostgreSQL.

    return PostgresReader(
        settings.url,
        settings.query_seconds,
        settings.postgres_connections,
        pooled=settings.database_pooler == "transaction",
    )
