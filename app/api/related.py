"""Links from an item to the lists that can be filtered by it."""

from dataclasses import dataclass

from app.params.types import Named
from app.resources.filter_types import Filter
from app.resources.resource import Resource


@dataclass(frozen=True, slots=True)
class RelatedList:
    """A list, and its filter that takes the id of the row."""

    key: str
    path: str
    filter: str


def related_lists(kind: str, resources: tuple[Resource, ...]) -> tuple[RelatedList, ...]:
    """The lists that can be filtered by a row of this kind.

    The first filter of a list has the name of the list as its key (`events`); further filters add
    their own name (`events_place`).
    """
    found: list[RelatedList] = []
    for resource in resources:
        name = resource.path.replace("-", "_")
        for index, filter in enumerate(link_filters(resource, kind)):
            key = f"{name}_{filter.name}" if index else name
            found.append(RelatedList(key, resource.path, filter.name))
    return tuple(found)


def link_filters(resource: Resource, kind: str) -> list[Filter]:
    """The filters of a list that take the id of a row of this kind, without narrower variants."""
    return [
        filter
        for filter in resource.filters
        if isinstance(filter.values, Named)
        and kind in filter.values.kinds
        and not filter.where
        and not filter.through
    ]
