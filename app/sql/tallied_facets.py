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
Parted = tuple[CountRows, CountRows]
"""The buckets of a facet, and the counts of rows in no bucket by date (null for undated rows). Both
have the highest counts first."""


@dataclass(frozen=True)
class TalliedFacet:
    """The statement of a facet, and the function that splits its rows."""

    statement: SqlStatement
    parted: Callable[[Rows], Parted]


def tallied_facet(
    query: ListQuery, dimension: Dimension, shape: Shape, bound: BoundValues
) -> TalliedFacet | None:
    """A facet from tallies; null if tallies do not have these counts.

    `shape` is the shape of the query without the filter of the facet itself.
    """
    resource, name = query.resource, dimension.name
    known = tally_match(resource, shape, query.period)
    if known is None or known.codes:
        return None
    key = (resource.path, "facet", name, known.extent)
    if dimension.step:
        if known.extent != "all":
            return None
        build = partial(dates_select, resource, dimension.step)
        transform = partial(_dates, dimension.step)
        return TalliedFacet(
            SqlStatement(key, build, {}, transform=transform, per_dataset=True), _parted
        )
    if not has_tallies(resource, name):
        return None
    if known.extent == "possible":
        transform = partial(_overlapping_codes, resource, name)
        return TalliedFacet(overlapping_statement(resource, bound, transform), _codes)
    build = partial(codes_select, resource, name, known.extent)
    values = bound_by(query, bound, known.extent)
    return TalliedFacet(SqlStatement(key, build, values, per_dataset=known.extent == "all"), _codes)


def _dates(step: Step, rows: Rows) -> Rows:
    """Two rows: all buckets, and all counts of rows in no bucket. They are cached for each
    dataset."""
    buckets = [(value, value, number) for of, value, number in rows if of == step]
    undated = sum(number for of, _, number in rows if of == UNDATED)
    beyond = [(value, number) for of, value, number in rows if of not in (step, UNDATED)]
    beyond.sort(key=lambda row: (-row[1], row[0]))
    return [tuple(buckets), ((None, undated), *beyond)]


def _parted(rows: Rows) -> Parted:
    buckets, rest = rows
    return buckets, rest


def _overlapping_codes(resource: Resource, filter: str, rows: Rows) -> Rows:
    """The number of rows that may overlap the period, for each code. The empty code has the number
    of all such rows."""
    indexes = {code: index for (of, code), index in slots(resource).items() if of in ("", filter)}
    _, started, ended = rows[0]
    return list(zip(indexes, overlapping(started, ended, list(indexes.values())), strict=True))


def _codes(rows: Rows) -> Parted:
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
    whole = query.whole_shape
    if query.resource.parent is not None or len(by) > 2:
        return None
    if len(steps) != 1 or whole.searched or whole.conditions or query.resource.only_searched:
        return None
    if not all(has_tallies(query.resource, name) for name in codes):
        return None
    if query.period is None:
        return {}
    found = query.period.buckets(steps[0])
    return {FIRST_BUCKET.key: found[0], LAST_BUCKET.key: found[1]} if found else None
