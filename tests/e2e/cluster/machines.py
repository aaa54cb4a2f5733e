"""The processes of the cluster, all on loopback: PostgreSQL with a standby, the API, nginx."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.proxy import free_port

ROLE = Path("docs/reader-role.sql")
REPLICATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
wal_level = replica
max_wal_senders = 4
hot_standby = on
"""


def run(*command: str | Path, **environment: str) -> str:
    """Run a command and return its standard output."""
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return done.stdout


def as_nobody_special(*command: str | Path) -> Sequence[str | Path]:
    """PostgreSQL does not run as root. Root runs it as the user that Debian's package creates."""
    return command if os.geteuid() else ("runuser", "-u", "postgres", "--", *command)


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL server."""

    folder: Path
    port: int

    def command(self, name: str, *arguments: str | Path) -> str:
        newest = max(Path("/usr/lib/postgresql").glob("*/bin"))
        return run(*as_nobody_special(newest / name, *arguments))

    def start(self) -> None:
        log = self.folder.with_suffix(".log")
        options = f"-p {self.port}"
        self.command("pg_ctl", "start", "-w", "-D", self.folder, "-l", log, "-o", options)

    def stop(self, how: str = "fast") -> None:
        self.command("pg_ctl", "stop", "-w", "-D", self.folder, "-m", how)

    def ask(self, statement: str, database: str = "hkus") -> str:
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "owner", "-d", database)
        return self.command("psql", *where, "-v", "ON_ERROR_STOP=1", "-qAtc", statement).strip()

    def readers(self) -> int:
        """The number of connections from API processes."""
        return int(self.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'hkus_reader'"))


def new_primary(folder: Path) -> Postgres:
    """Start a server with an empty database and the read-only role."""
    primary = Postgres(folder / "primary", free_port())
    primary.command("initdb", "-D", primary.folder, "-U", "owner", "-A", "trust")
    with (primary.folder / "postgresql.conf").open("a") as settings:
        settings.write(REPLICATION)
    primary.start()
    primary.ask("CREATE DATABASE hkus", "postgres")
    primary.ask(ROLE.read_text())
    return primary


def new_standby(primary: Postgres) -> Postgres:
    """Start a standby that follows the primary."""
    standby = Postgres(primary.folder.with_name("standby"), free_port())
    where = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "owner")
    primary.command("pg_basebackup", *where, "-D", standby.folder, "-R", "-X", "stream")
    standby.start()
    return standby
