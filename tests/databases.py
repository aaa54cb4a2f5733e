"""A pytest plugin: the databases of the tests, SQLite and a real PostgreSQL.

PostgreSQL is the server that HKUS_TEST_POSTGRES_URL names, or one from a wheel. The latter starts
when a test first needs it. Each test gets its own databases: empty ones, or copies of databases
that are filled once per run.
"""

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import URL

from seeds.build import read_content
from seeds.dataset_content import Content
from seeds.publish import migrate_to, publish
from seeds.publish.progress import Quiet
from tests.integration.publish.loading import load
from tests.postgresql import (
    names,
    on_server,
    server_from_environment,
    start_server,
    stop,
    temporary_database,
)
from tests.shared_folder import Shared, is_worker, shared_by

Fill = Callable[[URL], object]
"""Fills an empty database, always with the same content."""


class NewDatabase(Protocol):
    """Creates databases, which are dropped when the test ends."""

    def __call__(self, fill: Fill | None = None) -> URL:
        """Create an empty database, or a copy of one that `fill` has filled."""
        ...


def with_tables(url: URL) -> None:
    """Create all tables, empty."""
    migrate_to(url, Quiet())


def with_shipped(url: URL) -> None:
    """Load the shipped articles."""
    publish(url, read_content(), Quiet())


def pytest_configure(config: pytest.Config) -> None:
    if not is_worker(config):
        config.add_cleanup(partial(_end, shared_by(config)))


def _end(shared: Shared) -> None:
    """Remove the databases and the server of the run, even if a worker was killed."""
    if server := server_from_environment():
        for name in names(server, shared.run):
            on_server(server, f"DROP DATABASE {name} WITH (FORCE)")
    stop(shared.folder)


@pytest.fixture(scope="session")
def postgres_url(shared: Shared) -> URL:
    """The maintenance database of the server; `new_postgres` creates others."""
    return server_from_environment() or start_server(shared.folder).url


class Postgres:
    """Creates PostgreSQL databases."""

    def __init__(self, server: URL, shared: Shared) -> None:
        self._server = server
        self._shared = shared

    @contextmanager
    def new(self, fill: Fill | None = None) -> Generator[URL]:
        """A new database until the context ends: empty, or filled by `fill`."""
        with temporary_database(
            self._server, self._shared.run, like=fill and self._filled(fill)
        ) as url:
            yield url

    def _filled(self, fill: Fill) -> str:
        """The name of the template database. PostgreSQL copies it only if nobody is connected."""
        name = f"{self._shared.run}_{_name(fill)}"

        def make() -> None:
            on_server(self._server, f"CREATE DATABASE {name}")
            fill(self._server.set(database=name))

        self._shared.once(name, make)
        return name


class Sqlite:
    """Creates SQLite files."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def new(self, file: Path, fill: Fill | None = None) -> URL:
        """A database in a file: not yet created, or filled by `fill`."""
        if fill:
            shutil.copyfile(self._filled(fill), file)
        return URL.create("sqlite", database=str(file))

    def _filled(self, fill: Fill) -> Path:
        file = self._shared.folder / f"{_name(fill)}.db"
        url = URL.create("sqlite", database=str(file))
        self._shared.once(file.name, partial(fill, url))
        return file


def _name(fill: Fill) -> str:
    return f"{fill.__module__}_{fill.__name__}".replace(".", "_")


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: URL, shared: Shared) -> Postgres:
    return Postgres(postgres_url, shared)


@pytest.fixture(scope="session")
def sqlite_databases(shared: Shared) -> Sqlite:
    return Sqlite(shared)


@pytest.fixture
def new_postgres(postgres_databases: Postgres) -> Iterator[NewDatabase]:
    """Creates PostgreSQL databases for the test."""
    with ExitStack() as made:
        yield lambda fill=None: made.enter_context(postgres_databases.new(fill))


@pytest.fixture
def new_file(sqlite_databases: Sqlite, tmp_path: Path) -> NewDatabase:
    """Creates SQLite databases for the test."""
    numbers = count()
    return lambda fill=None: sqlite_databases.new(tmp_path / f"{next(numbers)}.db", fill)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Creates databases for the test, which runs once on SQLite and once on PostgreSQL."""
    kind = "new_postgres" if request.param == "postgresql" else "new_file"
    return request.getfixturevalue(kind)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[URL]:
    """A database with empty tables that the tests of a module share; they run on SQLite and on
    PostgreSQL."""
    if request.param == "sqlite":
        yield URL.create("sqlite", database=str(tmp_path_factory.mktemp("module") / "hkus.db"))
        return
    databases: Postgres = request.getfixturevalue("postgres_databases")
    with databases.new(with_tables) as url:
        yield url


@pytest.fixture
def database(new_database: NewDatabase) -> URL:
    """A new database with empty tables."""
    return new_database(with_tables)


@pytest.fixture(scope="session")
def shipped() -> Content:
    """The content of the shipped articles."""
    return read_content()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def loaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[URL]:
    """A database with the shipped articles."""
    if request.param == "sqlite":
        files: Sqlite = request.getfixturevalue("sqlite_databases")
        yield files.new(tmp_path_factory.mktemp("loaded") / "hkus.db", with_shipped)
        return
    databases: Postgres = request.getfixturevalue("postgres_databases")
    with databases.new(with_shipped) as url:
        yield url


@pytest.fixture
def filled(new_database: NewDatabase) -> URL:
    """A new database with the sample content."""
    return new_database(load)
