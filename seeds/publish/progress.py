"""Progress of a load: a bar on a terminal, lines elsewhere, nothing if there is little to do."""

import logging
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

MUCH = 2_000
"""From so many rows on, a person wonders whether anything happens."""

LINE_SECONDS = 5.0
_LOG = logging.getLogger("hkus.load")


class Progress(Protocol):
    """Told how far a load is."""

    def advance(self, rows: int) -> None:
        """So many more rows are done."""
        ...

    def say(self, message: str) -> None:
        """Something that a person who waits wants to know."""
        ...


class Quiet:
    """Progress that shows nothing but what is said."""

    def advance(self, rows: int) -> None:
        pass

    def say(self, message: str) -> None:
        _LOG.info(message)


class Lines(Quiet):
    """A log line every few seconds."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._next = total, 0, time.monotonic() + LINE_SECONDS

    def advance(self, rows: int) -> None:
        self._done += rows
        if self._done >= self._total or time.monotonic() >= self._next:
            self._next = time.monotonic() + LINE_SECONDS
            _LOG.info("loaded %d of %d rows", self._done, self._total)


@contextmanager
def shown_progress(total: int) -> Generator[Progress]:
    """What fits the size of the load and where its messages go (standard error)."""
    if total <= MUCH:
        yield Quiet()
    elif sys.stderr.isatty():
        with _bar(total) as bar:
            yield bar
    else:
        yield Lines(total)


@contextmanager
def _bar(total: int) -> Generator[Progress]:
    # Rich takes a tenth of a second to import, so only those who look at it pay for it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("Loading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("rows", total=total)

        class Bar:
            def advance(self, rows: int) -> None:
                shown.advance(task, rows)

            def say(self, message: str) -> None:
                shown.console.print(message)

        yield Bar()
