"""Faults: how soon each is noticed, and how soon after its end the server answers again."""

import argparse
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

from sqlalchemy import URL

from tests import test_recovery as recovery
from tests.publishing.loading import load
from tests.servers import Server, serving
from tests.trials.figures import Figure

NOTICED_SECONDS = 5
RECOVERED_SECONDS = 10


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """One fault after the other, on a server that is never restarted."""
    load(url)
    faults: dict[str, Callable[[URL], Generator[None]]] = dict(recovery.OF_BOTH)
    if url.get_backend_name() == "sqlite":
        faults |= recovery.OF_FILES
    else:
        faults["database-away"] = recovery.away
    with serving(url) as server:
        _until(server, 200)
        for code, befall in faults.items():
            with contextmanager(befall)(url):
                yield Figure(f"{code}: noticed after", _until(server, 503), "s", NOTICED_SECONDS)
                others = {server.get(path).status for path in recovery.PATHS}
                yield Figure(f"{code}: answers that are not 503", len(others - {503}), most=0)
            yield Figure(f"{code}: over after", _until(server, 200), "s", RECOVERED_SECONDS)


def _until(server: Server, status: int) -> float:
    """Seconds until `/readyz` has the status."""
    begun = time.monotonic()
    while server.get("/readyz").status != status:
        time.sleep(0.02)
        if time.monotonic() > begun + 60:
            break
    return time.monotonic() - begun
