"""Lanes: heavy queries take turns, a few at once, so that cheap ones always find their way."""

import asyncio
import time
from collections.abc import AsyncGenerator, Hashable, Sequence
from contextlib import asynccontextmanager

from app.db.reader import Reader, ReaderWrapper, Snapshot, SqlStatement
from app.problems.problems import HEAVY, TOO_SLOW, ProblemError

LIGHT_SECONDS = 0.25
"""A query that is not known as heavy may work so long; then it is, and is run again as such. Work
is CPU time: on a machine that has too much to do, cheap queries take long, but are not heavy."""
HELD_UP_SECONDS = 1.0
"""So long may such a query hold up others by the clock, whatever it waits for."""
REMEMBERED_SECONDS = 60.0
"""So long is a query's shape known as heavy after it was found out."""
MOST_WAITING = 64
"""So many heavy queries may wait for their turn."""


class LimitedReader(ReaderWrapper):
    """Reads by another reader. A heavy fetch waits for its turn, and is refused if that takes too
    long; which fetches are heavy is declared by who asks, or learnt from what was slow."""

    def __init__(self, reader: Reader, most_heavy: int, patience: float) -> None:
        super().__init__(reader)
        self._most_heavy = most_heavy
        self._patience = patience
        self._turns = asyncio.Semaphore(most_heavy)
        self._waiting = 0
        self._slow: dict[Hashable, float] = {}

    async def fetch(self, asks: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        once = {ask.shape: ask for ask in asks}
        fetched = await self._fetched(list(once.values()), heavy=heavy)
        rows = dict(zip(once, fetched.results, strict=True))
        told = [
            ask.transform(rows[ask.shape]) if ask.transform else rows[ask.shape] for ask in asks
        ]
        return Snapshot(fetched.dataset, told)

    async def _fetched(self, asks: Sequence[SqlStatement], *, heavy: bool) -> Snapshot:
        if not (heavy or (self._slow and self._was_slow(asks))):
            try:
                return await self._reader.fetch(asks)
            except ProblemError as problem:
                if problem.type is not TOO_SLOW:
                    raise
            until = time.monotonic() + REMEMBERED_SECONDS
            self._slow |= {ask.shape: until for ask in asks}
        async with self._turn():
            return await self._reader.fetch(asks, heavy=True)

    def _was_slow(self, asks: Sequence[SqlStatement]) -> bool:
        now = time.monotonic()
        self._slow = {shape: until for shape, until in self._slow.items() if until > now}
        return any(ask.shape in self._slow for ask in asks)

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None]:
        if self._turns.locked() and self._waiting >= MOST_WAITING:
            raise self._busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    def _busy(self) -> ProblemError:
        detail = f"{self._most_heavy} heavy queries are under way, and more wait for their turn."
        return ProblemError(HEAVY, detail, headers={"Retry-After": "5"})
