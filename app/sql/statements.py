"""The statements of a list: SQL for the shape of a query, compiled once, and the bound values."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select

from app.db.binds import LIMIT, OFFSET
from app.db.reader import CUSTOM_PLAN, SqlStatement
from app.params.types import Scalar
from app.query.list_query import ListQuery
from app.query.query_shape import Shape
from app.query.sort import BY_RELEVANCE
from app.resources.derived import Rendering
from app.resources.resource import Resource, table_of
from app.sql.binding import values_in
from app.sql.fulltext import ORDINAL, STEMS, FewHits, search_values
from app.sql.keyset import (
    RENDER_RANK,
    every_row,
    every_undated_row,
    in_order,
    key_values,
    page_keys,
)
from app.sql.periods import certainty, period_values
from app.sql.relevance import (
    cursor_values,
    every_hit,
    every_undated_hit,
    few_hit_keys,
    hit_keys,
    hit_order,
)

BoundValues = Mapping[str, Scalar]
"""The bound values of statements, by name."""

COUNTED = 10_000
"""Totals are exact up to this number. Higher totals are exact only with `count=exact`."""


def bound_values(query: ListQuery) -> BoundValues:
    """All bound values of a query."""
    bound: dict[str, Scalar] = {}
    for condition in query.shape.conditions:
        bound |= values_in(condition, query.values[condition.parameter])
    if query.period:
        bound |= period_values(query.period)
    if query.search:
        bound |= search_values(query.search)
    if query.cursor:
        by_relevance = _streams_hits(query.resource, query.shape)
        bound |= cursor_values(query.cursor) if by_relevance else key_values(query)
    return bound


def _streams_hits(resource: Resource, shape: Shape) -> bool:
    """Whether the page reads the hits of the index of words in their order. The index does not have
    derived rows; they are found by the words of their parents, and sorted."""
    return shape.sort == BY_RELEVANCE and resource.parent is None


def page_statement(query: ListQuery, bound: BoundValues, limit: int) -> SqlStatement:
    """The statement for the first `limit` rows of a page. A search by relevance also has a short
    form for few hits, because most searches have few hits."""
    resource, shape = query.resource, query.shape
    values = {**bound, LIMIT.key: limit, OFFSET.key: query.offset or 0}
    build = partial(page_select, resource, shape)
    few: FewHits = "by-a-word" if values.get(STEMS.key) else "by-count"
    short = partial(build, few=few) if _streams_hits(resource, shape) else None
    return SqlStatement((resource.path, shape, few), build, values, short)


def page_select(resource: Resource, shape: Shape, *, few: FewHits | None = None) -> Select[Any]:
    """The rows of a page. The columns: sort key, certainty (with a period), rendered row, evidence
    (if included).

    `few` selects the short form of PostgreSQL for a search with few hits. If a rare word proves
    that the hits are few, PostgreSQL can reuse one plan for all such searches. With other
    conditions it plans each time, because the number of rows that fulfil them varies.
    """
    ranked = _streams_hits(resource, shape)
    custom_plan = shape.searched and bool(
        few != "by-a-word" or shape.conditions or shape.date_match
    )
    keys = partial(few_hit_keys, few) if few else hit_keys if ranked else page_keys
    found = keys(resource, shape).subquery("found")
    renderings = table_of(Rendering)
    columns: list[ColumnElement[Any]] = [renderings.c[resource.rendering]]
    if shape.date_match:
        columns.insert(0, certainty(renderings, shape.date_match))
    if shape.evidence:
        columns.append(renderings.c.evidence)
    if shape.searched and resource.rendering != "body":
        columns.append(renderings.c.body)  # for highlights, which are ranges of its texts
    return (
        select(
            *(column for column in found.c if column.name not in (ORDINAL, RENDER_RANK)), *columns
        )
        .join_from(found, renderings, renderings.c.render_rank == found.c.render_rank)
        .order_by(*(hit_order if ranked else in_order)(resource, shape, found.c))
        .execution_options(**{CUSTOM_PLAN: custom_plan})
    )


def count_select(resource: Resource, shape: Shape, *, exact: bool) -> Select[Any]:
    """The number of rows. If not `exact`, the count stops at `COUNTED` + 1."""
    every = every_hit if shape.searched and resource.parent is None else every_row
    return _count(every(resource, shape), shape, exact=exact)


def undated_select(resource: Resource, shape: Shape, *, exact: bool) -> Select[Any]:
    """The number of undated rows that the period excludes. `exact` as in `count_select`."""
    is_indexed = shape.searched and resource.parent is None
    every = every_undated_hit if is_indexed else every_undated_row
    return _count(every(resource, shape), shape, exact=exact)


def _count(rows: CompoundSelect[Any] | Select[Any], shape: Shape, *, exact: bool) -> Select[Any]:
    limited = rows if exact else rows.limit(COUNTED + 1)
    counted = select(func.count()).select_from(limited.subquery("counted"))
    return counted.execution_options(**{CUSTOM_PLAN: shape.searched})
