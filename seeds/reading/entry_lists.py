"""The lists of entries of a reading: one list of entries for each kind of row."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.vocabularies.kinds import REGISTRY
from seeds.reading.entry import RowEntry


@dataclass(frozen=True)
class EntryLists:
    """The lists of entries that a reading may have, by the name of the list."""

    entries: Mapping[str, type[RowEntry]]
    """The model of the entries by the name of the list."""
    kinds: Mapping[str, str]
    """The kind of row by the name of the list."""


def entry_lists_of(entries: Mapping[str, type[RowEntry]]) -> EntryLists:
    """The lists of entries of a reading. `entries` maps kinds to the models of their entries.

    Raises `TypeError` if a kind is not in the registry. Then the calling module cannot be imported.
    """
    kinds = {kind.module: kind.code for kind in REGISTRY if kind.code in entries}
    for kind in sorted(entries.keys() - set(kinds.values())):
        raise TypeError(f"there are entries for {kind!r}, which is no kind of the registry")
    return EntryLists({name: entries[kind] for name, kind in kinds.items()}, kinds)
