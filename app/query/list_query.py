"""The query of a list: what a request asks, in canonical values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, cast

from app.hashing import short_hash
from app.links import with_query
from app.params.parameter import Values
from app.params.types import Scalar
from app.query.conditions import Condition
from app.query.cursor import Cursor
from app.query.period import Asked, Matching
from app.query.selectivity import can_come_first
from app.query.shape import Shape
from app.query.sort import UNDATED, KeyPart, SortKey, key_parts
from app.resources.resource import Resource
from app.search.query import SearchQuery

DEFAULT_LIMIT = 25

Count = Literal["auto", "exact", "none"]

SHOWN = frozenset(
    ("limit", "offset", "cursor", "count", "include", "expect_dataset", "facet", "facet_limit",
     "format", "fields")
)  # fmt: skip
"""Parameters that change how much is shown and how, not which rows there are."""

_NOT_BINDING = SHOWN | {"sort"}


@dataclass(frozen=True)
class ListQuery:
    """What a request for a list asks, with canonical values: none that is there by default."""

    resource: Resource
    values: Values
    conditions: tuple[Condition, ...]
    period: Asked | None
    sort: tuple[SortKey, ...]
    cursor: Cursor | None
    search: SearchQuery | None = None

    @cached_property
    def limit(self) -> int:
        return cast(int, self._one("limit", DEFAULT_LIMIT))

    @property
    def offset(self) -> int | None:
        return cast("int | None", self._one("offset", None))

    @property
    def count(self) -> Count:
        return cast(Count, self._one("count", "auto"))

    @property
    def matching(self) -> Matching:
        return cast(Matching, self._one("date_match", "possible"))

    @property
    def evidence(self) -> bool:
        return "include" in self.values

    @property
    def expected_dataset(self) -> str | None:
        return cast("str | None", self._one("expect_dataset", None))

    def _one(self, name: str, default: Scalar | None) -> Scalar | None:
        given = self.values.get(name)
        return given[0] if given else default

    @cached_property
    def key_parts(self) -> tuple[KeyPart, ...]:
        """The parts of its sort key."""
        return key_parts(self.resource, self.sort)

    @property
    def has_match(self) -> bool:
        """Whether rows say how they fit the query."""
        return self.period is not None or self.search is not None

    @cached_property
    def shape(self) -> Shape:
        return Shape(
            conditions=self.conditions,
            matching=self.matching if self.period else None,
            searched=self.search is not None,
            sort=self.sort,
            direction=self.cursor.direction if self.cursor else None,
            evidence=self.evidence,
            from_undated=self._from_undated,
        )

    @property
    def _from_undated(self) -> bool:
        """Whether the cursor of a walk by date stands at a row without a date."""
        by_date = self.cursor is not None and self.key_parts[0].name == UNDATED
        return by_date and bool(self.cursor and self.cursor.key[0])

    @cached_property
    def whole_shape(self) -> Shape:
        """The shape of the whole list, of which this is a page: since all its rows are wanted, they
        are found from the values on, however many these are of."""
        page, used = self.shape, self.conditions
        return Shape(
            conditions=tuple(
                replace(each, values_first=can_come_first(self.resource, each, used))
                for each in used
            ),
            matching=page.matching,
            searched=page.searched,
            sort=(),
            direction=None,
            evidence=False,
        )

    @cached_property
    def canonical(self) -> dict[str, list[str]]:
        """The parameters as links write them."""
        return {name: [_written(v) for v in self.values[name]] for name in sorted(self.values)}

    @property
    def echo(self) -> dict[str, str | list[str]]:
        """The canonical query as `meta.query` tells it."""
        written = self.canonical.items()
        return {name: values if len(values) > 1 else values[0] for name, values in written}

    def link(self, path: str, changes: Mapping[str, list[str]]) -> str:
        """A link to the first page of this query with some parameters changed or dropped."""
        changed = {**self.canonical, "cursor": [], "offset": [], **changes}
        return with_query(path, {name: changed[name] for name in sorted(changed) if changed[name]})

    @cached_property
    def identity(self) -> str:
        """What a cursor is bound to: the resource, its filters and the sort."""
        return identity(self.resource, self.values, self.sort)


def identity(resource: Resource, values: Values, sort: Sequence[SortKey]) -> str:
    """Hash of all that decides which rows a list has, and in which order."""
    filters = {name: values[name] for name in sorted(values) if name not in _NOT_BINDING}
    return short_hash([resource.path, filters, [str(key) for key in sort]])[:8]


def _written(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
