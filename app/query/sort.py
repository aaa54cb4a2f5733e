"""Sorting: the keys of `sort`. Nulls come last. The order is total: no two rows are equal in it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.problems.messages import nearest, quoted
from app.problems.problems import Fault, InvalidValue
from app.resources.resource import Resource

RELEVANCE = "relevance"
"""The sort key of a search: how relevant a row is, by the tier of its match."""

TIER = "tier"
"""The part of the sort key for `relevance`."""
UNDATED = "date_undated"
"""The first part of the sort key for `date`: 1 if the row has no date, else 0."""
MISSING = "_missing"
"""Suffix of a part of the sort key: 1 if the value is null, else 0."""


@dataclass(frozen=True)
class SortKey:
    """A key of `sort`: `date`, or `-date` for descending."""

    name: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class KeyPart:
    """One part of a row's sort key in a cursor: its name, its type and its direction."""

    name: str
    kind: type
    descending: bool = False


def sort_names(resource: Resource) -> tuple[str, ...]:
    """The names of the sort keys of a resource."""
    return (*(("date",) if resource.dated else ()), *resource.sort_columns, RELEVANCE)


def default_sort(resource: Resource, *, searched: bool = False) -> tuple[SortKey, ...]:
    """Relevance if there is a search, else date if the resource has dates, else position."""
    return (SortKey(RELEVANCE if searched else "date" if resource.dated else "position"),)


@dataclass(frozen=True)
class SortValue:
    """The values of `sort` for one resource: the name of a sort key, with `-` for descending."""

    names: tuple[str, ...]

    def read(self, text: str) -> str:
        name = text.removeprefix("-")
        if name not in self.names:
            suggestion = nearest(name, self.names)
            raise InvalidValue(
                f"{quoted(text)} is not a sort key of this list.",
                code="unknown-sort",
                suggestion=suggestion,
                allowed=self.names,
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "enum": [f"{mark}{name}" for name in self.names for mark in ("", "-")],
        }


@dataclass(frozen=True)
class Sort:
    """The order of a list: that of the parameter `sort`, or the default."""

    keys: tuple[SortKey, ...]
    parts: tuple[KeyPart, ...]
    """The parts of the sort key."""
    is_default: bool
    has_index: bool
    """Whether an index has this order. If not, the database reads and sorts all rows of the result
    for a page."""
    faults: tuple[Fault, ...]


@lru_cache(maxsize=1_000)
def parse_sort(resource: Resource, texts: tuple[str, ...], searched: bool) -> Sort:
    """Parse `texts`, the values of `sort`. `searched` says whether the query has a search."""
    keys = tuple(SortKey(text.removeprefix("-"), text.startswith("-")) for text in texts)
    default = default_sort(resource, searched=searched)
    faults: list[Fault] = []
    if not searched and any(key.name == RELEVANCE for key in keys):
        message = "'relevance' is how well rows fit the words of a search; give them by 'q'."
        faults.append(Fault("sort", "without-words", message, RELEVANCE))
    if len({key.name for key in keys}) < len(keys):
        message = "'sort' has a key in both directions; give it once."
        faults.append(Fault("sort", "exclusive", message))
    keys = keys or default
    by_words = (RELEVANCE,) if resource.parent is None else ()
    indexed = (*by_words, *(key.name for key in default_sort(resource)))
    return Sort(
        keys=keys,
        parts=key_parts(resource, keys),
        is_default=keys == default,
        has_index=len(keys) == 1 and keys[0].name in indexed,
        faults=tuple(faults),
    )


@lru_cache(maxsize=1_000)
def key_parts(resource: Resource, sort: tuple[SortKey, ...]) -> tuple[KeyPart, ...]:
    """The parts of a sort key: those of `sort`, then position and id, ascending.

    A sort key that can be null has two parts: whether it is null, and its value.
    """
    keys = (*sort, SortKey("position"), SortKey("id"))
    found: dict[str, KeyPart] = {}
    for key in keys:
        for part in _parts(resource, key):
            found.setdefault(part.name, part)
    return tuple(found.values())


def _parts(resource: Resource, key: SortKey) -> tuple[KeyPart, ...]:
    if key.name == RELEVANCE:
        return (KeyPart(TIER, int, key.descending),)
    if key.name == "date":
        return KeyPart(UNDATED, int), KeyPart("date_sort", str, key.descending)
    column = resource.sort_columns[key.name]
    value = KeyPart(column.name, column.type.python_type, key.descending)
    return (KeyPart(f"{column.name}{MISSING}", int), value) if column.nullable else (value,)


BY_RELEVANCE = (SortKey(RELEVANCE),)
"""The only sort that streams the hits of a search from the index of words."""
