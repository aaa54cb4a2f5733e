"""The schemas of answers, one named page and item for each resource, for the OpenAPI document."""

from types import GenericAlias
from typing import Any

from pydantic import BaseModel, create_model

from app.http.related import related_lists
from app.resource import Resource
from app.rows import Schema


class DatasetMeta(Schema):
    """Which content the answer is from."""

    version: str
    """Hash of the loaded content: the same on every database that holds it."""


class PageDataset(DatasetMeta):
    """Which content the page is from."""

    changed_since_cursor: bool | None
    """Whether the data were reloaded since the cursor was issued; null without a cursor."""


class PageMeta(Schema):
    """What a page is of."""

    total: int | None
    """Rows in the whole list; null with `count=none`."""
    total_relation: str | None
    """`eq` if the total is exact, `gte` if there are more."""
    returned: int
    """Rows on this page."""
    limit: int
    undated: int | None
    """Rows that a date query leaves out because they have no date."""
    dataset: PageDataset
    query: dict[str, str | list[str]]
    """The canonical query; `links.self` runs it again."""


class PageLinks(Schema):
    """Root-relative links to this page and its neighbours."""

    self: str
    first: str
    prev: str | None
    next: str | None


class SelfLink(Schema):
    """The link that asks the same again."""

    self: str


class ListLink(Schema):
    """A list that is filtered by the row."""

    href: str
    count: int
    """Rows in it."""


class ItemMeta(Schema):
    """What an item is from."""

    dataset: DatasetMeta


def _many(row: type[Schema]) -> Any:
    """A list of rows of a type that is known only when it runs."""
    return (GenericAlias(list, (row,)), ...)


def page_model(resource: Resource) -> type[BaseModel]:
    """`EventPage`: the answer of a list route."""
    name = resource.model.__name__
    return create_model(
        f"{name}Page",
        __base__=Schema,
        __doc__=f"A page of {resource.title.lower()}.",
        data=_many(resource.row),
        meta=(PageMeta, ...),
        links=(PageLinks, ...),
        facets=(dict[str, Any] | None, ...),
    )


def item_model(resource: Resource, resources: tuple[Resource, ...]) -> type[BaseModel]:
    """`EventItem`: the answer of an item route."""
    name = resource.model.__name__
    fields: dict[str, Any] = {
        each.key: (ListLink, ...) for each in related_lists(resource.kind, resources)
    }
    links = create_model(
        f"{name}Links",
        __base__=Schema,
        __doc__="Links to the row and to the lists that can be filtered by it.",
        self=(str, ...),
        **fields,
    )
    return create_model(
        f"{name}Item",
        __base__=Schema,
        __doc__=f"One of the {resource.title.lower()}.",
        data=(resource.row, ...),
        meta=(ItemMeta, ...),
        links=(links, ...),
    )
