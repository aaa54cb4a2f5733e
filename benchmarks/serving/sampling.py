"""Draws: some questions put to one server, and what they cost it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from random import Random

from benchmarks.serving.http_client import Answer, Question, ask
from benchmarks.serving.query_values import Facts
from benchmarks.serving.targets import Target
from benchmarks.serving.workloads import Asked, Workload

IN_FLIGHT = 4
SECONDS = 0.25
"""CPU that a draw takes, about."""
FEWEST, MOST = 3, 1_000
"""Questions of a draw."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a draw cost: seconds of CPU for each request, and bytes of an answer on average."""

    cpu: float
    size: float


@dataclass
class Cell:
    """A workload and a server: its questions, and how many of them make a draw."""

    workload: Workload
    target: Target
    many: int = 0

    def draw(self, questions: Sequence[Question]) -> tuple[Cost, list[Answer]]:
        """Ask, and tell what it cost."""
        before = self.target.cpu()
        answers = ask(self.target.port, questions, IN_FLIGHT)
        spent = self.target.cpu_since(before)
        sizes = sum(len(answer.body) for answer in answers)
        return Cost(spent / len(answers), sizes / len(answers)), answers

    def settle(self, questions: Sequence[Question]) -> None:
        """Warm up, and find how many questions take as long as a draw should."""
        cost, _ = self.draw(questions[:1])
        if cost.cpu < SECONDS:
            cost, _ = self.draw(questions[1 : 4 * FEWEST])
        self.many = max(FEWEST, min(MOST, int(SECONDS / max(cost.cpu, 1e-6))))


def asked(workload: Workload, facts: Facts, seed: str) -> Iterator[Asked]:
    """Questions without end; the same ones for the same seed, each time."""
    random = Random(f"{workload.name} {(workload.hot and 'hot') or seed}")
    ever = (workload.draw(random, facts) for _ in cycle((None,)))
    return cycle(list(islice(ever, workload.hot))) if workload.hot else ever


def with_validators(questions: Sequence[Question], target: Target) -> list[Question]:
    """The same, asked by somebody who has the answers already."""
    answers = ask(target.port, questions, IN_FLIGHT)
    return [
        replace(each, headers={"If-None-Match": answer.headers["etag"]}, status=304)
        for each, answer in zip(questions, answers, strict=True)
    ]
