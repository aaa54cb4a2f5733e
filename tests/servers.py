"""Real servers, as `hkus serve` starts them, and clients that notice every answer that is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from typing import Literal

from sqlalchemy import URL

from tests.patience import PATIENCE, QUERY_SECONDS, wait_until


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: int
    version: str
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    metrics_port: int | None = None

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str) -> Answer:
        """An answer on a connection of its own; raises if it is not whole."""
        with closing(self.connection()) as connection:
            connection.request("GET", path)
            return read(connection)

    @property
    def workers(self) -> set[int]:
        """The processes that answer."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(child) for child in task.read_text().split() if _is_worker(child)}


def _is_worker(process: str) -> bool:
    with suppress(FileNotFoundError):  # A worker that is replaced may end at this moment.
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def wait_until_ready(server: Server) -> None:
    """Wait until a new server answers from its data; a busy machine may be slow to connect."""
    wait_until(lambda: server.get("/readyz").status == 200)


def read(connection: HTTPConnection) -> Answer:
    """The answer to the request that was sent."""
    response = connection.getresponse()
    body = response.read()
    return Answer(response.status, response.headers.get("X-Dataset-Version", ""), body)


Loop = Literal["uvloop", "asyncio"]
"""The event loops that a server may run on."""

WITHOUT_UVLOOP = """
import sys
sys.modules["uvloop"] = None
from hkus import main
main()
"""
"""Run `hkus` as where uvloop is not installed: the server takes asyncio's own loop then."""

PROGRAMS: Mapping[Loop, Sequence[str]] = {
    "uvloop": ("-m", "hkus"),
    "asyncio": ("-c", WITHOUT_UVLOOP),
}


@contextmanager
def serving(
    url: URL,
    *arguments: str,
    loop: Loop = "uvloop",
    constants: Mapping[str, float] | None = None,
    log: Path | None = None,
    **settings: str,
) -> Generator[Server]:
    """`hkus serve` over a loaded database, on a free port, until the context ends.

    The file `log` gets its log, if it is given.

    `constants` of the first process's modules are changed, as in {"app.server.WORKER_SECONDS": 9}.
    """
    program = _changed(constants) if constants else PROGRAMS[loop]
    command = [sys.executable, *program, "serve", "--no-load", "--port", "0", *arguments]
    plain = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
    metrics = "metrics_port" in settings
    given = {f"HKUS_{name.upper()}": value for name, value in settings.items()}
    usual = {
        "HKUS_DATABASE_URL": plain,
        "HKUS_ACCESS_LOG": "false",
        "HKUS_QUERY_SECONDS": str(QUERY_SECONDS),
    }
    environment = {**os.environ, **usual, **given}
    with (
        log.open("w") if log else nullcontext() as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        ) as process,
    ):
        try:
            port = _port_told(process, "API")
            _port_told(process, "Explorer")
            yield Server(process, port, _port_told(process, "Metrics") if metrics else None)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def _changed(constants: Mapping[str, float]) -> list[str]:
    changes = [
        f"import {name.rpartition('.')[0]}; {name} = {value}" for name, value in constants.items()
    ]
    return ["-c", "; ".join([*changes, "import hkus; hkus.main()"])]


def _port_told(process: subprocess.Popen[str], of: str) -> int:
    """The port in the line that the server says of something."""
    assert process.stdout
    for line in process.stdout:
        if line.startswith(of):
            return int(line.split()[1].rpartition(":")[2].partition("/")[0])
    raise AssertionError("the server ended before it told where it is")


@dataclass
class Crowd:
    """Clients that ask without end, each time on a new connection, and note what they get, and
    after how many seconds at most.

    `{n}` in the path is another number each time, so that no answer is one that is remembered.
    """

    server: Server
    path: str
    clients: int = 2
    answers: list[Answer] = field(default_factory=list[Answer])
    lost: list[str] = field(default_factory=list[str])
    slowest: float = 0
    _numbers: Iterator[int] = field(default_factory=count)
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def asking(self) -> Generator[None]:
        threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(self.clients)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join(PATIENCE)

    def _ask(self) -> None:
        while not self._over.is_set():
            begun = time.monotonic()
            try:
                path = self.path.replace("{n}", str(next(self._numbers) % 10_000))
                self.answers.append(self.server.get(path))
            except (OSError, HTTPException) as fault:
                self.lost.append(repr(fault))
            self.slowest = max(self.slowest, time.monotonic() - begun)
            time.sleep(0.01)  # the machine is for the server
