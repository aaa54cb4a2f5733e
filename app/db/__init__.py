"""The seam to the data: one interface to read them, whichever database holds them."""

from app.db.dataset_cache import CachingReader
from app.db.limits import LimitedReader
from app.db.reader import DatasetState, Reader, Snapshot, SqlStatement
from app.db.sqlite import SqliteReader
from app.settings import Settings

__all__ = ["DatasetState", "Reader", "Snapshot", "SqlStatement", "make_reader"]


def make_reader(settings: Settings) -> Reader:
    """The reader for the database that the settings name."""
    seconds = settings.query_seconds
    laned = LimitedReader(_plain_reader(settings), settings.heavy_queries, 2 * seconds + 1)
    return CachingReader(laned)


def _plain_reader(settings: Settings) -> Reader:
    if settings.sqlite_path:
        return SqliteReader(settings.sqlite_path, settings.query_seconds)
    from app.db.postgres import PostgresReader  # only who uses PostgreSQL pays for its driver

    return PostgresReader(
        settings.url,
        settings.query_seconds,
        settings.postgres_connections,
        pooled=settings.database_pooler == "transaction",
    )
