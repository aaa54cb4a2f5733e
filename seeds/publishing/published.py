"""What a database holds, and what a load did to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from migrations import HEAD, REVISIONS
from seeds.publishing.faults import NEWER, PublishError


@dataclass(frozen=True, slots=True)
class Held:
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

    def refuse_newer(self, name: str) -> None:
        """Raise `PublishError` if the tables are those of another version of this project."""
        if self.revision is not None and self.revision not in REVISIONS:
            raise PublishError(f"{name}: {NEWER.format(revision=repr(self.revision))}.")


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of all kinds a load added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """The outcome of a load: `changed` is false if the content was there already.

    `counts` are the rows of each kind.
    """

    version: str
    changed: bool
    counts: Mapping[str, int]
    difference: Difference = Difference()
