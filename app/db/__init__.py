"""The seam to the data: one interface to read them, whichever database holds them."""

from app.db.dataset_cache import LastingReader
from app.db.limits import LanedReader
from app.db.reader import Ask, DatasetState, Reader, Snapshot
from app.db.sqlite import SqliteReader
from app.settings import Settings

__all__ = ["Ask", "DatasetState", "Reader", "Snapshot", "make_reader"]


def make_reader(settings: Settings) -> Reader:
    """The reader for the database that the settings name."""
    seconds = settings.query_seconds
    laned = LanedReader(_plain_reader(settings), settings.heavy_queries, 2 * seconds + 1)
    return LastingReader(laned)


def _plain_reader(settings: Settings) -> Reader:
    if settings.sqlite_path:
        return SqliteReader(settings.sqlite_path, settings.query_seconds)
    from app.db.postgres import PostgresReader  # only who uses PostgreSQL pays for its driver

    return PostgresReader(settings.url, settings.query_seconds, settings.postgres_connections)
