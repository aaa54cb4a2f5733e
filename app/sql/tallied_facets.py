"""Facets and statistics from tallies, for lists without other filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.db import SqlStatement
from app.db.reader import Rows
from app.query.dimensions import Dimension
from app.query.list_query import ListQuery
from app.query.period import Step
from app.query.query_shape import Shape
from app.resources.resource import Resource
from app.resources.tally_slots import slots
from app.sql.cumulative import UNDATED, overlapping
from app.sql.statements import BoundValues
from app.sql.tallies import (
    FIRST_BUCKET,
    LAST_BUCKET,
    codes_select,
    dates_select,
    has_tallies,
    tally_match,
)
from app.sql.totals import bound_by, overlapping_statement

CountRows = Sequence[tuple[Any, ...]]
FacetCounts = tuple[CountRows, CountRows]
"""The buckets of a facet, and the counts of rows in no bucket by date (null for undated rows). Both
have the highest counts first."""


@dataclass(frozen=True)
class TalliedFacet:
    """The statement of a facet, and a function that divides its result into the counts of buckets
    and the counts of rows in no bucket."""

    statement: SqlStatement
    split_rows: Callable[[Rows], FacetCounts]


def tallied_facet(
    query: ListQuery, dimension: Dimension, shape: Shape, bound: BoundValues
) -> TalliedFacet | None:
    """A facet from tallies; null if tallies do not have these counts.

    `shape` is the shape of the query without the filter of the facet itself.
    """
    resource, name = query.resource, dimension.name
    tallies = tally_match(resource, shape, query.period)
    if tallies is None or tallies.codes:
        return None
    key = (resource.path, "facet", name, tallies.extent)
    if dimension.step:
        if tallies.extent != "all":
            return None
        build = partial(dates_select, resource, dimension.step)
        transform = partial(_calendar_rows, dimension.step)
        return TalliedFacet(
            SqlStatement(key, build, {}, transform=transform, per_dataset=True), _split_cached
        )
    if not has_tallies(resource, name):
        return None
    if tallies.extent == "possible":
        transform = partial(_overlapping_codes, resource, name)
        return TalliedFacet(overlapping_statement(resource, bound, transform), _counts_by_code)
    build = partial(codes_select, resource, name, tallies.extent)
    values = bound_by(query, bound, tallies.extent)
    return TalliedFacet(
        SqlStatement(key, build, values, per_dataset=tallies.extent == "all"), _counts_by_code
    )


def _calendar_rows(step: Step, rows: Rows) -> Rows:
    """Two rows: all buckets, and all counts of rows in no bucket. They are cached for each
    dataset."""
    buckets = [(value, value, number) for bucket_type, value, number in rows if bucket_type == step]
    undated = sum(number for bucket_type, _, number in rows if bucket_type == UNDATED)
    unbucketed = [
        (value, number) for bucket_type, value, number in rows if bucket_type not in (step, UNDATED)
    ]
    unbucketed.sort(key=lambda row: (-row[1], row[0]))
    return [tuple(buckets), ((None, undated), *unbucketed)]


def _split_cached(rows: Rows) -> FacetCounts:
    buckets, unbucketed = rows
    return buckets, unbucketed


def _overlapping_codes(resource: Resource, filter: str, rows: Rows) -> Rows:
    """The number of rows that may overlap the period, for each code. The empty code has the number
    of all such rows."""
    indexes = {
        code: index
        for (bucket_type, code), index in slots(resource).items()
        if bucket_type in ("", filter)
    }
    _, started, ended = rows[0]
    return list(zip(indexes, overlapping(started, ended, list(indexes.values())), strict=True))


def _counts_by_code(rows: Rows) -> FacetCounts:
    """The parts of a facet, from the counts by code. The empty code has the count of all rows."""
    every = sum(number for code, number in rows if not code)
    coded = [(code, code, number) for code, number in rows if code and number]
    coded.sort(key=lambda row: (-row[2], row[0]))
    return coded, [(None, every - sum(number for *_, number in coded))]


def calendar_bounds(query: ListQuery, by: Sequence[Dimension]) -> dict[str, str] | None:
    """The bound values of the first and last bucket, for a count by calendar (and code) from
    tallies.

    Empty if there is no period; null if tallies do not have the count. They have it if the period
    consists of whole buckets. Then, for each `date_match`, a row in a bucket matches the period if
    and only if the bucket lies in the period.
    """
    steps: list[Step] = [each.step for each in by if each.step]
    codes = [each.name for each in by if each.step is None]
    shape = query.list_shape
    if query.resource.parent is not None or len(by) > 2:
        return None
    if len(steps) != 1 or shape.searched or shape.conditions or query.resource.only_searched:
        return None
    if not all(has_tallies(query.resource, name) for name in codes):
        return None
    if query.period is None:
        return {}
    found = query.period.buckets(steps[0])
    return {FIRST_BUCKET.key: found[0], LAST_BUCKET.key: found[1]} if found else None
