"""Which lists can be filtered by a row of a kind: the links that an item answer carries."""

from dataclasses import dataclass

from app.params.types import Named
from app.resources.filter_types import Filter
from app.resources.resource import Resource


@dataclass(frozen=True, slots=True)
class RelatedList:
    """A list and the filter by which it is narrowed to a row."""

    key: str
    path: str
    filter: str


def related_lists(kind: str, resources: tuple[Resource, ...]) -> tuple[RelatedList, ...]:
    """The first fitting filter of a list gives the link its plain name (`events`), each further
    one a longer one (`events_place`)."""
    found: list[RelatedList] = []
    for resource in resources:
        name = resource.path.replace("-", "_")
        for place, filter in enumerate(link_filters(resource, kind)):
            key = f"{name}_{filter.name}" if place else name
            found.append(RelatedList(key, resource.path, filter.name))
    return tuple(found)


def link_filters(resource: Resource, kind: str) -> list[Filter]:
    """The filters of a list that take a row of this kind, without special cases of others."""
    return [
        filter
        for filter in resource.filters
        if isinstance(filter.values, Named)
        and kind in filter.values.kinds
        and not filter.where
        and not filter.through
    ]
