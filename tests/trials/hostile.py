"""Ten thousand and more hostile requests: what is wrong with the answers, and what they cost."""

import argparse
import asyncio
import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from random import Random

from sqlalchemy import URL

from app.main import create_app
from seeds.loaders.content import read_content
from seeds.publishing import publish
from seeds.publishing.progress import Quiet
from tests.benchmarks.measuring import anonymous_memory
from tests.conftest import settings_for
from tests.hostile.asking import answer, served
from tests.hostile.corpus import Hostile, every_parameter, mixed
from tests.hostile.judging import Answer, complaints
from tests.hostile.operations import operations
from tests.trials.figures import Figure

WARM_UP = 2_000
SHOWN = 10


def run(url: URL, options: argparse.Namespace) -> Iterator[Figure]:
    """Each parameter of each operation, then mixed ones up to the number asked for."""
    publish(url, read_content(), Quiet())
    all_operations = list(operations(create_app(settings_for(url)).openapi()))
    random = Random(options.seed)
    corpus = chain(every_parameter(all_operations, random), mixed(all_operations, random))
    answers, wrong, memory = asyncio.run(
        _attack(url, list(islice(corpus, options.requests + WARM_UP)))
    )
    statuses = Counter(answer.status for answer in answers)
    failed = sum(count for status, count in statuses.items() if status >= 500)
    refused = [answer for answer in answers if 400 <= answer.status < 500]
    yield Figure("parameters of all operations", sum(len(o.parameters) for o in all_operations))
    yield Figure("hostile requests", len(answers))
    yield Figure("answers 5xx", failed, most=0)
    yield Figure("answers with anything else wrong", len(wrong), most=0)
    yield Figure("slowest answer", max(each.seconds for each in answers), "s", most=2)
    yield Figure("largest problem", max(len(each.body) for each in refused) / 1000, "kB")
    yield Figure("memory after the first 2,000", memory[0] / 1e6, "MB")
    yield Figure("growth from there to the end", (memory[1] - memory[0]) / 1e6, "MB", most=50)


async def _attack(
    url: URL, requests: list[Hostile]
) -> tuple[list[Answer], list[str], tuple[int, int]]:
    answers: list[Answer] = []
    wrong: list[str] = []
    before = 0
    async with served(url) as app:
        for number, asked in enumerate(requests):
            if number == WARM_UP:
                before = anonymous_memory(os.getpid())
                answers.clear()
            answered = await answer(app, asked)
            found = complaints(asked, answered)
            answers.append(_light(answered))
            wrong += found
            if found and len(wrong) < SHOWN:
                sys.stderr.write(f"{found}: {asked.method} {asked.target[:200]}\n")
        return answers, wrong, (before, anonymous_memory(os.getpid()))


def _light(answered: Answer) -> Answer:
    """The answer without what would look like a leak of memory."""
    return Answer(
        answered.status, {}, answered.body if answered.status >= 400 else b"", answered.seconds
    )
