"""In each round, every workload sends the same requests to all servers in turn."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from benchmarks.serving.http_client import Request
from benchmarks.serving.query_values import QueryValues
from benchmarks.serving.sampling import FEWEST, MOST, Cost, Sampler, draw_requests, with_validators
from benchmarks.serving.targets import Target
from benchmarks.serving.workloads import Paths, ServingWorkload

OURS, FLOOR, BARE = "ours", "floor", "bare floor"
DATASETTE, TEXTBOOK = "Datasette", "textbook"

Costs = dict[tuple[str, str], list[Cost]]
"""The costs of each round, by workload and server."""

ToPath = Callable[[Paths], str | None]

PATHS: Mapping[str, ToPath] = {
    OURS: lambda paths: paths.ours,
    DATASETTE: lambda paths: paths.datasette,
    TEXTBOOK: lambda paths: paths.textbook,
}


@dataclass
class Rounds:
    """Measures the servers round by round and collects the costs."""

    targets: Sequence[Target]
    values: QueryValues
    uncached: Target | None = None
    """Our server without its response cache, for workloads with few different requests."""
    paths: Mapping[str, ToPath] = field(default_factory=lambda: PATHS)
    costs: Costs = field(default_factory=lambda: defaultdict(list))
    _samplers: dict[tuple[str, str], Sampler] = field(
        default_factory=dict[tuple[str, str], Sampler]
    )

    def run(self, workload: ServingWorkload, number: int) -> None:
        """Measure one workload. Our server comes first: the floor answers as many bytes."""
        ours, *others = self.targets
        if workload.few_distinct and self.uncached:
            ours = self.uncached
        cost, sizes = self._measure_ours(workload, ours, number)
        self.costs[workload.name, ours.name].append(cost)
        for target in others:
            if requests := list(self._requests(workload, target, number, sizes)):
                sampler = self._sampler(workload, target, requests)
                cost, _ = sampler.draw(requests[: sampler.requests_per_sample])
                self.costs[workload.name, target.name].append(cost)

    def _measure_ours(
        self, workload: ServingWorkload, target: Target, number: int
    ) -> tuple[Cost, list[int]]:
        """Measure our server; return the cost and the size of each answer."""
        requests = list(self._requests(workload, target, number, ()))
        if workload.conditional:
            requests = with_validators(requests[: workload.hot], target) * (MOST // 100)
        sampler = self._sampler(workload, target, requests)
        if workload.hot:
            sampler.draw(requests[: workload.hot])
        cost, answers = sampler.draw(requests[: sampler.requests_per_sample])
        return cost, [len(answer.body) for answer in answers]

    def _requests(
        self, workload: ServingWorkload, target: Target, number: int, sizes: Sequence[int]
    ) -> Iterator[Request]:
        if target.name in (FLOOR, BARE):
            yield from (Request(f"/{sizes[index % len(sizes)]}", {}) for index in range(MOST))
            return
        to_path, headers = self.paths[target.name], dict(workload.headers)
        if target.name != OURS and (workload.headers or workload.hot):
            return
        for each in islice(draw_requests(workload, self.values, f"round {number}"), MOST):
            if (path := to_path(each)) is None:
                return
            yield Request(path, headers)

    def _sampler(
        self, workload: ServingWorkload, target: Target, requests: Sequence[Request]
    ) -> Sampler:
        key = workload.name, target.name
        if key not in self._samplers:
            self._samplers[key] = Sampler(workload, target)
            self._samplers[key].warm_up(requests[-4 * FEWEST :])
        return self._samplers[key]


def ratio(costs: Costs, workload: str, target: str, to: str, to_workload: str = "") -> float | None:
    """The cost of one server divided by the cost of another: the median over the rounds."""
    these, those = costs.get((workload, target)), costs.get((to_workload or workload, to))
    if not these or not those:
        return None
    return median(a.cpu / b.cpu for a, b in zip(these, those, strict=False))
