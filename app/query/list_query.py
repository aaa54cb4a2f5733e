"""The query of a list: the parsed request, with canonical values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from app.hashing import short_hash
from app.links import with_query
from app.params.parameter import Values
from app.params.types import Scalar
from app.query.conditions import Condition
from app.query.cursor import Cursor
from app.query.period import Period
from app.query.query_shape import Shape
from app.query.selectivity import can_drive
from app.query.sort import UNDATED, KeyPart, Sort, SortKey
from app.resources.resource import Resource
from app.search.query import SearchQuery

DEFAULT_LIMIT = 25

Count = Literal["auto", "exact", "none"]

PAGE_PARAMETERS = frozenset(
    ("limit", "offset", "cursor", "count", "include", "expect_dataset", "facet", "facet_limit",
     "format", "fields")
)  # fmt: skip
"""Parameters for the page and its format. They do not change which rows the list has."""

_NOT_IN_IDENTITY = PAGE_PARAMETERS | {"sort"}


@dataclass(frozen=True)
class ListQuery:
    """The parsed query of a request for a list."""

    resource: Resource
    values: Values
    """Canonical values by parameter, without default values."""
    canonical: Mapping[str, list[str]]
    """The same values as text, as they appear in links."""
    shape: Shape
    """The shape of the page."""
    key_parts: tuple[KeyPart, ...]
    """The parts of the sort key."""
    period: Period | None
    cursor: Cursor | None
    search: SearchQuery | None
    limit: int
    offset: int | None
    count: Count
    expected_dataset: str | None

    @classmethod
    def of(
        cls,
        resource: Resource,
        values: Values,
        conditions: tuple[Condition, ...],
        period: Period | None,
        sort: Sort,
        cursor: Cursor | None,
        search: SearchQuery | None,
    ) -> "ListQuery":
        """Build the query from the parsed parts of a request."""
        given: dict[str, Any] = {name: value[0] for name, value in values.items()}
        return cls(
            resource=resource,
            values=values,
            canonical={name: [_as_text(v) for v in values[name]] for name in sorted(values)},
            shape=Shape(
                conditions=conditions,
                date_match=given.get("date_match", "possible") if period else None,
                searched=search is not None,
                sort=sort.keys,
                direction=cursor.direction if cursor else None,
                evidence="include" in given,
                from_undated=is_undated(cursor, sort.parts),
            ),
            key_parts=sort.parts,
            period=period,
            cursor=cursor,
            search=search,
            limit=given.get("limit", DEFAULT_LIMIT),
            offset=given.get("offset"),
            count=given.get("count", "auto"),
            expected_dataset=given.get("expect_dataset"),
        )

    @property
    def has_match(self) -> bool:
        """Whether the rows have `match`, which says how they match the query."""
        return self.period is not None or self.search is not None

    @cached_property
    def list_shape(self) -> Shape:
        """The shape of the whole list, without page and sort.

        A count reads all rows of the list, so conditions are driven from their values where
        possible, even from frequent values.
        """
        page, used = self.shape, self.shape.conditions
        return Shape(
            conditions=tuple(
                replace(each, drive_from_values=can_drive(self.resource, each, used))
                for each in used
            ),
            date_match=page.date_match,
            searched=page.searched,
            sort=(),
            direction=None,
            evidence=False,
        )

    @property
    def echo(self) -> dict[str, str | list[str]]:
        """The canonical query for `meta.query`."""
        texts = self.canonical.items()
        return {name: values if len(values) > 1 else values[0] for name, values in texts}

    def link(self, path: str, changes: Mapping[str, list[str]]) -> str:
        """A link to the first page of this query with some parameters changed or dropped."""
        changed = {**self.canonical, "cursor": [], "offset": [], **changes}
        return with_query(path, {name: changed[name] for name in sorted(changed) if changed[name]})

    @property
    def identity(self) -> str:
        """Hash of the resource, the filters and the sort; a cursor is valid only for these."""
        return identity(self.resource, self.values, self.shape.sort)

    def after(self, key: Sequence[Scalar]) -> "ListQuery":
        """The query for the rows after the row that has this sort key."""
        cursor = Cursor("after", self.identity, "", tuple(key))
        undated = is_undated(cursor, self.key_parts)
        shape = replace(self.shape, direction="after", from_undated=undated)
        return replace(self, cursor=cursor, offset=None, shape=shape)


def is_undated(cursor: Cursor | None, parts: Sequence[KeyPart]) -> bool:
    """Whether the list is sorted by date and the row of the cursor has no date."""
    return cursor is not None and parts[0].name == UNDATED and bool(cursor.key[0])


def identity(resource: Resource, values: Values, sort: Sequence[SortKey]) -> str:
    """Hash of everything that decides which rows a list has, and their order."""
    filters = {name: values[name] for name in sorted(values) if name not in _NOT_IN_IDENTITY}
    return short_hash([resource.path, filters, [str(key) for key in sort]])[:8]


def _as_text(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
