"""A socket that stays watched between answers: to begin and end that for each is ten system calls.

It is watched from the first wait until it is readable while nobody waits, as when the other side
hangs up: then until the next wait it is not.
"""

from asyncio import Future, get_running_loop


class Watch:
    """Waits for a socket to be readable; has to end before that is closed."""

    def __init__(self) -> None:
        self._watched: int | None = None
        self._waiting: Future[None] | None = None

    async def readable(self, fileno: int) -> None:
        """Return as soon as there is something to read."""
        loop = get_running_loop()
        if self._watched is None:
            loop.add_reader(fileno, self._see)
            self._watched = fileno
        self._waiting = loop.create_future()
        try:
            await self._waiting
        finally:
            self._waiting = None

    def end(self) -> None:
        """Watch no more, until somebody waits."""
        if self._watched is not None:
            get_running_loop().remove_reader(self._watched)
            self._watched = None

    def _see(self) -> None:
        if self._waiting is None:
            self.end()
        elif not self._waiting.done():
            self._waiting.set_result(None)
