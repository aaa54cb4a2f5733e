"""Counts by dimensions that tallies know: facets and statistics of a list without other filters."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Select

from app.query.dimensions import Dimension
from app.query.list_query import ListQuery
from app.query.periods import Step
from app.query.shapes import Shape
from app.query.tallies import (
    FIRST_BUCKET,
    LAST_BUCKET,
    Extent,
    beyond_statement,
    calendar_statement,
    codes_statement,
    extent_of,
    has_tallies,
    tallied,
    without_code_statement,
)
from app.resource import Resource

Build = Callable[[], Select[*tuple[Any, ...]]]


def facet_extent(query: ListQuery, dimension: Dimension, shape: Shape) -> Extent | None:
    """Of which rows tallies know the buckets of a facet; null if they do not.

    `shape` is that of the list without the facet's own filter.
    """
    known = tallied(query.resource, shape, query.period)
    if known is None or known.codes:
        return None
    if dimension.step:
        return "all" if known.extent == "all" else None
    if not has_tallies(query.resource, dimension.name):
        return None
    return extent_of(shape, query.period, by_codes=True)


def tallied_facet(
    resource: Resource, dimension: Dimension, extent: Extent, limit: int
) -> tuple[Build, Build]:
    """The statements of a facet: its buckets, and the rows that are in none."""
    if dimension.step:
        return (
            partial(calendar_statement, resource, (dimension,), limit, bounded=False),
            partial(beyond_statement, resource, dimension.step),
        )
    return (
        partial(codes_statement, resource, dimension, extent, limit),
        partial(without_code_statement, resource, dimension, extent),
    )


def calendar_bounds(query: ListQuery, by: Sequence[Dimension]) -> dict[str, str] | None:
    """The first and last bucket of a count by the calendar, or by it and codes, that tallies know.

    They know it if the period is made of whole buckets: then a row that lies wholly in one of them
    matches the period, however it is asked for, and no other row does that lies in a bucket.
    """
    steps: list[Step] = [each.step for each in by if each.step]
    codes = [each.name for each in by if each.step is None]
    whole = query.whole_shape
    if len(steps) != 1 or whole.searched or whole.conditions or query.resource.only_searched:
        return None
    if not all(has_tallies(query.resource, name) for name in codes):
        return None
    if query.period is None:
        return {}
    found = query.period.buckets(steps[0])
    return {FIRST_BUCKET.key: found[0], LAST_BUCKET.key: found[1]} if found else None
