"""Progress of a load: a bar on a terminal, else log lines; nothing for a small load."""

import logging
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

LARGE_LOAD = 2_000
"""A load with more rows than this is large, and shows its progress."""

LINE_SECONDS = 5.0
_LOG = logging.getLogger("hkus.load")


class Progress(Protocol):
    """Receives the progress of a load."""

    def advance(self, rows: int) -> None:
        """Add a number of rows that are done."""
        ...

    def notify(self, message: str) -> None:
        """Show a message to the person who waits."""
        ...


class Quiet:
    """Shows messages, but no progress."""

    def advance(self, rows: int) -> None:
        pass

    def notify(self, message: str) -> None:
        _LOG.info(message)


class Lines(Quiet):
    """Shows progress as a log line every few seconds."""

    def __init__(self, total: int, verb: str = "loaded") -> None:
        self._verb = verb
        self._total, self._done, self._next = total, 0, time.monotonic() + LINE_SECONDS

    def advance(self, rows: int) -> None:
        self._done += rows
        if self._done >= self._total or time.monotonic() >= self._next:
            self._next = time.monotonic() + LINE_SECONDS
            _LOG.info("%s %d of %d rows", self._verb, self._done, self._total)


@contextmanager
def progress_display(total: int, verb: str = "loaded") -> Generator[Progress]:
    """The progress display for `total` rows, on standard error. `verb` says what is done."""
    if total <= LARGE_LOAD:
        yield Quiet()
    elif sys.stderr.isatty():
        with _bar(total, verb) as bar:
            yield bar
    else:
        yield Lines(total, verb)


@contextmanager
def _bar(total: int, verb: str) -> Generator[Progress]:
    # Rich takes a tenth of a second to import, so it is imported only for the bar.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    label = TextColumn(verb.capitalize())
    columns = (label, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=Console(stderr=True)) as display:
        task = display.add_task("rows", total=total)

        class Bar:
            def advance(self, rows: int) -> None:
                display.advance(task, rows)

            def notify(self, message: str) -> None:
                display.console.print(message)

        yield Bar()
