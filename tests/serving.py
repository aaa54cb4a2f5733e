"""A server in a process of its own, for tests that need a real address."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import URL

from tests.patience import QUERY_SECONDS


@contextmanager
def serving(database: URL) -> Generator[str]:
    """The address of a server over a loaded database."""
    plain = database.set(drivername=database.get_backend_name())
    settings = {
        "HKUS_DATABASE_URL": plain.render_as_string(hide_password=False),
        "HKUS_ACCESS_LOG": "false",
        "HKUS_QUERY_SECONDS": str(QUERY_SECONDS),
    }
    command = [sys.executable, "-m", "hkus", "serve", "--no-load", "--port", "0"]
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            *_, address = process.stdout.readline().split()
            yield address.removesuffix("/v1")
        finally:
            process.terminate()
