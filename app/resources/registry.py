"""The registry of resources, one for each kind in the registry of kinds.

Generic code imports resources from here.
"""

from collections.abc import Iterable
from importlib import import_module

from app.resources import change_log as change_log  # declares tables that no resource has
from app.resources.derived import Dataset
from app.resources.dyads import DYADS
from app.resources.resource import Resource
from app.vocabularies import SHARED, Code, Vocabulary
from app.vocabularies.kinds import KINDS, REGISTRY, Kind

PACKAGE = "app.resources"


def resource_of(kind: Kind) -> Resource:
    """The resource that the module of a kind declares.

    Raises `TypeError` unless there is exactly one. Then this module cannot be imported.
    """
    name = f"{PACKAGE}.{kind.module}"
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        message = f"the kind {kind.code!r} has no resource; declare it in {name}"
        raise TypeError(message) from None
    declared = [each for each in vars(module).values() if isinstance(each, Resource)]
    found = [each for each in declared if (each.kind, each.path) == (kind.code, kind.path)]
    if len(found) != 1:
        raise TypeError(
            f"{name} declares {len(found)} resources of the kind {kind.code!r} and the path "
            f"{kind.path!r}; there has to be one"
        )
    return found[0]


RESOURCES: tuple[Resource, ...] = tuple(map(resource_of, REGISTRY))
BY_KIND = {resource.kind: resource for resource in RESOURCES}
DERIVED: tuple[Resource, ...] = (DYADS,)
"""The lists of derived rows. They have no item route, and no row refers to theirs."""
WITH_DERIVED = (*RESOURCES, *DERIVED)

METADATA = Dataset.metadata
"""The metadata of all tables. The import of this module declares them."""


def _of_columns() -> list[Vocabulary]:
    """The vocabularies of all columns, with duplicates."""
    columns = (column for table in METADATA.tables.values() for column in table.columns)
    return [column.info["vocabulary"] for column in columns if "vocabulary" in column.info]


def _joined(vocabularies: Iterable[Vocabulary]) -> tuple[Code, ...]:
    """The codes of all vocabularies. If a code occurs several times, the first one is kept."""
    found: dict[str, Code] = {}
    for each in vocabularies:
        for code in each:
            found.setdefault(code.value, code)
    return tuple(found.values())


def titles(resources: Iterable[Resource]) -> str:
    """The names of the lists in a sentence: "laws, polls and actors"."""
    *others, last = (resource.title.lower() for resource in resources)
    return f"{', '.join(others)} and {last}" if others else last


_own = dict.fromkeys(each for each in _of_columns() if each not in (*SHARED, KINDS))
_declared = (*SHARED, *_own)
_typed = {
    each.table.c.type.info["vocabulary"]: each for each in RESOURCES if "type" in each.table.c
}
_types = [vocabulary for vocabulary in _declared if vocabulary in _typed]

ENTRY_TYPES = Vocabulary(
    "entry-types",
    "Types of rows of all kinds",
    f"The types of {titles(_typed[each] for each in _types)} together.",
    "own",
    _joined(_types),
)
VOCABULARIES = (KINDS, ENTRY_TYPES, *_declared)
"""All vocabularies: first those of rows of all kinds, then those of fields that tables share, then
those of single tables."""
