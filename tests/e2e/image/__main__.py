"""Build the container image without a container engine, and try it:
`python -m tests.e2e.image`.

Needs root and Debian's packages `buildah` and `mmdebstrap`. `docs/build-image.sh` builds the image;
its commands then run in a chroot of it, as the user, with the variables and the entry point of the
image. A chroot shares the network of the machine, so each server gets a free port.
"""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.proxy import free_port
from tests.timeouts import TIMEOUT, wait_until

NAME = "localhost/hkus-kb"
BUILDAH = {**os.environ, "STORAGE_DRIVER": os.environ.get("STORAGE_DRIVER", "vfs")}
LISTENS_EVERYWHERE = "00000000:{port:04X} 00000000:0000 0A"
"""A line of /proc/net/tcp: any IPv4 address, no peer, state LISTEN."""


def main() -> None:
    """Build the image, print each check, and fail if one of them fails."""
    subprocess.run(["docs/build-image.sh", NAME], check=True)
    failed = False
    with _container() as container:
        for what, is_true in _checks(container, _config()):
            failed |= not is_true
            sys.stdout.write(f"{'ok' if is_true else 'FAILED'}: {what}\n")
            sys.stdout.flush()
    sys.exit(1 if failed else 0)


def _checks(container: str, config: Any) -> Iterator[tuple[str, bool]]:
    yield "the server does not run as root", config["User"] == "10001:10001"
    yield "the data are a volume", list(config["Volumes"]) == ["/data"]
    with _running(container, config, config["Cmd"]) as (port, _):
        yield "`docker run IMAGE` loads the article and serves", _is_ready(port)
        yield "… on every interface", _listens_everywhere(port)
        yield "… pages with styles", _has_styles(port)
        health = config["Healthcheck"]["Test"][1:]
        yield "… and the health check passes", _run(container, config, health, port) == 0
    yield "the health check fails without a server", _run(container, config, health, port) != 0
    metrics = free_port()
    replaced = ["serve", "--workers", "2"]
    settings = {"HKUS_METRICS_PORT": str(metrics)}
    with _running(container, config, replaced, **settings) as (port, process):
        yield "`docker run IMAGE serve --workers 2` serves", _is_ready(port)
        yield "… on every interface", _listens_everywhere(port)
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics") as page:
            yield "… and metrics", b"hkus_requests_total" in page.read()
        yield "… and goes on", process.poll() is None
    ended = subprocess.run(
        _command(container, config, ["--version"]), env=BUILDAH, capture_output=True, check=False
    )
    yield "`docker run IMAGE --version` prints the version", ended.stdout.startswith(b"hkus ")


def _config() -> Any:
    """The configuration of the image, as Docker reads it."""
    command = ["buildah", "inspect", "--type", "image", NAME]
    found = subprocess.run(command, env=BUILDAH, capture_output=True, check=True)
    return json.loads(found.stdout)["Docker"]["config"]


@contextmanager
def _container() -> Generator[str]:
    made = subprocess.run(
        ["buildah", "from", NAME], env=BUILDAH, capture_output=True, text=True, check=True
    )
    name = made.stdout.strip()
    try:
        yield name
    finally:
        subprocess.run(["buildah", "rm", name], env=BUILDAH, stdout=subprocess.DEVNULL, check=True)


def _command(container: str, config: Any, arguments: list[str], **settings: str) -> list[str]:
    given = [f"--env={name}={value}" for name, value in settings.items()]
    options = ["--isolation=chroot", f"--user={config['User']}", *given]
    return ["buildah", "run", *options, container, "--", *config["Entrypoint"], *arguments]


def _run(container: str, config: Any, command: list[str], port: int) -> int:
    """The exit code of a command in the container, without the entry point."""
    whole = _command(container, {**config, "Entrypoint": []}, command, HKUS_PORT=str(port))
    return subprocess.run(whole, env=BUILDAH, check=False, stderr=subprocess.DEVNULL).returncode


@contextmanager
def _running(
    container: str, config: Any, arguments: list[str], **settings: str
) -> Generator[tuple[int, subprocess.Popen[bytes]]]:
    """The port of a server in the container, and its process."""
    port = free_port()
    command = _command(container, config, arguments, HKUS_PORT=str(port), **settings)
    with subprocess.Popen(command, env=BUILDAH, start_new_session=True) as process:
        try:
            wait_until(lambda: process.poll() is not None or _is_ready(port))
            yield port, process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(TIMEOUT)
            wait_until(lambda: not _listens_everywhere(port))


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=TIMEOUT) as answer:
            return answer.status == 200
    except OSError:
        return False


def _has_styles(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
        found = re.search(rb'"stylesheet" href="([^"]+)"', page.read())
    address = f"http://127.0.0.1:{port}{found[1].decode() if found else ''}"
    with urllib.request.urlopen(address) as styles:
        return found is not None and styles.headers.get_content_type() == "text/css"


def _listens_everywhere(port: int) -> bool:
    return LISTENS_EVERYWHERE.format(port=port) in Path("/proc/net/tcp").read_text()


if __name__ == "__main__":
    main()
