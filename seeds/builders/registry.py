"""The builders of all kinds in the registry, and the lists of entries that a reading may have."""

from importlib import import_module

from app.vocabularies.kinds import REGISTRY, Kind
from seeds.builders.builder import Builder
from seeds.reading.entry_lists import entry_lists_of

PACKAGE = "seeds.builders"


def builder_of(kind: Kind) -> Builder:
    """The builder that the module of a kind declares.

    Raises `TypeError` if there is none. Then this module cannot be imported. Without the error,
    entries of the kind would silently make no rows.
    """
    name = f"{PACKAGE}.{kind.module}"
    try:
        found = getattr(import_module(name), "BUILDER", None)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        found = None
    if not isinstance(found, Builder):
        raise TypeError(f"the kind {kind.code!r} has no builder; declare BUILDER in {name}")
    return found


BUILDERS = {kind.code: builder_of(kind) for kind in REGISTRY if kind.is_read}
"""The builders by kind. Events come first, because the history of laws and agreements is made from
events."""

ENTRY_LISTS = entry_lists_of({kind: builder.entry for kind, builder in BUILDERS.items()})
"""The lists of entries of a reading."""
