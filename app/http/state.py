"""What all routes of one server share."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.requests import Request

from app.data import Reader
from app.problems import BUSY, ProblemError
from app.query.names import Directory
from app.settings import Settings

MOST_EXPORTS = 4
"""Of one worker, at once; a few leave room for everybody else."""
EXPORT_SECONDS = 10
"""So long, about, until one of them has ended."""


@dataclass
class Exports:
    """How many exports are under way."""

    under_way: int = 0

    def refuse_if_full(self) -> None:
        """Raises 503 if so many are under way that another one has to wait."""
        if self.under_way >= MOST_EXPORTS:
            detail = f"{MOST_EXPORTS} exports are under way."
            raise ProblemError(BUSY, detail, headers={"Retry-After": str(EXPORT_SECONDS)})

    @contextmanager
    def one_more(self) -> Generator[None]:
        """Counts an export among those under way, however it ends."""
        self.refuse_if_full()
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1


@dataclass(frozen=True)
class Served:
    """The settings, the reader of the data, and the directory of names."""

    settings: Settings
    reader: Reader
    directory: Directory
    exports: Exports = field(default_factory=Exports)

    @classmethod
    def of(cls, request: Request) -> "Served":
        served: Served = request.app.state.served
        return served
