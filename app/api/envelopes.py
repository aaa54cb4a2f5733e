"""The schemas of answers: one named page and one named item for each resource."""

from functools import cache
from types import GenericAlias
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from app.api.related import related_lists
from app.resources.resource import Resource
from app.resources.rows import Hash, Link
from app.schema import Schema


class DatasetMeta(Schema):
    """The dataset of the answer."""

    version: Hash
    """Hash of the loaded content: the same on every database that holds it."""


class PageDataset(DatasetMeta):
    """The dataset of the page."""

    changed_since_cursor: bool | None
    """Whether the data were reloaded since the cursor was issued; null without a cursor."""


class PageMeta(Schema):
    """Counts of the list, and the query."""

    total: int | None
    """Rows in the whole list; null with `count=none`."""
    total_relation: Literal["eq", "gte"] | None
    """`eq` if the total is exact, `gte` if there are more rows than `total`."""
    returned: int
    """Rows on this page."""
    limit: int
    """The `limit` of the query."""
    undated: int | None
    """Rows that match all other filters but have no date, so a date query leaves them out."""
    suggestion: str | None
    """A similar `q` that finds rows of this list, if `q` finds none; null if there is none."""
    dataset: PageDataset
    query: dict[str, str | list[str]]
    """The query in canonical form; `links.self` repeats it."""


class PageLinks(Schema):
    """Root-relative links to this page and its neighbours."""

    self: Link
    """The same page again."""
    first: Link
    """The first page."""
    prev: Link | None
    """The page before this one; null on the first one."""
    next: Link | None
    """The page after this one; null on the last one."""


class BucketLinks(Schema):
    """Links of a bucket."""

    toggle: Link
    """The query with this value added or, if it is selected, removed."""


class Bucket(Schema):
    """The rows that have one value."""

    value: str
    """The value as the filter takes it."""
    label: str
    """Its name for people."""
    count: int
    """How many rows have it."""
    selected: bool
    """Whether the query filters by it."""
    links: BucketLinks


class Imprecise(Schema):
    """Rows whose date is too imprecise for a bucket."""

    value: str
    """Their date in EDTF."""
    count: int
    """How many rows have it."""


class Facet(Schema):
    """How many rows have each value. All filters apply except the facet's own."""

    buckets: list[Bucket]
    """Sorted by count, largest first; calendar buckets by date, with empty ones between them."""
    missing: int
    """Rows without a value."""
    imprecise: list[Imprecise]
    """Only in calendar facets: dated rows that are in no bucket."""
    truncated: bool
    """Whether there are more buckets than `facet_limit`."""


class SelfLink(Schema):
    """A link to the same answer."""

    self: Link
    """Root-relative."""


class ListLink(Schema):
    """A list that is filtered by this row."""

    href: Link
    """The list."""
    count: int
    """Rows in it."""


class ItemMeta(Schema):
    """The dataset of an item."""

    dataset: DatasetMeta


class Composed(Schema):
    """The base of models that `create_model` makes: no source has docstrings of their fields."""

    model_config = ConfigDict(use_attribute_docstrings=False)


def page_model(resource: Resource) -> type[BaseModel]:
    """`EventPage`: the answer of a list route."""
    return _page(resource.model.__name__, resource.row)


@cache
def _page(name: str, row: type[Schema]) -> type[BaseModel]:
    """One model for all lists with the same kind of row."""
    rows: Any = GenericAlias(list, (row,))  # The type is known only at run time.
    return create_model(
        f"{name}Page",
        __base__=Composed,
        __doc__="A page of a list.",
        data=(rows, Field(description="The rows, in the order of `sort`.")),
        meta=(PageMeta, ...),
        links=(PageLinks, ...),
        facets=(dict[str, Facet] | None, Field(description=_FACETS)),
    )


_FACETS = "The facets of the parameter `facet`; null without that parameter."


def item_model(resource: Resource, resources: tuple[Resource, ...]) -> type[BaseModel]:
    """`EventItem`: the answer of an item route."""
    name = resource.model.__name__
    fields: dict[str, Any] = {
        each.key: (ListLink, ...) for each in related_lists(resource.kind, resources)
    }
    links = create_model(
        f"{name}ItemLinks",
        __base__=Composed,
        __doc__="Links to the row and to the lists that can be filtered by it.",
        self=(Link, Field(description="The item route of the row.")),
        **fields,
    )
    return create_model(
        f"{name}Item",
        __base__=Composed,
        __doc__=f"One of the {resource.title.lower()}.",
        data=(_with_evidence(resource), ...),
        meta=(ItemMeta, ...),
        links=(links, ...),
    )


def _with_evidence(resource: Resource) -> type[BaseModel]:
    """`EventDetail`: a row that always has its evidence."""
    if resource.evidence is None:
        return resource.row
    field = resource.row.model_fields[resource.evidence]
    described = Field(description=field.description)
    always: dict[str, Any] = {resource.evidence: (field.annotation, described)}
    name = f"{resource.model.__name__}Detail"
    bases = (resource.row, Composed)
    return create_model(name, __base__=bases, __doc__=resource.row.__doc__, **always)
