"""Measure what the project costs, and print it beside the goals: `make bench`.

It reports and does not judge: the exit code is 0 whatever the figures. CPU is user and system time
of the whole process tree, which neighbours on a shared machine disturb less than they do wall-clock
time; memory is anonymous memory, so pages of the database file do not count. Linux only (/proc).

**The shipped article** (`make bench`). Each round does, on SQLite and then on PostgreSQL, what a
new user does: it loads the article into an empty database (`python -m hkus load`), starts the
server on it (`python -m hkus serve`) up to the first answer, and sends it mixed requests. The table
gives the median of the rounds, with the least and the greatest. A noisy machine inflates CPU too:
the first line, which runs none of our code, tells by how much. What runs is a copy of the code as
it was at the beginning, compiled to bytecode, and each round has a new folder and new databases.
PostgreSQL is the server that HKUS_TEST_POSTGRES_URL names, or the one from the tests' wheel, whose
own CPU is then told too. For a quick look: `make bench BENCH_ARGS="--rounds 1"`. A workload
(`workload.py`) is a function from a `Place`, the code and a database to run it on, to figures.

**A large base** (`make bench BENCH_ARGS="--scale 1e6"`). A synthetic knowledge base of so many
events (`synthetic`) is loaded through the loader's own writing path, once, and kept in data/. Our
server then answers the workloads of `served/workloads.py` beside a floor (raw ASGI on the same
uvicorn, under the same outermost layer, answering as many bytes), the bare floor, Datasette over
the same file (`served/datasette.py`), and a textbook build of FastAPI and SQLAlchemy's ORM
(`served/textbook.py`). In each round every workload is put to all of them in turn, with the same
questions, four in flight, over connections that stay open; ratios are medians over the rounds, each
of servers that were asked within the same seconds. Answers are not compressed unless a line says
so. Peers are asked for no more than we are: a date query on them looks only where an event begins,
and a search marks nothing. Then come growth (the same questions to bases of 1e3 and 1e5 events,
which ask for as many rows everywhere), exports, latency of single requests and memory. `--postgres`
asks our server and the textbook on one PostgreSQL, whose processes count. Results are also written
as JSON beside the base. `--rounds 1 --no-growth --no-peers --only W1,W2` is a quick look.
"""

import argparse
import os
import platform
import sys
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import shipped_article
from benchmarks.code_copy import copied_code
from benchmarks.databases import Engine, engines
from benchmarks.figures import Figures
from benchmarks.processes import Unmeasured
from benchmarks.serving.datasets import FOLDER
from benchmarks.serving.run import Options, run
from benchmarks.workload import RunContext, Workload

WORKLOADS: Sequence[Workload] = (shipped_article.WORKLOAD,)


def main() -> None:
    """Measure what is asked for, and print the tables."""
    given = _arguments()
    if given.scale is None:
        _shipped(given.rounds)
    else:
        run(_options(given), _say)


def _shipped(rounds: int) -> None:
    figures = Figures(measure for workload in WORKLOADS for measure in workload.measures)
    _say(f"{_machine()}; {rounds} rounds, median (least to greatest)\n")
    with ExitStack() as stack:
        code = stack.enter_context(copied_code())
        found = list(engines(stack, figures.remark))
        for number in range(1, rounds + 1):
            for engine in found:
                _show_progress(f"round {number} of {rounds}: {engine.name} ...")
                _measure(engine, code, figures)
    _show_progress("")
    for line in (*figures.table([engine.name for engine in found]), "", *figures.remarks):
        _say(line)


def _measure(engine: Engine, code: Path, figures: Figures) -> None:
    """One round on one engine; what cannot be measured is remarked on."""
    for workload in WORKLOADS:
        try:
            with _run_context(engine, code) as context:
                for measure, figure in workload.run(context):
                    figures.add(measure, engine.name, figure)
        except Unmeasured as reason:
            figures.remark(f"{engine.name}, {workload.name}: {reason}")


@contextmanager
def _run_context(engine: Engine, code: Path) -> Generator[RunContext]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="hkus-bench-")))
        url = stack.enter_context(engine.new_database(folder))
        yield RunContext(code, folder, url, engine.server)


def _machine() -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    python = f"Python {platform.python_version()}"
    return f"{now}; {python}; {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured")
    parser.add_argument("--scale", type=float, help="serve a base of so many events: 1e3 to 1e7")
    parser.add_argument("--only", default="", help="only these workloads, such as W1,W2")
    parser.add_argument("--no-peers", action="store_true", help="ask only our server and the floor")
    parser.add_argument("--no-growth", action="store_true", help="do not ask smaller bases")
    parser.add_argument("--postgres", action="store_true", help="the same on PostgreSQL, too")
    parser.add_argument("--folder", type=Path, default=None, help="where bases are kept")
    return parser.parse_args()


def _options(given: argparse.Namespace) -> Options:
    return Options(
        events=int(given.scale),
        rounds=given.rounds,
        only=[name for name in given.only.split(",") if name],
        peers=not given.no_peers,
        growth=not given.no_growth,
        postgres=given.postgres,
        folder=given.folder or FOLDER,
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _show_progress(line: str) -> None:
    """For a person who waits: one line that the next one replaces."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
