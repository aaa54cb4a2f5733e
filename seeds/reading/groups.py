"""The groups of a reading: one list of entries for each kind of row."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.vocabularies.kinds import REGISTRY
from seeds.reading.marked import Marked


@dataclass(frozen=True)
class Groups:
    """The lists of entries that a reading may have, by the name of the list."""

    entries: Mapping[str, type[Marked]]
    """The model of the entries by the name of the list."""
    kinds: Mapping[str, str]
    """The kind of row by the name of the list."""


def groups_of(entries: Mapping[str, type[Marked]]) -> Groups:
    """The groups of a reading. `entries` maps kinds to the models of their entries.

    Raises `TypeError` if a kind is not in the registry. Then the calling module cannot be imported.
    """
    kinds = {kind.module: kind.code for kind in REGISTRY if kind.code in entries}
    for kind in sorted(entries.keys() - set(kinds.values())):
        raise TypeError(f"there are entries for {kind!r}, which is no kind of the registry")
    return Groups({group: entries[kind] for group, kind in kinds.items()}, kinds)
