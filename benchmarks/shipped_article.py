"""The workload of a new user: load the shipped article, start the server, send mixed requests."""

import time
from collections.abc import Iterator
from itertools import islice

from benchmarks.proc_stats import anonymous_memory, cpu_of_tree
from benchmarks.processes import Client, run_to_end, serving
from benchmarks.traffic import known_ids, mixed_requests
from benchmarks.workload import Measure, RunContext, Workload

FIRST = "/v1/events?date=2020-07"
REQUESTS = 500
LIBRARIES = "alembic.command, fastapi, pydantic_settings, sqlalchemy.orm, typer, uvicorn, yaml"

FLOOR = Measure("For comparison: CPU to import the libraries", "s")
LOAD = Measure("Load into an empty database: CPU", "s", goal=2)
LOAD_THERE = Measure("… and of the database's server", "s")
START = Measure("Start to first answer: wall clock", "s", goal=1.5)
START_CPU = Measure("Start to first answer: CPU", "s")
MEMORY = Measure(f"Anonymous memory after {REQUESTS} requests", "MB", goal=120, decimals=1)

Figure = tuple[Measure, float]


def run(context: RunContext) -> Iterator[Figure]:
    """Load, start, send requests."""
    yield FLOOR, run_to_end(context, "-c", f"import {LIBRARIES}")
    yield from _load(context)
    yield from _serve(context)


def _load(context: RunContext) -> Iterator[Figure]:
    server = context.database_server
    there = cpu_of_tree(server) if server else 0.0
    yield LOAD, run_to_end(context, "-m", "hkus", "load")
    if server:
        yield LOAD_THERE, cpu_of_tree(server) - there


def _serve(context: RunContext) -> Iterator[Figure]:
    started_at = time.perf_counter()
    with serving(context) as server:
        client = Client(server)
        client.get_first(FIRST)
        yield START, time.perf_counter() - started_at
        yield START_CPU, cpu_of_tree(server.process)
        for path in islice(mixed_requests(known_ids(client.get)), REQUESTS):
            client.get(path)
        yield MEMORY, anonymous_memory(server.process) / 1e6


WORKLOAD = Workload("shipped article", (FLOOR, LOAD, LOAD_THERE, START, START_CPU, MEMORY), run)
