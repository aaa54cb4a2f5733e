"""Budgets: limits on one client, so that the server can answer other clients."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import URL, Integer, Select, func, literal, select

from app.db import DatasetState, Reader, Snapshot, SqlStatement, sqlite
from app.db.limits import MARKED_HEAVY_SECONDS, LimitedReader
from app.problems.problems import HEAVY, TOO_SLOW, ProblemError
from app.settings import Settings
from tests.conftest import settings_for
from tests.contract.stepwise_downloads import Download
from tests.integration.hostile.corpus import Hostile
from tests.integration.hostile.raw_requests import answer, served
from tests.open_reader import open_reader
from tests.timeouts import TIMEOUT

Doing = Callable[[Reader], Awaitable[None]]


def endless() -> Select[Any]:
    """A statement that counts to a very large number, so that it exceeds every time limit."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 2 * 10**9))
    return select(func.count()).select_from(numbers)


BUDGETS = (0.5, 4.0, 16.0)
"""The time limit of a query, in seconds."""
SLOW = SqlStatement("slow", endless, {})


def settings_of(url: URL, **changes: Any) -> Settings:
    return settings_for(url).model_copy(update=changes)


def reading(settings: Settings, do: Doing) -> None:
    """Use a reader that opens and closes as in a server."""

    async def run() -> None:
        async with open_reader(settings) as reader:
            await do(reader)

    asyncio.run(run())


def within_some_budget(url: URL, do: Doing, **limits: Any) -> None:
    """On a busy machine a query may exceed its time limit; then try a longer limit."""
    *smaller, largest = (settings_of(url, query_seconds=each, **limits) for each in BUDGETS)
    for settings in smaller:
        with suppress(AssertionError, ProblemError):
            return reading(settings, do)
    return reading(largest, do)


async def refusal(reader: Reader, *, heavy: bool) -> ProblemError:
    """The problem that a slow statement causes."""
    with pytest.raises(ProblemError) as refused:
        await reader.fetch([SLOW], heavy=heavy)
    return refused.value


@pytest.mark.parametrize("heavy", [True, False])
def test_a_statement_that_takes_too_long_is_broken_off(loaded: URL, heavy: bool) -> None:
    async def do(reader: Reader) -> None:
        problem = await refusal(reader, heavy=heavy)
        assert problem.type is TOO_SLOW
        assert problem.headers["Retry-After"]
        assert (await reader.fetch(())).dataset  # the connection still works

    within_some_budget(loaded, do)


@pytest.mark.parametrize("loaded", ["postgresql"], indirect=True)
@pytest.mark.parametrize("often", [0, 4, 5, 9])
def test_statements_of_a_pipeline_that_was_broken_off_are_run_the_next_times(
    loaded: URL, often: int
) -> None:
    """The driver prepares a statement after several runs. If it did not send the prepared
    statement, it must send it later."""
    quick = [SqlStatement(name, partial(one, name), {}) for name in ("a", "b", "c")]

    async def do(reader: Reader) -> None:
        for _ in range(often):
            await reader.fetch(quick)
        broken_off = asyncio.create_task(reader.fetch([SLOW, *quick]))
        await asyncio.sleep(0.1)
        broken_off.cancel()
        with suppress(asyncio.CancelledError):
            await broken_off
        for _ in range(6):
            assert (await reader.fetch(quick)).results == [[("a",)], [("b",)], [("c",)]]

    reading(settings_of(loaded, postgres_connections=1), do)


def one(name: str) -> Select[str]:
    return select(literal(name))


class Clock:
    """A clock that advances only while a statement sleeps; the fraction `work` is CPU time."""

    now = 0.0
    work = 0.0

    def monotonic(self) -> float:
        return self.now

    def thread_time(self) -> float:
        return self.now * self.work


def napping() -> Select[Any]:
    """A statement that mostly waits, as on a busy machine, and uses little CPU time."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 5))
    return select(func.sum(func.nap(numbers.c.n, type_=Integer)))


@pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("seconds", "work", "runs"),
    [(0.1, 0.0, 1), (0.25, 0.0, 2), (0.04, 1.0, 1), (0.06, 1.0, 2), (0.1, 1.0, 2), (0.1, 0.4, 1),
     (0.1, 0.6, 2)],
)  # fmt: skip
def test_a_query_is_light_by_the_work_it_does_within_a_second(
    loaded: URL, monkeypatch: pytest.MonkeyPatch, seconds: float, work: float, runs: int
) -> None:
    """Five sleeps; a fraction of their time counts as work. A query may work for 0.25 s."""
    naps: list[int] = []
    clock = Clock()
    clock.work = work
    monkeypatch.setattr(sqlite, "time", clock)

    def nap(number: int) -> int:
        naps.append(number)
        clock.now += seconds
        return number

    def napper(path: Path) -> Any:
        connection = connected(path)
        connection.create_function("nap", 1, nap)
        return connection

    connected = cast(Any, sqlite)._connect
    monkeypatch.setattr("app.db.sqlite._connect", napper)
    monkeypatch.setattr("app.db.sqlite.INSTRUCTIONS_PER_CHECK", 1)

    async def do(reader: Reader) -> None:
        snapshot = await reader.fetch([SqlStatement("napping", napping, {})])
        assert snapshot.results == [[(15,)]]
        assert naps.count(1) == runs

    reading(settings_of(loaded), do)


class Slow:
    """A reader that ends a statement as too slow unless it is marked as heavy."""

    def __init__(self) -> None:
        self.runs: list[bool] = []
        self.open = self.close = self.dataset = None
        self.cached_dataset = self.last_dataset = None

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        self.runs.append(heavy)
        if not heavy and any(statement.shape == SLOW.shape for statement in statements):
            raise ProblemError(TOO_SLOW, "")
        return Snapshot(DatasetState("", ""), [[] for _ in statements])


def test_what_was_slow_once_is_taken_for_heavy_at_once_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    monkeypatch.setattr("app.db.limits.time", clock)
    slow, quick = [SLOW], [replace(SLOW, shape="quick")]

    async def do() -> None:
        inner: Any = Slow()
        reader = LimitedReader(inner, most_heavy=1, wait_seconds=TIMEOUT)
        expected = [
            (0, slow, [False, True]),
            (0, slow, [True]),
            (0, quick, [False]),
            (0, [*quick, *slow], [True]),
            (MARKED_HEAVY_SECONDS - 1, slow, [True]),
            (MARKED_HEAVY_SECONDS + 1, slow, [False, True]),
            (MARKED_HEAVY_SECONDS + 2, slow, [True]),
        ]
        for clock.now, statements, runs in expected:
            inner.runs.clear()
            await reader.fetch(statements)
            assert inner.runs == runs, clock.now

    asyncio.run(do())


@pytest.mark.parametrize("heavy", [True, False], ids=["declared", "found out"])
def test_cheap_queries_go_on_while_heavy_ones_take_turns(loaded: URL, heavy: bool) -> None:
    """Two heavy queries run and one waits. A cheap query is answered before they end."""

    async def do(reader: Reader) -> None:
        if not heavy:
            await refusal(reader, heavy=False)
        slow = [asyncio.create_task(refusal(reader, heavy=heavy)) for _ in range(3)]
        await asyncio.sleep(0.1)
        for _ in range(20):
            await reader.fetch(())
        assert not any(task.done() for task in slow)
        assert [problem.type for problem in await asyncio.gather(*slow)] == [TOO_SLOW] * 3

    within_some_budget(loaded, do, heavy_queries=2, postgres_connections=3)


def test_a_heavy_query_whose_turn_does_not_come_is_refused(
    loaded: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.limits.MAX_WAITING", 1)

    async def do(reader: Reader) -> None:
        problems = await asyncio.gather(*(refusal(reader, heavy=True) for _ in range(4)))
        assert [problem.type for problem in problems] == [TOO_SLOW, TOO_SLOW, HEAVY, HEAVY]
        assert problems[-1].headers["Retry-After"]

    within_some_budget(loaded, do, heavy_queries=1)


EXPORT = "/v1/passages"


@pytest.fixture
def batches_of_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.exports.BATCH", 10)


def test_exports_of_clients_that_stall_hold_no_connection(
    loaded: URL, batches_of_ten: None
) -> None:
    """Two exports pause. The only database connection still serves other requests."""

    async def run() -> None:
        async with served(loaded, postgres_connections=1, exports=2) as app:
            formats = ("csv", "ndjson")
            stalled = [
                await Download(app, EXPORT, f"format={each}").wait_for_body() for each in formats
            ]
            assert (await answer(app, Hostile("/v1/events"))).status == 200
            assert (await answer(app, Hostile(f"{EXPORT}?format=csv"))).status == 503
            for each in stalled:
                await each.receive_rest()
                assert each.is_complete
            assert (await answer(app, Hostile(f"{EXPORT}?format=csv"))).status == 200

    asyncio.run(run())


def test_a_client_that_takes_nothing_for_too_long_is_given_up(
    loaded: URL, batches_of_ten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.responses.PART_SECONDS", 0.05)

    async def run() -> None:
        async with served(loaded, exports=1) as app:
            stalled = await Download(app, EXPORT, "format=csv").wait_for_body()
            await asyncio.wait([stalled.task], timeout=TIMEOUT)
            assert not stalled.is_complete
            assert (await answer(app, Hostile(f"{EXPORT}?format=csv"))).status == 200

    asyncio.run(run())


def test_a_head_of_an_export_takes_no_room(loaded: URL) -> None:
    async def run() -> None:
        async with served(loaded, exports=1) as app:
            for _ in range(3):
                head = await answer(app, Hostile(f"{EXPORT}?format=csv", method="HEAD"))
                assert (head.status, head.body) == (200, b"")

    asyncio.run(run())
