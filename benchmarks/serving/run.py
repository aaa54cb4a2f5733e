"""One run of the benchmark: databases, servers, rounds and tables."""

import os
import platform
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.processes import Unmeasured
from benchmarks.serving import exports_and_latency, servers
from benchmarks.serving.datasets import (
    FOLDER,
    SyntheticDataset,
    postgres_dataset,
    size_name,
    sqlite_dataset,
)
from benchmarks.serving.goals import (
    GOALS,
    GROWTH,
    GROWTH_SMALL,
    LOAD_SECONDS,
    MB,
    POSTGRES_GOALS,
)
from benchmarks.serving.query_values import QueryValues, query_values_of
from benchmarks.serving.report import as_json, cost_table, figures_of, goal_table, write
from benchmarks.serving.rounds import (
    OURS,
    PATHS,
    TEXTBOOK,
    Rounds,
    ratio,
)
from benchmarks.serving.targets import Target
from benchmarks.serving.workloads import GROWING, WORKLOADS, Paths, ServingWorkload, in_tsquery

PrintLine = Callable[[str], None]
Measured = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Options:
    """What to run. `only` has the names of workloads; empty means all."""

    events: int
    rounds: int = 5
    only: Sequence[str] = ()
    peers: bool = True
    growth: bool = True
    postgres: bool = False
    folder: Path = FOLDER

    def wants(self, name: str) -> bool:
        return not self.only or name in self.only or name.split()[0] in self.only


def run(options: Options, print_line: PrintLine) -> None:
    """Measure, print the tables, and write them beside the databases."""
    dataset = sqlite_dataset(options.folder, options.events)
    print_line(f"{_machine()}; {options.events:,} events, {options.rounds} rounds")
    with TemporaryDirectory(prefix="hkus-bench-") as made:
        rounds, measured = _sqlite(options, dataset, Path(made), print_line)
        if options.growth:
            measured |= _growth(options, Path(made), print_line)
        if options.postgres:
            _postgres(options, Path(made), print_line)
    if dataset.load:
        measured["Load", LOAD_SECONDS] = dataset.load.cpu - dataset.load.making_up
        measured["Load", MB] = dataset.load.memory / 1e6
    figures = {**figures_of(rounds.costs), **measured}
    goals = [goal for goal in GOALS if not options.only or options.wants(goal.workload)]
    for line in ("", *goal_table(goals, figures), "", *_costs(rounds)):
        print_line(line)
    about = {"machine": _machine(), "events": options.events}
    write(_result(options, ""), as_json(rounds.costs, figures, about))


def _sqlite(
    options: Options, dataset: SyntheticDataset, folder: Path, print_line: PrintLine
) -> tuple[Rounds, Measured]:
    with ExitStack() as stack:
        server = stack.enter_context(servers.ours(dataset.url, folder))
        uncached = stack.enter_context(servers.ours(dataset.url, folder, "uncached", memory=0))
        targets = [server, *(stack.enter_context(each) for each in servers.floors(folder))]
        if options.peers:
            targets += [stack.enter_context(each) for each in servers.peers(dataset.url, folder)]
        values = query_values_of(dataset.url, server.port, options.events)
        rounds = Rounds(targets, values, uncached)
        _run_rounds([rounds], WORKLOADS, options, print_line)
        measured = {("Memory", MB): server.memory() / 1e6}
        measured |= _exports_and_latency(server, uncached, values, options, print_line)
    return rounds, measured


def _exports_and_latency(
    server: Target, uncached: Target, values: QueryValues, options: Options, print_line: PrintLine
) -> Measured:
    """The medians of export speed and of latency."""
    found: dict[tuple[str, str], list[float]] = {}
    try:
        if options.wants("W5"):
            key, figure = exports_and_latency.latency_of_common_words(uncached, values)
            found.setdefault(key, []).append(figure)
        if options.wants("W9"):
            for key, figure in exports_and_latency.exports(server, values, min(3, options.rounds)):
                found.setdefault(key, []).append(figure)
    except Unmeasured as fault:
        print_line(str(fault))
    return {key: median(figures) for key, figures in found.items()}


def _run_rounds(
    these: Sequence[Rounds],
    workloads: Sequence[ServingWorkload],
    options: Options,
    print_line: PrintLine,
) -> None:
    """Run all workloads in turn, round by round. Skip a workload that has failed once."""
    failed = set[str]()
    for number in range(options.rounds):
        for workload in workloads:
            for rounds in these:
                if options.wants(workload.name) and workload.name not in failed:
                    try:
                        rounds.run(workload, number)
                    except Unmeasured as fault:
                        failed.add(workload.name)
                        print_line(f"{workload.name} was not measured: {fault}")
        sys.stderr.write(f"round {number + 1} of {options.rounds} is done\n")


def _growth(options: Options, folder: Path, print_line: PrintLine) -> Measured:
    """How much more a request costs in this database than in smaller ones, measured in turn."""
    sizes = [size for size in (1_000, 100_000) if size < options.events]
    with ExitStack() as stack:
        rounds_by_size: dict[int, Rounds] = {}
        for size in (*sizes, options.events):
            dataset = sqlite_dataset(options.folder, size)
            server = servers.ours(dataset.url, folder, f"ours-{size_name(size)}", memory=0)
            target = stack.enter_context(server)
            rounds_by_size[size] = Rounds([target], query_values_of(dataset.url, target.port, size))
        _run_rounds(list(rounds_by_size.values()), GROWING, options, print_line)
    found: Measured = {}
    for measure, size in zip((GROWTH_SMALL, GROWTH), sizes, strict=False):
        for workload in GROWING:
            merged = {
                (workload.name, "now"): rounds_by_size[options.events].costs[workload.name, OURS],
                (workload.name, "then"): rounds_by_size[size].costs[workload.name, OURS],
            }
            if (figure := ratio(merged, workload.name, "now", "then")) is not None:
                found[f"Growth {workload.name}", measure] = figure
    for size, rounds in rounds_by_size.items():
        print_line(f"\nGrowth, {size_name(size)}:")
        for line in cost_table(rounds.costs, [OURS]):
            print_line(line)
    return found


def _postgres(options: Options, folder: Path, print_line: PrintLine) -> None:
    """Our server and the textbook build on one PostgreSQL server. Its CPU counts for both."""
    from benchmarks.serving.postgres import postgres

    with ExitStack() as stack:
        url, processes = stack.enter_context(postgres(options.folder, options.events))
        dataset = postgres_dataset(url, options.folder, options.events)
        server = stack.enter_context(
            servers.ours(dataset.url, folder, "ours-postgres", db_processes=processes)
        )
        uncached = stack.enter_context(
            servers.ours(dataset.url, folder, "uncached-postgres", db_processes=processes, memory=0)
        )
        peers = (
            [stack.enter_context(servers.textbook(dataset.url, folder, processes))]
            if options.peers
            else []
        )
        values = query_values_of(dataset.url, server.port, options.events)
        paths = {OURS: PATHS[OURS], TEXTBOOK: _on_postgres}
        rounds = Rounds([server, *peers], values, uncached, paths)
        _run_rounds([rounds], WORKLOADS, options, print_line)
    figures = figures_of(rounds.costs)
    print_line("\nPostgreSQL, its processes included:\n")
    for line in (*goal_table(POSTGRES_GOALS, figures), "", *_costs(rounds)):
        print_line(line)
    about = {"machine": _machine(), "events": options.events, "database": "PostgreSQL"}
    write(_result(options, "-postgres"), as_json(rounds.costs, figures, about))


def _on_postgres(paths: Paths) -> str | None:
    return paths.textbook and in_tsquery(paths.textbook)


def _costs(rounds: Rounds) -> Generator[str]:
    yield from cost_table(rounds.costs, [target.name for target in rounds.targets])


def _machine() -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    python = f"Python {platform.python_version()}"
    return f"{now}; {python}; {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"


def _result(options: Options, ending: str) -> Path:
    return options.folder / f"results-{size_name(options.events)}{ending}.json"
