"""The groups of a reading: its lists of entries, each of which becomes the rows of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import create_model

from app.vocabularies.kinds import REGISTRY
from seeds.reading.entries import Reading
from seeds.reading.marked import Marked


@dataclass(frozen=True)
class Groups:
    """The form of a reading: a list of entries for each kind, under the name of the group."""

    model: type[Reading]
    kinds: Mapping[str, str]
    """The kind of each group."""


def groups_of(entries: Mapping[str, type[Marked]]) -> Groups:
    """The groups for the forms of entries, by kind.

    Raises `TypeError`, and so refuses the import of whoever asks, if an entry is of no kind.
    """
    kinds = {kind.module: kind.code for kind in REGISTRY if kind.code in entries}
    for kind in sorted(entries.keys() - set(kinds.values())):
        raise TypeError(f"there are entries for {kind!r}, which is no kind of the registry")
    fields: dict[str, Any] = {
        group: (tuple[entries[kind], ...], ()) for group, kind in kinds.items()
    }
    model = create_model("Reading", __base__=Reading, __doc__=Reading.__doc__, **fields)
    return Groups(model, kinds)
