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

EXPORT_RETRY_SECONDS = 10
"""Retry-After of an export that is refused, in seconds: about the time until another one ends."""


@dataclass
class Exports:
    """Limits how many exports run at once, so that other requests are not slowed down."""

    limit: int
    running: int = 0

    @contextmanager
    def slot(self) -> Generator[None]:
        """A slot for one export while the context is open; raises 503 if all are taken."""
        if self.running >= self.limit:
            detail = f"{self.limit} exports are running; try again when one of them has ended."
            raise ProblemError(BUSY, detail, headers={"Retry-After": str(EXPORT_RETRY_SECONDS)})
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1


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
