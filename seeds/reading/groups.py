"""The groups of a reading: its lists of entries, each of which becomes the rows of one kind."""

from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.resources.rows import CitedRow
from seeds.reading.entries import Reading

BESIDE = ("document", "background", "retired")
"""The fields of a reading whose content does not become rows of cited words."""


def groups_of(reading: type[BaseModel], resources: Iterable[Resource]) -> dict[str, str]:
    """Each group of the reading, by its name in YAML, with the kind of its rows.

    A group is named by the path of its resource. Raises `TypeError`, and so refuses the import of
    this module, if a kind that cites words has no group, or a group has no kind: its entries would
    be read, and make no rows.
    """
    kinds = {
        each.path.replace("-", "_"): each.kind
        for each in resources
        if issubclass(each.row, CitedRow)
    }
    declared = set(reading.model_fields) - set(BESIDE)
    for group in sorted(declared - set(kinds)):
        raise TypeError(
            f"no kind claims the group {group!r} of {reading.__name__}; there are groups for "
            f"{', '.join(kinds)}. Add the resource to app/resources, or rename the group"
        )
    for group in sorted(set(kinds) - declared):
        raise TypeError(
            f"the kind {kinds[group]!r} has no group; "
            f"add the field {group!r} to {reading.__name__} in seeds/reading/entries.py"
        )
    return kinds


GROUPS: Mapping[str, str] = groups_of(Reading, RESOURCES)
