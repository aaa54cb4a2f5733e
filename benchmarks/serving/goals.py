"""The goals for each workload, and whether they are met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.serving.rounds import DATASETTE, FLOOR, OURS, TEXTBOOK


@dataclass(frozen=True)
class Goal:
    """A limit on a measure of a workload: at most `most`, or at least `least`."""

    workload: str
    measure: str
    most: float | None = None
    least: float | None = None

    def text(self) -> str:
        return f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"

    def is_met(self, figure: float) -> bool:
        return figure <= self.most if self.most is not None else figure >= (self.least or 0)


TIMES_FLOOR = f"CPU × {FLOOR}"
LESS_THAN_DATASETTE = f"× less CPU than {DATASETTE}"
LESS_THAN_TEXTBOOK = f"× less CPU than {TEXTBOOK}"
TIMES_W2 = "CPU × W2"
CPU_MS = "ms of CPU"
P99_MS = "p99, ms"
ROWS = "rows per second of CPU"
GROWN_MB = "MB grown"
GROWTH_SMALL = "CPU × at 1e3"
GROWTH = "CPU × at 1e5"
LOAD_SECONDS = "s of CPU"
MB = "MB"

GOALS: Sequence[Goal] = (
    Goal("W1", TIMES_FLOOR, most=5),
    Goal("W1", LESS_THAN_DATASETTE, least=5),
    Goal("W1", LESS_THAN_TEXTBOOK, least=12),
    Goal("W2", TIMES_FLOOR, most=8),
    Goal("W2", LESS_THAN_DATASETTE, least=10),
    Goal("W2", LESS_THAN_TEXTBOOK, least=30),
    Goal("W2 possible", TIMES_FLOOR, most=8),
    Goal("W3", TIMES_W2, most=1.2),
    Goal("W3 back", TIMES_W2, most=1.2),
    Goal("W4", TIMES_W2, most=1.2),
    Goal("W4", LESS_THAN_DATASETTE, least=50),
    Goal("W5 rare", TIMES_FLOOR, most=8),
    Goal("W5 common", P99_MS, most=20),
    Goal("W6", LESS_THAN_DATASETTE, least=4),
    Goal("W6 all", CPU_MS, most=5),
    Goal("W7", LESS_THAN_DATASETTE, least=4),
    Goal("W7 auto", TIMES_W2, most=1.2),
    Goal("W8 304", TIMES_FLOOR, most=1.25),
    Goal("W8 again", TIMES_FLOOR, most=1.5),
    Goal("W9 ndjson", ROWS, least=100_000),
    Goal("W9 ndjson", GROWN_MB, most=20),
    Goal("W9 csv", ROWS, least=50_000),
    Goal("W9 csv", GROWN_MB, most=20),
    *(Goal(f"W9 ndjson {encoding}", ROWS, least=60_000) for encoding in ("zstd", "gzip")),
    *(Goal(f"W9 csv {encoding}", ROWS, least=30_000) for encoding in ("zstd", "gzip")),
    Goal("W10", CPU_MS, most=5),
    *(
        Goal(f"Growth {name}", measure, most=1.3)
        for name in ("W1", "W2", "W4")
        for measure in (GROWTH_SMALL, GROWTH)
    ),
    Goal("Load", LOAD_SECONDS, most=300),
    Goal("Load", MB, most=500),
    Goal("Memory", MB, most=150),
)

POSTGRES_GOALS: Sequence[Goal] = tuple(
    Goal(name, LESS_THAN_TEXTBOOK, least=10)
    for name in ("W1", "W2", "W3", "W3 back", "W4", "W5 rare", "W6", "W7")
)

Figures = Mapping[tuple[str, str], float]
"""The measured figures, by workload and measure."""


Line = tuple[str, str, str, str, str]
"""A line of a table: workload, measure, goal, figure, whether the goal is met."""


def compared_with_goals(goals: Sequence[Goal], figures: Figures) -> list[Line]:
    """Compare the figures with the goals."""
    lines: list[Line] = []
    for goal in goals:
        figure = figures.get((goal.workload, goal.measure))
        if figure is None:
            lines.append((goal.workload, goal.measure, goal.text(), "-", "not measured"))
        else:
            verdict = "met" if goal.is_met(figure) else "**missed**"
            lines.append((goal.workload, goal.measure, goal.text(), formatted(figure), verdict))
    return lines


def formatted(figure: float) -> str:
    """Format with three significant digits."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


__all__ = ["GOALS", "OURS", "POSTGRES_GOALS", "Figures", "Goal", "compared_with_goals", "formatted"]
