"""A real full disk under PostgreSQL: a small tmpfs, which needs root (or CAP_SYS_ADMIN)."""

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from seeds.publish.faults import PublishError
from tests.e2e.trials.figures import Figure
from tests.integration.publish.killed_load import many
from tests.integration.publish.loading import load
from tests.integration.publish.table_contents import contents
from tests.integration.test_recovery import PATHS
from tests.postgresql import OwnServer, own_server, temporary_database
from tests.servers import Server, serving

LEFT = 1_500_000
"""Free bytes that remain on the disk."""
LOADS = 3


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """Fill a disk that has only the data; then one to which the server writes everything."""
    if url.get_backend_name() != "postgresql":
        return  # tests/integration/test_recovery.py tests this
    with _small_disk() as disk, own_server() as server, _on_tablespace(server, disk) as small:
        yield from _of_the_data(disk, small)
    with (
        _small_disk() as disk,
        own_server(str(disk)) as server,
        temporary_database(server.url) as small,
    ):
        yield from _of_the_log(disk, server, small)


def _of_the_data(disk: Path, url: URL) -> Iterator[Figure]:
    load(url)
    before = contents(url, timeless=True)
    with serving(url) as server:
        with _filled(disk):
            told = sum("make room" in _refusal(url) for _ in range(LOADS))
            yield Figure("full disk of the data: loads not told so", LOADS - told, most=0)
            yield Figure("… answers that are not 200", _failing(server), most=0)
            yield _changed(url, before)
        yield Figure("… loads that fail once there is room", int(not _loads(url)), most=0)


def _of_the_log(disk: Path, server: OwnServer, url: URL) -> Iterator[Figure]:
    """Without space for its log, PostgreSQL stops and does not restart without help."""
    load(url)
    before = contents(url, timeless=True)
    with serving(url) as api:
        with _filled(disk):
            said = [_refusal(url) for _ in range(LOADS)]
            yield Figure("full disk of the log: loads not refused", said.count(""), most=0)
            begun = time.monotonic()
            yield Figure("… answers that are not 503", len(PATHS) - _failing(api), most=0)
            spent = (time.monotonic() - begun) / len(PATHS)
            yield Figure("… each after", spent, "s", most=3)
        server.start()
        begun = time.monotonic()
        while api.get("/readyz").status != 200 and time.monotonic() < begun + 60:
            time.sleep(0.02)
        yield Figure("… over after the server was started", time.monotonic() - begun, "s", most=10)
        yield Figure("… answers that are not 200", _failing(api), most=0)
        yield _changed(url, before)


@contextmanager
def _small_disk() -> Generator[Path]:
    with TemporaryDirectory(prefix="hkus-full-") as name:
        options = "size=150m,mode=0777"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", name], check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


@contextmanager
def _filled(disk: Path) -> Generator[None]:
    """While the context is open, a file fills nearly the whole disk."""
    status = os.statvfs(disk)
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, status.f_bavail * status.f_frsize - LEFT)
    yield
    ballast.unlink()


@contextmanager
def _on_tablespace(server: OwnServer, disk: Path) -> Generator[URL]:
    """A PostgreSQL database with its files on the disk. The log of the server is elsewhere."""
    place = disk / "tablespace"
    place.mkdir()
    if server.user:
        shutil.chown(place, server.user)
    engine = create_engine(server.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as admin:
        admin.execute(text(f"CREATE TABLESPACE small LOCATION '{place}'"))
        admin.execute(text("CREATE DATABASE small TABLESPACE small"))
        yield server.url.set(database="small")
        admin.execute(text("DROP DATABASE small WITH (FORCE)"))


def _changed(url: URL, before: object) -> Figure:
    changed = int(contents(url, timeless=True) != before)
    return Figure("… content that changed", changed, most=0)


def _refusal(url: URL) -> str:
    try:
        load(url, many())
    except PublishError as fault:
        return str(fault)
    return ""


def _loads(url: URL) -> bool:
    return load(url, many()).changed


def _failing(server: Server) -> int:
    return sum(server.get(path).status != 200 for path in PATHS)
