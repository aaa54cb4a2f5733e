"""Read all rows of the database in one snapshot, batch by batch."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Select, create_engine, func, literal, select, union_all
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.db import DatasetState
from app.db.dataset import check_revision, checked_state, revision_select, state_select
from app.download.faults import DownloadError
from app.problems.problems import ProblemError
from app.resources.derived import Rendering
from app.resources.documents import Document
from app.resources.registry import RESOURCES
from app.resources.resource import Resource, table_of
from app.settings import Settings

BATCH = 1_000
"""Rows that are held in memory at once."""


@dataclass(frozen=True)
class Source:
    """The rows of one snapshot, and the dataset that they belong to."""

    connection: Connection
    dataset: DatasetState
    counts: dict[str, int]
    """Rows by the path of their list."""
    attributions: list[str]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def batches(self, resource: Resource) -> Iterator[list[dict[str, Any]]]:
        """The rows of a resource with their evidence, in the order of the API."""
        found = self.connection.execute(
            _rows_select(resource), execution_options={"yield_per": BATCH}
        )
        for some in found.partitions():
            yield [_row(resource, *values) for values in some]


def _row(resource: Resource, body: str, evidence: str | None, *text: str) -> dict[str, Any]:
    row: dict[str, Any] = from_json(body, cache_strings="keys")
    if resource.cited:
        row["citations"] = from_json(evidence or "[]", cache_strings="keys")
    if text:
        row["text"] = text[0]
    return row


def _rows_select(resource: Resource) -> Select[*tuple[Any, ...]]:
    rendered, own = table_of(Rendering).c, resource.table.c
    columns: list[Any] = [rendered.body, rendered.evidence]
    if "text" in own and "text" not in resource.row.model_fields:
        columns.append(own.text)
    joined = table_of(Rendering).join(resource.table, own.render_rank == rendered.render_rank)
    return select(*columns).select_from(joined).order_by(rendered.render_rank)


@contextmanager
def opened(settings: Settings) -> Generator[Source]:
    """The rows of the database of the settings. Raises `DownloadError` if it cannot be read."""
    try:
        with _connection(settings) as connection, connection.begin():
            yield _source(connection)
    except ProblemError as problem:
        raise DownloadError(f"{settings.shown_url}: {problem.detail}") from problem
    except DBAPIError as fault:
        reason = " ".join(str(fault.orig).split())
        raise DownloadError(f"{settings.shown_url}: the database cannot be read: {reason}.") from (
            fault
        )


@contextmanager
def _connection(settings: Settings) -> Generator[Connection]:
    url, file = settings.url, settings.sqlite_path
    if file is None:
        options: dict[str, Any] = {"connect_args": {"prepare_threshold": None}}
        engine = create_engine(url, poolclass=NullPool, **options)
        snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.connect() as connection:
            yield connection.execution_options(**snapshot)
        return
    if not file.is_file():
        raise DownloadError(f"{file}: there is no database; load one by `hkus load`.")
    import sqlite3

    uri = f"{file.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as driver:
        # One read transaction for all: a load replaces the file, and this connection keeps it.
        engine = create_engine("sqlite://", creator=lambda: driver, poolclass=NullPool)
        with engine.connect() as connection:
            yield connection


def _source(connection: Connection) -> Source:
    check_revision([tuple(row) for row in connection.execute(revision_select())])
    state = checked_state([tuple(row) for row in connection.execute(state_select())])
    counts = [
        select(literal(resource.path), func.count()).select_from(resource.table)
        for resource in RESOURCES
    ]
    counted = {str(path): int(number) for path, number in connection.execute(union_all(*counts))}
    documents = table_of(Document).c
    credits = connection.execute(select(documents.attribution).order_by(documents.id))
    return Source(connection, state, counted, list(dict.fromkeys(row[0] for row in credits)))
