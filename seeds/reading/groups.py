"""The groups of a reading: one list of entries for each kind of row."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.vocabularies.kinds import REGISTRY
from seeds.reading.marked import Marked


@dataclass(frozen=True)
class Groups:
    """The lists of entries that a reading may hold, by the name of the list."""

    entries: Mapping[str, type[Marked]]
    """The form of the entries of each list."""
    kinds: Mapping[str, str]
    """The kind of each list."""


def groups_of(entries: Mapping[str, type[Marked]]) -> Groups:
    """The groups for the forms of entries, by kind.

    Raises `TypeError` if an entry is of no kind, so that the module that calls it is not imported.
    """
    kinds = {kind.module: kind.code for kind in REGISTRY if kind.code in entries}
    for kind in sorted(entries.keys() - set(kinds.values())):
        raise TypeError(f"there are entries for {kind!r}, which is no kind of the registry")
    return Groups({group: entries[kind] for group, kind in kinds.items()}, kinds)
