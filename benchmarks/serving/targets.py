"""The measured servers. Each runs in its own process, so that its CPU can be measured."""

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
"""Returns the ids of the database processes that work for a server."""


@dataclass(frozen=True)
class Target:
    """A running server. `db_processes` are the processes of its database server."""

    name: str
    port: int
    process: int
    db_processes: DatabaseProcesses = tuple

    def cpu(self) -> dict[int, float]:
        """CPU seconds (user and system) of each process so far, with nanosecond precision."""
        return {each: _cpu_of(each) for each in (*processes_of(self.process), *self.db_processes())}

    def cpu_since(self, before: Mapping[int, float]) -> float:
        """CPU seconds since `before`. Processes that have ended are not counted."""
        return sum(spent - before.get(process, 0.0) for process, spent in self.cpu().items())

    def memory(self) -> int:
        """Bytes of anonymous memory of all processes."""
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
    """Run `python` with the arguments until the context ends. `{port}` becomes a free port."""
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
                last_lines = " / ".join(log.read_text(errors="replace").splitlines()[-3:])
                raise Unmeasured(f"{name} does not answer: {fault!r}: {last_lines}") from fault
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _cpu_of(process: int) -> float:
    """The CPU clock of a process (clock_getcpuclockid(3)); 0 if it has just ended."""
    try:
        return time.clock_gettime((~process << 3) | 2)
    except OSError:
        return 0.0
