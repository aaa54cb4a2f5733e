"""Counts by dimensions that tallies know: facets and statistics of a list without other filters."""

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
"""The buckets of a facet, most first; and how many rows are in none, beside their date or null,
most first as well."""


@dataclass(frozen=True)
class TalliedFacet:
    """What to ask for a facet, and what is told by the rows."""

    ask: SqlStatement
    parted: Callable[[Rows], Parted]


def tallied_facet(
    query: ListQuery, dimension: Dimension, shape: Shape, bound: BoundValues
) -> TalliedFacet | None:
    """A facet that tallies know; null if they do not.

    `shape` is that of the list without the facet's own filter.
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
        told = partial(_dates, dimension.step)
        return TalliedFacet(SqlStatement(key, build, {}, transform=told, per_dataset=True), _parted)
    if not has_tallies(resource, name):
        return None
    if known.extent == "possible":
        told = partial(_overlapping_codes, resource, name)
        return TalliedFacet(overlapping_statement(resource, bound, told), _codes)
    build = partial(codes_select, resource, name, known.extent)
    values = bound_by(query, bound, known.extent)
    return TalliedFacet(SqlStatement(key, build, values, per_dataset=known.extent == "all"), _codes)


def _dates(step: Step, rows: Rows) -> Rows:
    """All buckets in one row, all that is in none in another: it is told once for a dataset."""
    buckets = [(value, value, number) for of, value, number in rows if of == step]
    undated = sum(number for of, _, number in rows if of == UNDATED)
    beyond = [(value, number) for of, value, number in rows if of not in (step, UNDATED)]
    beyond.sort(key=lambda row: (-row[1], row[0]))
    return [tuple(buckets), ((None, undated), *beyond)]


def _parted(rows: Rows) -> Parted:
    buckets, rest = rows
    return buckets, rest


def _overlapping_codes(resource: Resource, filter: str, rows: Rows) -> Rows:
    """Each code, and how many overlapping rows have it; of all rows beside an empty one."""
    places = {code: place for (of, code), place in slots(resource).items() if of in ("", filter)}
    _, begun, ended = rows[0]
    return list(zip(places, overlapping(begun, ended, list(places.values())), strict=True))


def _codes(rows: Rows) -> Parted:
    """Of codes and numbers, and the number of all rows beside no code."""
    every = sum(number for code, number in rows if not code)
    coded = [(code, code, number) for code, number in rows if code and number]
    coded.sort(key=lambda row: (-row[2], row[0]))
    return coded, [(None, every - sum(number for *_, number in coded))]


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
