"""Samples: send some requests to one server and measure their cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from random import Random

from benchmarks.serving.http_client import HttpAnswer, Request, send_requests
from benchmarks.serving.query_values import QueryValues
from benchmarks.serving.targets import Target
from benchmarks.serving.workloads import Paths, ServingWorkload

IN_FLIGHT = 4
SECONDS = 0.25
"""The approximate CPU time of a sample, in seconds."""
FEWEST, MOST = 3, 1_000
"""The minimum and maximum number of requests in a sample."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a sample: CPU seconds per request, and the average bytes per answer."""

    cpu: float
    size: float


@dataclass
class Sampler:
    """Measures one workload on one server."""

    workload: ServingWorkload
    target: Target
    requests_per_sample: int = 0

    def draw(self, requests: Sequence[Request]) -> tuple[Cost, list[HttpAnswer]]:
        """Send the requests and measure their cost."""
        before = self.target.cpu()
        answers = send_requests(self.target.port, requests, IN_FLIGHT)
        spent = self.target.cpu_since(before)
        sizes = sum(len(answer.body) for answer in answers)
        return Cost(spent / len(answers), sizes / len(answers)), answers

    def warm_up(self, requests: Sequence[Request]) -> None:
        """Warm up, and find how many requests take about SECONDS of CPU."""
        cost, _ = self.draw(requests[:1])
        if cost.cpu < SECONDS:
            cost, _ = self.draw(requests[1 : 4 * FEWEST])
        self.requests_per_sample = max(FEWEST, min(MOST, int(SECONDS / max(cost.cpu, 1e-6))))


def draw_requests(workload: ServingWorkload, values: QueryValues, seed: str) -> Iterator[Paths]:
    """Endless requests, equal for equal seeds."""
    random = Random(f"{workload.name} {(workload.hot and 'hot') or seed}")
    ever = (workload.draw(random, values) for _ in cycle((None,)))
    return cycle(list(islice(ever, workload.hot))) if workload.hot else ever


def with_validators(requests: Sequence[Request], target: Target) -> list[Request]:
    """The same requests with the entity tags of their answers, so that they get a 304."""
    answers = send_requests(target.port, requests, IN_FLIGHT)
    return [
        replace(each, headers={"If-None-Match": answer.headers["etag"]}, status=304)
        for each, answer in zip(requests, answers, strict=True)
    ]
