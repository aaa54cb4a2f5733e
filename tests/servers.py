"""Real servers, started with `hkus serve`, and clients that count lost answers."""

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

from tests.timeouts import QUERY_SECONDS, TIMEOUT, wait_until


@dataclass(frozen=True)
class Answer:
    """A complete answer."""

    status: int
    version: str
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    metrics_port: int | None = None

    @property
    def address(self) -> str:
        """The base URL of the server."""
        return f"http://127.0.0.1:{self.port}"

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)

    def get(self, path: str) -> Answer:
        """Send a request on a new connection; raise if the answer is incomplete."""
        with closing(self.connection()) as connection:
            connection.request("GET", path)
            return read(connection)

    @property
    def workers(self) -> set[int]:
        """The ids of the worker processes."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(child) for child in task.read_text().split() if _is_worker(child)}


def _is_worker(process: str) -> bool:
    with suppress(FileNotFoundError):  # The worker may have just ended.
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def wait_until_ready(server: Server) -> None:
    """Wait until `/readyz` answers 200; on a busy machine, connecting may be slow."""
    wait_until(lambda: server.get("/readyz").status == 200)


def read(connection: HTTPConnection) -> Answer:
    """Read the answer to the last request."""
    response = connection.getresponse()
    body = response.read()
    return Answer(response.status, response.headers.get("X-Dataset-Version", ""), body)


Loop = Literal["uvloop", "asyncio"]
"""The event loops of the server."""

WITHOUT_UVLOOP = """
import sys
sys.modules["uvloop"] = None
from hkus import main
main()
"""
"""Run `hkus` as if uvloop were not installed; the server then uses asyncio's event loop."""

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
    """Run `hkus serve` on a loaded database and a free port until the context ends.

    `constants` changes module constants in the first process: {"app.server.WORKER_SECONDS": 9}.
    The log goes to the file `log`, if one is given.
    """
    program = _with_constants(constants) if constants else PROGRAMS[loop]
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
            port = _read_port(process, "API")
            _read_port(process, "Explorer")
            yield Server(process, port, _read_port(process, "Metrics") if metrics else None)
        finally:
            process.terminate()
            try:
                process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()


def _with_constants(constants: Mapping[str, float]) -> list[str]:
    changes = [
        f"import {name.rpartition('.')[0]}; {name} = {value}" for name, value in constants.items()
    ]
    return ["-c", "; ".join([*changes, "import hkus; hkus.main()"])]


def _read_port(process: subprocess.Popen[str], of: str) -> int:
    """Read the port from the line of output that begins with a word."""
    assert process.stdout
    for line in process.stdout:
        if line.startswith(of):
            return int(line.split()[1].rpartition(":")[2].partition("/")[0])
    raise AssertionError("the server ended before it printed its address")


@dataclass
class LoadGenerator:
    """Clients that send requests until stopped, each on a new connection. They record the
    answers, the errors and the longest time.

    `{n}` in the path is a different number each time, so that no answer comes from the cache.
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
    def running(self) -> Generator[None]:
        threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(self.clients)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join(TIMEOUT)

    def _ask(self) -> None:
        while not self._over.is_set():
            begun = time.monotonic()
            try:
                path = self.path.replace("{n}", str(next(self._numbers) % 10_000))
                self.answers.append(self.server.get(path))
            except (OSError, HTTPException) as fault:
                self.lost.append(repr(fault))
            self.slowest = max(self.slowest, time.monotonic() - begun)
            time.sleep(0.01)  # leave the CPU to the server
