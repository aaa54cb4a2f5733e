"""Load and serve a tree with its own command line."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from tests.oracle import trees
from tests.postgresql import temporary_database

TIMEOUT = 120.0
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


class ServiceError(Exception):
    """A tree cannot be loaded or served. Holds the end of its output."""


class Code:
    """The code of one tree, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def openapi(self) -> str:
        """The OpenAPI document that `hkus openapi` prints."""
        return self._run(self._environment(None), "openapi")

    @contextmanager
    def served(self, database: URL) -> Generator[int]:
        """Load the tree into a new database, serve it, and return the port."""
        environment = self._environment(database)
        self._run(environment, "load")
        command = [sys.executable, "-m", "hkus", "serve", "--no-load", "--port", "0"]
        with (
            TemporaryDirectory(prefix="hkus-oracle-log-") as folder,
            Path(folder, "log").open("w+", encoding="utf-8") as log,
            subprocess.Popen(
                command, cwd=self._folder, env=environment, stdout=log, stderr=subprocess.STDOUT
            ) as process,
        ):
            try:
                yield _port(process, Path(log.name))
            finally:
                _end(process)

    def _run(self, environment: dict[str, str], *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "hkus", *arguments],
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServiceError(f"hkus {' '.join(arguments)} failed:\n{_tail(done.stderr)}")
        return done.stdout

    def _environment(self, database: URL | None) -> dict[str, str]:
        """The environment of the caller, without HKUS settings except those needed here."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("HKUS_") and name != "PYTHONPATH"
        }
        if database is not None:
            plain = database.set(drivername=database.get_backend_name())
            kept["HKUS_DATABASE_URL"] = plain.render_as_string(hide_password=False)
        # On a busy machine a query may take longer than the default budget.
        return {**kept, "HKUS_ACCESS_LOG": "false", "HKUS_QUERY_SECONDS": "30"}


@contextmanager
def unpacked(tree: str, bundle: Path | None) -> Generator[Code]:
    """Write a git tree into a new folder, with the bundle of the pages if given."""
    with TemporaryDirectory(prefix="hkus-oracle-") as made:
        folder = Path(made)
        trees.unpack(tree, folder)
        if bundle is not None:
            shutil.copytree(bundle, folder / trees.BUNDLE, dirs_exist_ok=True)
        yield Code(folder)


@contextmanager
def new_database(kind: str, postgres: URL) -> Generator[URL]:
    """A new, empty database of the kind, `sqlite` or `postgresql`."""
    if kind == "postgresql":
        with temporary_database(postgres) as url:
            yield url
        return
    with TemporaryDirectory(prefix="hkus-oracle-data-") as folder:
        yield URL.create("sqlite", database=str(Path(folder, "hkus.db")))


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    """Read the port from the output of the server."""
    for _ in _until(TIMEOUT):
        said = log.read_text(encoding="utf-8")
        if found := ADDRESS.search(said):
            return int(found[1])
        if process.poll() is not None:
            raise ServiceError(f"hkus serve ended:\n{_tail(said)}")
    raise ServiceError(f"hkus serve did not say its address within {TIMEOUT:.0f} s")


def _until(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-15:])
