"""The servers that are asked: each in a process of its own, whose CPU can be told."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.proc_stats import anonymous_memory, processes_of
from benchmarks.processes import TIMEOUT, Unmeasured
from benchmarks.serving.http_client import Request, send_requests

DatabaseProcesses = Callable[[], Sequence[int]]
"""The ids of processes that work for a server, such as those of a database."""


@dataclass(frozen=True)
class Target:
    """A running server. `beside` are the processes of a database server that works for it."""

    name: str
    port: int
    process: int
    db_processes: DatabaseProcesses = tuple

    def cpu(self) -> dict[int, float]:
        """Seconds of CPU, user and system, of each of its processes so far, to the nanosecond."""
        return {each: _cpu_of(each) for each in (*processes_of(self.process), *self.db_processes())}

    def cpu_since(self, before: Mapping[int, float]) -> float:
        """Seconds of CPU since then. Of processes that have ended meanwhile nothing is known."""
        return sum(spent - before.get(process, 0.0) for process, spent in self.cpu().items())

    def memory(self) -> int:
        """Bytes of anonymous memory of its processes."""
        return anonymous_memory(self.process)


@contextmanager
def started(
    name: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    code: Path,
    log: Path,
    ready: str = "/",
    db_processes: DatabaseProcesses = tuple,
) -> Generator[Target]:
    """`python` with the arguments, in which `{port}` stands for a free port; until the end."""
    port = _free_port()
    command = [sys.executable, *(each.format(port=port) for each in arguments)]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HKUS_", "PYTHON"))}
    with log.open("w") as messages:
        process = subprocess.Popen(
            command, cwd=code, env={**kept, **environment}, stdout=messages, stderr=messages
        )
    try:
        _wait(name, process, port, ready, log)
        yield Target(name, port, process.pid, db_processes)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(name: str, process: subprocess.Popen[bytes], port: int, ready: str, log: Path) -> None:
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            send_requests(port, [Request(ready, {})], 1)
        except (OSError, EOFError, Unmeasured) as fault:
            if process.poll() is not None or time.monotonic() > end:
                told = " / ".join(log.read_text(errors="replace").splitlines()[-3:])
                raise Unmeasured(f"{name} does not answer: {fault!r}: {told}") from fault
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _cpu_of(process: int) -> float:
    """The CPU clock of any process (clock_getcpuclockid(3)); of one that has just ended, none."""
    try:
        return time.clock_gettime((~process << 3) | 2)
    except OSError:
        return 0.0
