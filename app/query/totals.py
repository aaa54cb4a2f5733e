"""Totals: how many rows a list has, told by tallies where they know, else counted."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from app.data import Ask
from app.query.edges import values_for_beginnings, values_for_overlaps
from app.query.list_query import ListQuery
from app.query.statements import count_statement, undated_statement
from app.query.tallies import (
    BUCKET,
    Extent,
    tallied,
    total_statement,
    undated_total_statement,
)
from app.query.values import Scalar


def total_ask(query: ListQuery, *, exact: bool) -> Ask:
    """How many rows there are."""
    resource, shape = query.resource, query.whole_shape
    known = tallied(resource, shape, query.period)
    if known:
        build = partial(total_statement, resource, known)
        return Ask(
            (resource.path, "tallied", known),
            build,
            bound_by(query, known.extent, by_codes=known.codes is not None),
        )
    build = partial(count_statement, resource, shape, exact=exact)
    return Ask((resource.path, "count", exact, shape), build, query.bound)


def undated_ask(query: ListQuery, *, exact: bool) -> Ask:
    """How many rows the period leaves out because they have no date."""
    resource, shape = query.resource, query.whole_shape
    known = tallied(resource, replace(shape, matching=None), None)
    if known:
        build = partial(undated_total_statement, resource, known)
        return Ask((resource.path, "tallied undated", known), build, query.bound)
    build = partial(undated_statement, resource, shape, exact=exact)
    return Ask((resource.path, "undated", exact, shape), build, query.bound)


def bound_by(query: ListQuery, extent: Extent, *, by_codes: bool) -> Mapping[str, Scalar]:
    """The values of a query, with those that tallies of the extent ask for."""
    period = query.period
    if period is None or extent == "all":
        return query.bound
    if extent == "possible":
        return {**query.bound, **(values_for_overlaps(period) if by_codes else {})}
    if extent == "starts":
        return {**query.bound, **(values_for_beginnings(period) if by_codes else {})}
    buckets = period.buckets(extent)
    return {**query.bound, BUCKET.key: buckets[0]} if buckets else query.bound
