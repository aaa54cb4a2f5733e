"""The measured commands, each in a new process, and a client for the server."""

import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.proc_stats import cpu_of_ended_children
from benchmarks.workload import RunContext

TIMEOUT = 60.0
"""Seconds to wait for an answer or for the end of a process."""


class Unmeasured(Exception):
    """Something cannot be measured. The message is printed as it is."""


@dataclass(frozen=True)
class Server:
    """A server that has printed its address. It may not answer yet."""

    process: int
    port: int


def run_to_end(context: RunContext, *arguments: str) -> float:
    """Run Python with the arguments; return its CPU seconds (user and system)."""
    log = context.folder / "run.log"
    before = cpu_of_ended_children()
    with _started(context, arguments, log) as process:
        try:
            process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired as fault:
            raise Unmeasured(f"{arguments} did not end within {TIMEOUT:g} s.") from fault
    if process.returncode:
        raise Unmeasured(f"{arguments} ended with {process.returncode}: {_last_lines(log)}")
    return cpu_of_ended_children() - before


@contextmanager
def serving(context: RunContext) -> Generator[Server]:
    """Run `python -m hkus serve` on a free port until the context ends."""
    log = context.folder / "serve.log"
    with _started(context, ("-m", "hkus", "serve"), log) as process:
        yield Server(process.pid, _read_port(process, log))


class Client:
    """One open connection, as in a browser or a script."""

    def __init__(self, server: Server) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT)

    def get(self, path: str) -> bytes:
        """Return the body of an answer, whose status must be 200."""
        status, body = self._answer(path)
        if status != 200:
            raise Unmeasured(f"GET {path}: {status}: {body[:300].decode(errors='replace')}")
        return body

    def get_first(self, path: str) -> None:
        """Send the request until the answer is 200.

        The socket is open before the server is ready, so the first try usually waits for it.
        """
        end = time.monotonic() + TIMEOUT
        while self._answer(path)[0] != 200:
            if time.monotonic() > end:
                self.get(path)
            time.sleep(0.01)

    def _answer(self, path: str) -> tuple[int, bytes]:
        try:
            self._connection.request("GET", path)
            response = self._connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException) as fault:
            raise Unmeasured(f"GET {path}: no answer: {fault!r}") from fault


@contextmanager
def _started(
    context: RunContext, arguments: tuple[str, ...], log: Path
) -> Generator[subprocess.Popen[str]]:
    """Start a process without HKUS and Python settings; its messages go to a file."""
    with log.open("w") as messages:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=context.code,
            env=_environment(context),
            stdout=subprocess.PIPE,
            stderr=messages,
            text=True,
        )
    with process:
        try:
            yield process
        finally:
            _stop(process)


def _environment(context: RunContext) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HKUS_", "PYTHON"))}
    return {**kept, "HKUS_DATABASE_URL": context.database_url, "HKUS_PORT": "0"}


def _read_port(process: subprocess.Popen[str], log: Path) -> int:
    """Read the output of the server up to the line `API http://127.0.0.1:PORT/v1`."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("API"):
            return int(line.rpartition(":")[2].partition("/")[0])
    raise Unmeasured(f"serve ended with {process.wait()}: {_last_lines(log)}")


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()


def _last_lines(log: Path) -> str:
    return " / ".join(log.read_text(errors="replace").splitlines()[-3:])
