"""Test the server's promises in long runs and print figures: `make trials`, or single trials.

    python -m tests.e2e.trials hostile --requests 10000
    python -m tests.e2e.trials kills --tries 100
    python -m tests.e2e.trials faults
    python -m tests.e2e.trials full        # as root: it fills a small disk
    python -m tests.e2e.trials outages --restarts 20    # of PostgreSQL, on each event loop
    python -m tests.e2e.trials load --seconds 600 --workers 2

Each runs on SQLite and on PostgreSQL: the server that HKUS_TEST_POSTGRES_URL names, or one from
the tests' wheel. The exit code is 1 if a promise was broken.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from tests.e2e.trials import faults, full_disk, hostile, kills, load, outages
from tests.e2e.trials.figures import Figure
from tests.postgresql import postgres_server, temporary_database

TRIALS: dict[str, Callable[[URL, argparse.Namespace], Iterator[Figure]]] = {
    "hostile": hostile.run,
    "kills": kills.run,
    "faults": faults.run,
    "full": full_disk.run,
    "outages": outages.run,
    "load": load.run,
}


def main() -> None:
    """Run the named trials, or all of them."""
    options = _options()
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    _say(f"{now}; Python {platform.python_version()}; {os.cpu_count()} CPUs")
    broken = False
    with ExitStack() as stack:
        for name, url in stack.enter_context(_databases(options.database)):
            for trial in options.trials or TRIALS:
                for figure in TRIALS[trial](url, options):
                    broken |= figure.is_broken
                    _say(f"{trial:8} {name:11} {figure}")
    sys.exit(1 if broken else 0)


@contextmanager
def _databases(kinds: list[str]) -> Generator[Iterator[tuple[str, URL]]]:
    with ExitStack() as stack:

        def each() -> Iterator[tuple[str, URL]]:
            if "sqlite" in kinds:
                folder = stack.enter_context(TemporaryDirectory(prefix="hkus-trials-"))
                yield "SQLite", URL.create("sqlite", database=str(Path(folder, "hkus.db")))
            if "postgresql" in kinds:
                server = stack.enter_context(postgres_server())
                yield "PostgreSQL", stack.enter_context(temporary_database(server))

        yield each()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.trials")
    parser.add_argument("trials", nargs="*", help=f"some of {', '.join(TRIALS)}; else all")
    parser.add_argument("--database", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--requests", type=int, default=10_000, help="hostile ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tries", type=int, default=100, help="kills of a load")
    parser.add_argument("--restarts", type=int, default=20, help="of PostgreSQL, in outages")
    parser.add_argument("--seconds", type=float, default=60, help="of load")
    parser.add_argument("--clients", type=int, default=16, help="at once")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    if unknown := set(options.trials) - TRIALS.keys():
        parser.error(f"no such trial: {', '.join(sorted(unknown))}")
    return options


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
