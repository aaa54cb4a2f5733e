"""What a benchmark measures: workloads, which are run on a place and give figures for measures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """One line of the table. `goal` is what a figure should stay below; None if it only informs."""

    name: str
    unit: str
    goal: float | None = None
    decimals: int = 2


@dataclass(frozen=True)
class RunContext:
    """Where a workload runs: the code, a new folder, and a new, empty database."""

    code: Path
    folder: Path
    database_url: str
    database_server: int | None
    """Process id of the database's server, if it is ours to measure."""


@dataclass(frozen=True)
class Workload:
    """`run` does it once; it may raise `Unmeasured` at any point."""

    name: str
    measures: tuple[Measure, ...]
    run: Callable[[RunContext], Iterator[tuple[Measure, float]]]
