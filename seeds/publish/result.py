"""The state of a database, and the result of a load."""

from collections.abc import Mapping
from dataclasses import dataclass

from migrations import HEAD, standing
from seeds.publish.faults import UNUSABLE, PublishError


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """The revision and the dataset of a database; all None if it is empty or missing.

    If the revision is not the newest, the other fields are None, too.
    """

    revision: str | None = None
    version: str | None = None
    rendering: str | None = None
    seeds: str | None = None
    loaded_at: str | None = None

    @property
    def migrated(self) -> bool:
        return self.revision == HEAD

    def is_rendered(self, version: str, rendering: str) -> bool:
        """Whether the database has this version of the dataset, in this rendering."""
        return (self.version, self.rendering) == (version, rendering)

    def refuse_unusable(self, name: str, **cures: str) -> None:
        """Raise `PublishError` if this version can neither read nor migrate the tables.

        `name` is the database in the message. `cures` has further cures by standing. Without the
        cure `earlier`, tables from before the baseline are accepted.
        """
        if self.revision is None:
            return
        cure = {**UNUSABLE, **cures}.get(standing(self.revision))
        if cure:
            mismatch = f"its tables have revision {self.revision!r} and this version needs {HEAD!r}"
            raise PublishError(f"{name}: {mismatch}; {cure}.")


@dataclass(frozen=True, slots=True)
class Difference:
    """The number of rows, of all kinds, that a load has added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The result of a load. `changed` is false if the database had the same content already.

    `counts` is the number of rows of each kind.
    """

    version: str
    changed: bool
    counts: Mapping[str, int]
    difference: Difference = Difference()
