"""How soon the server notices each database fault, and how soon it recovers."""

import argparse
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import URL

from tests.e2e.trials.figures import Figure
from tests.integration import test_postgres_server as own
from tests.integration import test_recovery as recovery
from tests.integration.publish.loading import load
from tests.postgresql import own_server, temporary_database
from tests.servers import Server, serving

NOTICED_SECONDS = 5
RECOVERED_SECONDS = 10

Faults = Mapping[str, Callable[[URL], Generator[None]]]


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """The faults that are possible with this kind of database."""
    if url.get_backend_name() == "sqlite":
        yield from _one_after_another(url, {**recovery.OF_BOTH, **recovery.OF_FILES})
        return
    with own_server() as server, temporary_database(server.url) as beside:
        of_servers: Faults = {
            "connections refused": recovery.unavailable,
            "frozen": lambda _: own.frozen(server),
            "crashed": lambda _: own.crashed(server),
        }
        yield from _one_after_another(beside, {**recovery.OF_BOTH, **of_servers})


def _one_after_another(url: URL, faults: Faults) -> Iterator[Figure]:
    """Cause one fault after another; the server is never restarted."""
    load(url)
    with serving(url) as server:
        _until(server, 200)
        for name, befall in faults.items():
            with contextmanager(befall)(url):
                yield Figure(f"{name}: noticed after", _until(server, 503), "s", NOTICED_SECONDS)
                others = {server.get(path).status for path in recovery.PATHS}
                yield Figure(f"{name}: answers that are not 503", len(others - {503}), most=0)
            yield Figure(f"{name}: over after", _until(server, 200), "s", RECOVERED_SECONDS)


def _until(server: Server, status: int) -> float:
    """Wait until `/readyz` has the status; return the seconds."""
    begun = time.monotonic()
    while server.get("/readyz").status != status:
        time.sleep(0.02)
        if time.monotonic() > begun + 60:
            break
    return time.monotonic() - begun
