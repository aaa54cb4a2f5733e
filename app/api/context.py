"""Objects that all routes of one server share."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from app.api.suggestions import Suggestions
from app.db import Reader
from app.links import PublicAddress
from app.problems.problems import BUSY, ProblemError
from app.query.parse import Lookups
from app.settings import Settings

EXPORT_SECONDS = 10
"""Retry-After for an export that is refused: about the time until another one ends, in seconds."""


@dataclass
class Exports:
    """Limits how many exports run at once, so that other requests keep their share."""

    most: int
    under_way: int = 0

    @contextmanager
    def one_more(self) -> Generator[None]:
        """Count one export while the context is open; raises 503 if too many run."""
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
    """The settings, the database reader, and lookups in the data."""

    settings: Settings
    reader: Reader
    lookups: Lookups
    suggestions: Suggestions
    exports: Exports

    @property
    def address(self) -> PublicAddress:
        """The public address of the service."""
        return PublicAddress(self.settings.public_url)
