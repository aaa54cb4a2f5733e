"""Workloads, and the measures for which they return figures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """One line of the table. A figure should be below `goal`; None means that there is no goal."""

    name: str
    unit: str
    goal: float | None = None
    decimals: int = 2


@dataclass(frozen=True)
class RunContext:
    """What a workload runs on: the code, a new folder, and a new, empty database."""

    code: Path
    folder: Path
    database_url: str
    database_server: int | None
    """The process id of the database server, if it is measured too."""


@dataclass(frozen=True)
class Workload:
    """`run` runs the workload once; it may raise `Unmeasured` at any time."""

    name: str
    measures: tuple[Measure, ...]
    run: Callable[[RunContext], Iterator[tuple[Measure, float]]]
