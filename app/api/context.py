"""What all routes of one server share."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from app.api.suggestions import Suggestions
from app.db import Reader
from app.problems.problems import BUSY, ProblemError
from app.query.parse import Lookups
from app.settings import Settings

EXPORT_SECONDS = 10
"""So long, about, until one of a few exports has ended."""


@dataclass
class Exports:
    """Counts the exports that are under way; a few at once leave room for everybody else."""

    most: int
    under_way: int = 0

    @contextmanager
    def one_more(self) -> Generator[None]:
        """While an export is under way; raises a problem if there are too many."""
        if self.under_way >= self.most:
            detail = f"{self.most} exports are under way."
            raise ProblemError(BUSY, detail, headers={"Retry-After": str(EXPORT_SECONDS)})
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1


@dataclass(frozen=True)
class AppContext:
    """The settings, the reader of the data, and what is looked up in them."""

    settings: Settings
    reader: Reader
    lookups: Lookups
    suggestions: Suggestions
    exports: Exports
