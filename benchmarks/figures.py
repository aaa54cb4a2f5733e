"""The measured figures and their table."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from benchmarks.workload import Measure


class Figures:
    """The figures of all rounds by measure and engine, and remarks about missing ones."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._of: dict[Measure, dict[str, list[float]]] = {measure: {} for measure in measures}
        self.remarks: list[str] = []

    def add(self, measure: Measure, engine: str, figure: float) -> None:
        """Add a figure of one round."""
        self._of[measure].setdefault(engine, []).append(figure)

    def remark(self, text: str) -> None:
        """Add a line below the table, unless it is there already."""
        if text not in self.remarks:
            self.remarks.append(text)

    def table(self, engines: Sequence[str]) -> Iterator[str]:
        """The lines of a Markdown table, one for each measure with figures."""
        rows = [("Measure", "Goal", *engines)]
        for measure, figures in self._of.items():
            if figures:
                cells = (_cell(measure, figures.get(engine, [])) for engine in engines)
                rows.append((measure.name, _goal(measure), *cells))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        head, *body = ([cell.ljust(w) for cell, w in zip(r, widths, strict=True)] for r in rows)
        for cells in (head, ["-" * width for width in widths], *body):
            yield f"| {' | '.join(cells)} |"


def _goal(measure: Measure) -> str:
    return "" if measure.goal is None else f"< {measure.goal:g} {measure.unit}"


def _cell(measure: Measure, figures: Sequence[float]) -> str:
    """Format median and range, such as `1.20 s (1.10 to 1.45)`."""
    if not figures:
        return "-"
    middle, least, greatest = (
        f"{figure:.{measure.decimals}f}" for figure in (median(figures), min(figures), max(figures))
    )
    return f"{middle} {measure.unit} ({least} to {greatest})"
