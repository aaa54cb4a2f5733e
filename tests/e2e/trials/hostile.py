"""Send ten thousand or more hostile requests; report wrong answers and their cost."""

import argparse
import asyncio
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from random import Random

from sqlalchemy import URL

from app.main import create_app
from benchmarks.proc_stats import anonymous_memory
from seeds.build import read_content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.conftest import settings_for
from tests.e2e.trials.figures import Figure
from tests.integration.hostile.answer_checks import Answer, complaints
from tests.integration.hostile.corpus import Hostile, every_parameter, mixed
from tests.integration.hostile.operations import operations
from tests.integration.hostile.raw_requests import answer, served

WARM_UP = 2_000
LISTED_REQUESTS = 10
MAX_WORK = 2.0
"""CPU limit for one answer, in seconds. The query budget is the same number of elapsed seconds."""


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """Test each parameter of each operation; then send mixed requests up to the given number."""
    publish(url, read_content(), Quiet())
    all_operations = list(operations(create_app(settings_for(url)).openapi()))
    random = Random(options.seed)
    corpus = chain(every_parameter(all_operations, random), mixed(all_operations, random))
    heard = asyncio.run(_attack(url, list(islice(corpus, options.requests))))
    yield Figure("parameters of all operations", sum(len(o.parameters) for o in all_operations))
    yield Figure("hostile requests", heard.statuses.total())
    failed = sum(count for status, count in heard.statuses.items() if status >= 500)
    yield Figure("answers 5xx", failed, most=0)
    yield Figure("answers with anything else wrong", heard.wrong, most=0)
    yield Figure("slowest answer by the clock", heard.slowest, "s", most=2)
    yield Figure("most CPU time of this process for an answer", heard.most_work, "s", most=1)
    yield Figure("largest problem", heard.largest / 1000, "kB")
    yield Figure("memory after the first 2,000", heard.before / 1e6, "MB")
    yield Figure("growth from there to the end", (heard.after - heard.before) / 1e6, "MB", most=50)


@dataclass
class Heard:
    """Statistics of all answers. Stored answers would look like a memory leak."""

    statuses: Counter[int] = field(default_factory=Counter[int])
    wrong: int = 0
    slowest: float = 0
    most_work: float = 0
    largest: int = 0
    before: int = 0
    after: int = 0

    def note(self, asked: Hostile, answered: Answer) -> None:
        self.statuses[answered.status] += 1
        self.slowest = max(self.slowest, answered.seconds)
        self.most_work = max(self.most_work, answered.work)
        if answered.status >= 400:
            self.largest = max(self.largest, len(answered.body))
        if found := complaints(asked, answered):
            self.wrong += 1
            if self.wrong < LISTED_REQUESTS:
                sys.stderr.write(f"{found}: {asked.method} {asked.target[:200]}\n")


async def _attack(url: URL, requests: list[Hostile]) -> Heard:
    heard = Heard()
    async with served(url, query_seconds=MAX_WORK) as app:
        for number, asked in enumerate(requests):
            if number == WARM_UP:
                heard.before = anonymous_memory(os.getpid())
            heard.note(asked, await answer(app, asked))
        heard.after = anonymous_memory(os.getpid())
    return heard
