"""Rounds: within each, every workload is put to all servers in turn, with the same questions."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from benchmarks.serving.http_client import Question
from benchmarks.serving.query_values import Facts
from benchmarks.serving.sampling import FEWEST, MOST, Cell, Cost, asked, with_validators
from benchmarks.serving.targets import Target
from benchmarks.serving.workloads import Asked, Workload

OURS, FLOOR, BARE = "ours", "floor", "bare floor"
DATASETTE, TEXTBOOK = "Datasette", "textbook"

Costs = dict[tuple[str, str], list[Cost]]
"""What each round cost, by workload and server."""

ToPath = Callable[[Asked], str | None]

PATHS: Mapping[str, ToPath] = {
    OURS: lambda asked: asked.ours,
    DATASETTE: lambda asked: asked.datasette,
    TEXTBOOK: lambda asked: asked.textbook,
}


@dataclass
class Rounds:
    """Asks the servers round by round, and keeps the costs."""

    targets: Sequence[Target]
    facts: Facts
    forgetful: Target | None = None
    """Our server again, remembering no answers: for workloads of few questions."""
    paths: Mapping[str, ToPath] = field(default_factory=lambda: PATHS)
    costs: Costs = field(default_factory=lambda: defaultdict(list))
    _cells: dict[tuple[str, str], Cell] = field(default_factory=dict[tuple[str, str], Cell])

    def run(self, workload: Workload, number: int) -> None:
        """One round of one workload: our server first, whose answers tell the floor how much."""
        ours, *others = self.targets
        if workload.few and self.forgetful:
            ours = self.forgetful
        cost, sizes = self._ask_ours(workload, ours, number)
        self.costs[workload.name, ours.name].append(cost)
        for target in others:
            if questions := list(self._questions(workload, target, number, sizes)):
                cell = self._cell(workload, target, questions)
                cost, _ = cell.draw(questions[: cell.many])
                self.costs[workload.name, target.name].append(cost)

    def _ask_ours(self, workload: Workload, target: Target, number: int) -> tuple[Cost, list[int]]:
        """What it cost, and the size of each answer."""
        questions = list(self._questions(workload, target, number, ()))
        if workload.conditional:
            questions = with_validators(questions[: workload.hot], target) * (MOST // 100)
        cell = self._cell(workload, target, questions)
        if workload.hot:
            cell.draw(questions[: workload.hot])
        cost, answers = cell.draw(questions[: cell.many])
        return cost, [len(answer.body) for answer in answers]

    def _questions(
        self, workload: Workload, target: Target, number: int, sizes: Sequence[int]
    ) -> Iterator[Question]:
        if target.name in (FLOOR, BARE):
            yield from (Question(f"/{sizes[place % len(sizes)]}", {}) for place in range(MOST))
            return
        to_path, headers = self.paths[target.name], dict(workload.headers)
        if target.name != OURS and (workload.headers or workload.hot):
            return
        for each in islice(asked(workload, self.facts, f"round {number}"), MOST):
            if (path := to_path(each)) is None:
                return
            yield Question(path, headers)

    def _cell(self, workload: Workload, target: Target, questions: Sequence[Question]) -> Cell:
        key = workload.name, target.name
        if key not in self._cells:
            self._cells[key] = Cell(workload, target)
            self._cells[key].settle(questions[-4 * FEWEST :])
        return self._cells[key]


def ratio(costs: Costs, workload: str, target: str, to: str, to_workload: str = "") -> float | None:
    """How many times as much one costs as the other: the median over the rounds, each by itself."""
    these, those = costs.get((workload, target)), costs.get((to_workload or workload, to))
    if not these or not those:
        return None
    return median(a.cpu / b.cpu for a, b in zip(these, those, strict=False))
