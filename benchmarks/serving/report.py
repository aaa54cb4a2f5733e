"""The tables of a run, as Markdown and JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.serving.goals import (
    CPU_MS,
    LESS_THAN_DATASETTE,
    LESS_THAN_TEXTBOOK,
    TIMES_FLOOR,
    TIMES_W2,
    Figures,
    Goal,
    compared_with_goals,
)
from benchmarks.serving.rounds import DATASETTE, FLOOR, OURS, TEXTBOOK, Costs, ratio
from benchmarks.serving.workloads import WORKLOADS


def figures_of(costs: Costs) -> dict[tuple[str, str], float]:
    """Compute the figures that have goals from the costs of all rounds."""
    found: dict[tuple[str, str], float | None] = {}
    for workload in WORKLOADS:
        name = workload.name
        found[name, TIMES_FLOOR] = ratio(costs, name, OURS, FLOOR)
        found[name, LESS_THAN_DATASETTE] = ratio(costs, name, DATASETTE, OURS)
        found[name, LESS_THAN_TEXTBOOK] = ratio(costs, name, TEXTBOOK, OURS)
        found[name, TIMES_W2] = ratio(costs, name, OURS, OURS, "W2")
        if ours := costs.get((name, OURS)):
            found[name, CPU_MS] = median(cost.cpu for cost in ours) * 1000
    return {key: figure for key, figure in found.items() if figure is not None}


def goal_table(goals: Sequence[Goal], figures: Figures) -> Iterator[str]:
    """Each goal with its figure."""
    titles = {workload.name: workload.title for workload in WORKLOADS}
    yield from _table(
        ("Workload", "Measure", "Goal", "Measured", ""),
        [
            (f"{name}: {titles[name]}" if name in titles else name, *rest)
            for name, *rest in compared_with_goals(goals, figures)
        ],
    )


def cost_table(costs: Costs, targets: Sequence[str]) -> Iterator[str]:
    """Microseconds of CPU per request (median, minimum, maximum) and the size of answers."""
    rows: list[Sequence[str]] = []
    for name in dict.fromkeys(workload for workload, _ in costs):
        ours = costs.get((name, targets[0]))
        size = f"{median(cost.size for cost in ours):,.0f}" if ours else "-"
        rows.append((name, size, *(_cell(costs, name, target) for target in targets)))
    yield from _table(("Workload", "Bytes", *(f"{name}, µs" for name in targets)), rows)


def as_json(costs: Costs, figures: Figures, about: Mapping[str, Any]) -> str:
    """All results as JSON."""
    return json.dumps(
        {
            **about,
            "figures": [[*key, figure] for key, figure in figures.items()],
            "costs": [
                {
                    "workload": workload,
                    "server": server,
                    "cpu_us": [round(cost.cpu * 1e6, 2) for cost in found],
                    "bytes": [round(cost.size) for cost in found],
                }
                for (workload, server), found in costs.items()
            ],
        },
        indent=1,
    )


def write(path: Path, text: str) -> None:
    """Write a file; create its folder if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _cell(costs: Costs, workload: str, target: str) -> str:
    found = [cost.cpu * 1e6 for cost in costs.get((workload, target), ())]
    if not found:
        return "-"
    return f"{median(found):,.0f} ({min(found):,.0f} to {max(found):,.0f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for cells in (head, ["-" * width for width in widths], *rows):
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"| {' | '.join(padded)} |"
