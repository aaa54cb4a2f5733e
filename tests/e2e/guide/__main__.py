"""Run the commands of docs/deploy.md as they stand, one by one:
`python -m tests.e2e.guide`.

Needs root, Debian's package `postgresql`, and the bundle of the pages. The commands run in
namespaces of their own, so that their names mean something else than on the machine: /opt/hkus,
/srv/hkus and /var/lib/postgresql are empty, the hosts `db`, `primary` and `standby` are addresses
of the loopback interface, and all ports are free.
"""

import ctypes
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.guide.commands import commands
from tests.project_copies import ROOT, copy_project
from tests.timeouts import TIMEOUT, wait_until

INSTALLED, SERVED, CLUSTERS = Path("/opt/hkus"), Path("/srv/hkus"), Path("/var/lib/postgresql")
PASSWORD = "it's a s3cret: /@%"
HOSTS = "127.0.0.1 localhost\n127.0.0.2 db primary\n127.0.0.3 standby\n"
SERVER = "listen_addresses = '{address}'\nport = 5432\nunix_socket_directories = ''\n"
ACCESS = """
host all hkus_reader 127.0.0.0/8 scram-sha-256
host all,replication all 127.0.0.0/8 trust
"""
CLONE_NEWNET = 0x40000000
"""The flag of unshare(2) for a network namespace."""
FOLDERS = ("app", "migrations", "seeds", "docs", "requirements")
FILES = ("hkus.py", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE", "NOTICE")


def main() -> None:
    """Run all commands; the first one that fails ends the run."""
    if sys.argv[1:] != ["inside"]:
        static = ROOT / "app/web/static"
        if not (static / "manifest.json").exists():
            sys.exit("The pages' styles are missing: make bundle")
        new = [place for place in (INSTALLED, SERVED, CLUSTERS) if not place.exists()]
        for place in new:
            place.mkdir(parents=True)
        command = ("unshare", "--mount", sys.executable, "-m", "tests.e2e.guide", "inside")
        ended = subprocess.run(command, check=False)
        for place in new:
            place.rmdir()
        sys.exit(ended.returncode)
    with TemporaryDirectory(prefix="hkus-guide-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        checkout = copy_project(_made(folder / "checkout"), FOLDERS, FILES)
        shutil.copytree(ROOT / "app/web/static", checkout / "app/web/static")
        _change_names(folder)
        _run_all(Shell(checkout), commands((checkout / "docs/deploy.md").read_text()))


def _change_names(folder: Path) -> None:
    """Let the names of the guide mean folders and addresses of this run."""
    hosts = folder / "hosts"
    hosts.write_text(HOSTS)
    _do("mount", "--bind", hosts, "/etc/hosts")
    for place in (INSTALLED, SERVED, CLUSTERS):
        _do("mount", "-t", "tmpfs", "tmpfs", place)
    shutil.chown(CLUSTERS, "postgres", "postgres")


def _run_all(shell: "Shell", guide: list[str]) -> None:
    """The installation needs the machine's network; everything else has one of its own."""
    installation = [command for command in guide if "pip install" in command or "venv" in command]
    for command in installation:
        shell.run(command)
    _unshare_network()
    _do("ip", "link", "set", "lo", "up")
    with _server("primary", "127.0.0.2"):
        for command in guide:
            if command in installation:
                continue
            if "pg_basebackup" in command:
                shell.run(command, user="postgres")
                standby = CLUSTERS / "standby"
                shutil.copy(CLUSTERS / "primary/pg_hba.conf", standby)
                shell.standby = _start(standby, "127.0.0.3")
            else:
                shell.run(command)
        if shell.standby:
            shell.standby.terminate()
            shell.standby.wait(TIMEOUT)
    assert shell.standby, "the guide has no command for a standby"


def _unshare_network() -> None:
    """Leave the machine's network; `os.unshare` is new in Python 3.12."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "the network cannot be unshared")


@dataclass
class Shell:
    """Runs commands in a checkout. Variables that a command exports hold for the later ones."""

    checkout: Path
    exports: list[str] = field(default_factory=list[str])
    standby: subprocess.Popen[bytes] | None = None

    def run(self, command: str, user: str = "root") -> None:
        """Run a command; a server is started, asked and ended."""
        sys.stdout.write(f"$ {command}\n")
        sys.stdout.flush()
        if command.startswith("export "):
            self.exports.append(command)
            return
        text = command.replace("PGPASSWORD=…", f"PGPASSWORD={shlex.quote(PASSWORD)}")
        script = "\n".join(["set -euo pipefail", *self.exports, text])
        whole = ["bash", "-c", script]
        if "hkus serve" in command:
            self._serve(whole, command)
        elif "-c '\\password" in command:
            self._type_password(whole)
        else:
            as_user = [] if user == "root" else ["runuser", "-u", user, "--"]
            where = self.checkout if user == "root" else Path("/")
            subprocess.run([*as_user, *whole], cwd=where, env=_environment(), check=True)

    def _serve(self, whole: list[str], command: str) -> None:
        found = re.search(r"HKUS_PORT=(\d+)", command)
        address = f"http://127.0.0.1:{found[1] if found else 8000}"
        host = "kb.example.org" if "kb.example.org" in command else "127.0.0.1"
        with subprocess.Popen(
            whole, cwd=self.checkout, env=_environment(), start_new_session=True
        ) as server:
            try:
                wait_until(lambda: server.poll() is not None or _answers(f"{address}/readyz", host))
                assert _answers(f"{address}/v1/events?limit=1", host), "the server does not answer"
            finally:
                os.killpg(server.pid, signal.SIGTERM)
        wait_until(lambda: not _answers(f"{address}/healthz", host))

    def _type_password(self, whole: list[str]) -> None:
        """psql reads a password from the terminal only."""
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.checkout)
            os.execvpe(whole[0], whole, _environment())
        said = b""
        for prompt in (b"Enter new password", b"Enter it again"):
            while prompt not in said:
                said += os.read(terminal, 1000)
            os.write(terminal, f"{PASSWORD}\n".encode())
        _, status = os.waitpid(process, 0)
        assert os.waitstatus_to_exitcode(status) == 0, said.decode()


def _environment() -> dict[str, str]:
    """The variables of the caller, without the project's settings and libpq's."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("HKUS_", "PG"))
    }
    return environment | {"LC_ALL": "C.UTF-8", "PIP_QUIET": "1", "PYTHONPATH": ""}


def _answers(address: str, host: str) -> bool:
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return answer.status == 200
    except OSError:
        return False


@contextmanager
def _server(name: str, address: str) -> Generator[None]:
    """A new PostgreSQL server with the administrator `postgres`."""
    folder = CLUSTERS / name
    _postgres("initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-E", "SQL_ASCII").wait()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write("wal_level = replica\n")
    (folder / "pg_hba.conf").write_text(ACCESS)
    process = _start(folder, address)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(TIMEOUT)


def _start(folder: Path, address: str) -> subprocess.Popen[bytes]:
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write(SERVER.format(address=address))
    process = _postgres("postgres", "-D", folder)
    ready = ("pg_isready", "-q", "-h", address)
    wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)
    return process


def _postgres(program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start a program of PostgreSQL as its user, who has to be able to enter the folder."""
    path = max(Path("/usr/lib/postgresql").glob("*/bin")) / program
    return subprocess.Popen(
        [path, *arguments], user="postgres", group="postgres", cwd="/",
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _do(*command: str | Path) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
