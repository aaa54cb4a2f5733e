"""Measure what the project costs and compare it with the goals: `make bench`.

The benchmark reports and does not judge: the exit code is always 0. CPU is user and system time of
the whole process tree, because other programs on a shared machine distort it less than elapsed
time. Memory is anonymous memory, so pages of the database file do not count. Linux only (/proc).

**The shipped article** (`make bench`). Each round does what a new user does, on SQLite and then on
PostgreSQL. It loads the article into an empty database (`python -m hkus load`), starts the server
(`python -m hkus serve`) until the first answer, and sends mixed requests. The table has the median
of the rounds, with the minimum and the maximum. A busy machine increases CPU time too; the first
line of the table, which runs none of our code, shows by how much. The benchmark runs a copy of the
code, compiled to bytecode. Each round has a new folder and new databases. PostgreSQL is the server
that HKUS_TEST_POSTGRES_URL names, or the one from the tests' wheel, whose CPU is measured too. For
a quick look: `make bench BENCH_ARGS="--rounds 1"`. A workload (`workload.py`) is a function from a
`RunContext` (the code and a database) to figures.

**A large database** (`make bench BENCH_ARGS="--scale 1e6"`). The loader writes a synthetic database
with this many events (`synthetic`) once; it is kept in data/. Our server then answers the workloads
of `serving/workloads.py`. It is compared with four others: a floor (raw ASGI on the same uvicorn,
with the same outermost middleware, answering as many bytes), the bare floor, Datasette on the same
file (`serving/datasette.py`), and a textbook build with FastAPI and SQLAlchemy's ORM
(`serving/textbook.py`). In each round every workload sends the same requests to all servers in
turn, four at a time, over open connections. A ratio compares servers within one round; the table
has the median over the rounds. Answers are not compressed unless a line says so. The other servers
have to do less than ours: a date query compares only the first day of an event, and a search
highlights nothing. Then follow growth (the same requests to databases of 1e3 and 1e5 events, with
equally many rows in each), exports, latency of single requests, and memory. `--postgres` measures
our server and the textbook build on one PostgreSQL server, whose processes count. The results are
also written as JSON beside the database. For a quick look:
`--rounds 1 --no-growth --no-peers --only W1,W2`.
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
    """Measure and print the tables."""
    given = _arguments()
    if given.scale is None:
        _shipped(given.rounds)
    else:
        run(_options(given), _print_line)


def _shipped(rounds: int) -> None:
    figures = Figures(measure for workload in WORKLOADS for measure in workload.measures)
    _print_line(f"{_machine()}; {rounds} rounds, median (least to greatest)\n")
    with ExitStack() as stack:
        code = stack.enter_context(copied_code())
        found = list(engines(stack, figures.remark))
        for number in range(1, rounds + 1):
            for engine in found:
                _show_progress(f"round {number} of {rounds}: {engine.name} ...")
                _measure(engine, code, figures)
    _show_progress("")
    for line in (*figures.table([engine.name for engine in found]), "", *figures.remarks):
        _print_line(line)


def _measure(engine: Engine, code: Path, figures: Figures) -> None:
    """One round on one engine. A remark says what could not be measured."""
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
    parser.add_argument("--rounds", type=int, default=5, help="how often each workload is measured")
    parser.add_argument(
        "--scale", type=float, help="serve a synthetic database with this many events: 1e3 to 1e7"
    )
    parser.add_argument("--only", default="", help="only these workloads, such as W1,W2")
    parser.add_argument(
        "--no-peers", action="store_true", help="measure only our server and the floor"
    )
    parser.add_argument("--no-growth", action="store_true", help="do not measure smaller databases")
    parser.add_argument("--postgres", action="store_true", help="measure on PostgreSQL too")
    parser.add_argument(
        "--folder", type=Path, default=None, help="the folder of the synthetic databases"
    )
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


def _print_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _show_progress(line: str) -> None:
    """Show progress in a terminal: each line replaces the previous one."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
