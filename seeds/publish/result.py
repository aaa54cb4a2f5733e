"""What a database holds, and what a load did to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from migrations import HEAD, standing
from seeds.publish.faults import UNUSABLE, PublishError


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What a database says of itself; all null if it is empty, or not there.

    Of a database that is not migrated to the newest revision, nothing else is asked.
    """

    revision: str | None = None
    version: str | None = None
    rendering: str | None = None
    seeds: str | None = None
    loaded_at: str | None = None

    @property
    def migrated(self) -> bool:
        return self.revision == HEAD

    def refuse_unusable(self, name: str, **cures: str) -> None:
        """Raise `PublishError` about the database `name` if its tables can be neither read nor
        migrated. `earlier` says what to do with tables of migrations that are no longer kept; they
        are accepted without it."""
        if self.revision is None:
            return
        cure = {**UNUSABLE, **cures}.get(standing(self.revision))
        if cure:
            found = f"its tables have revision {self.revision!r} and this version needs {HEAD!r}"
            raise PublishError(f"{name}: {found}; {cure}.")


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of all kinds a load added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The outcome of a load: `changed` is false if the content was there already.

    `counts` are the rows of each kind.
    """

    version: str
    changed: bool
    counts: Mapping[str, int]
    difference: Difference = Difference()
