"""A pytest plugin: PgBouncer in front of a PostgreSQL server, in transaction mode.

No wheel brings PgBouncer. It is Debian's package `pgbouncer`, which CI installs. Where it is not
installed, the tests marked `pooler` are left out, and the end of the run says how to get it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from psycopg import ConnectionInfo
from sqlalchemy import URL

from tests.postgresql import plain
from tests.proxy import free_port
from tests.timeouts import TIMEOUT, wait_until

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")

REFUSING = "extra_float_digits"
"""What PgBouncer ignores by itself: it refuses options."""
IGNORING = "extra_float_digits,options"

_LEFT_OUT = pytest.StashKey[int]()

CONF = """
[databases]
* = {server}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
ignore_startup_parameters = {ignored}
logfile = {folder}/log
pidfile = {folder}/pid
"""


@dataclass(frozen=True)
class Pooler:
    """A running PgBouncer, and the URL of a database behind it."""

    url: URL
    process: subprocess.Popen[bytes]
    conf: Path

    def move(self, before: URL, after: URL) -> None:
        """Let another server answer, without closing the connections of clients."""
        text = self.conf.read_text()
        assert _address(before) in text
        self.conf.write_text(text.replace(_address(before), _address(after)))
        self.process.send_signal(signal.SIGHUP)


@contextmanager
def pgbouncer(url: URL, ignored: str = REFUSING) -> Generator[URL]:
    """The URL of the same database behind PgBouncer, which ignores some startup parameters."""
    with pooler(url, ignored) as found:
        yield found.url


@contextmanager
def pooler(url: URL, ignored: str = REFUSING) -> Generator[Pooler]:
    """PgBouncer before the server of a database."""
    assert PROGRAM
    with closing(psycopg.connect(plain(url))) as connection:
        server = connection.info
        to_server = f"host={server.host} port={server.port} user={server.user}"
        if server.password:
            to_server += f" password={server.password}"
        name, user = server.user, _user(server)
    port = free_port()
    with TemporaryDirectory(prefix="hkus-", ignore_cleanup_errors=True) as folder:
        conf = Path(folder, "pgbouncer.ini")
        conf.write_text(CONF.format(server=to_server, port=port, ignored=ignored, folder=folder))
        command = [PROGRAM, "-q", str(conf)]
        if os.geteuid() == 0:  # PgBouncer does not run as root.
            shutil.chown(folder, user)
            command += ["-u", user]
        with subprocess.Popen(command) as process:
            try:
                wait_until(lambda: _listens(process, port))
                behind = url.set(host="127.0.0.1", port=port, username=name, query={})
                yield Pooler(behind, process, conf)
            finally:
                process.terminate()
                process.wait(TIMEOUT)


def _address(url: URL) -> str:
    return f"host={url.host} port={url.port} "


def _user(server: ConnectionInfo) -> str:
    """Who may use the server's socket."""
    path = Path(server.host, f".s.PGSQL.{server.port}")
    return pwd.getpwuid(path.stat().st_uid).pw_name if path.exists() else "nobody"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need PgBouncer where it is not installed."""
    left_out = [item for item in items if not PROGRAM and item.get_closest_marker("pooler")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
        config.stash[_LEFT_OUT] = len(left_out)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was left out, and the cure."""
    # Each worker of pytest-xdist collects by itself, so the process above them has no number.
    if not PROGRAM and (config.stash.get(_LEFT_OUT, 0) or config.getoption("numprocesses", None)):
        terminalreporter.line(
            "PgBouncer is not installed, so the tests behind a pooler did not run. "
            "Debian: apt-get install pgbouncer"
        )


def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    assert process.poll() is None, "PgBouncer has ended; it says why above"
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
