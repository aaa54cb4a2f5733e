"""Totals: the number of rows of a list, from tallies if possible, else by counting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from app.db import SqlStatement
from app.db.reader import Rows
from app.query.list_query import ListQuery
from app.query.period import STEPS
from app.resources.resource import Resource
from app.resources.tally_slots import EVERY, slots
from app.sql.cumulative import numbers, overlapping, texts_select
from app.sql.statements import BoundValues, count_select, undated_select
from app.sql.tallies import BUCKET, CountsSelect, Extent, tally_match, total_select


def total_statement(query: ListQuery, bound: BoundValues, *, exact: bool) -> SqlStatement:
    """The number of rows. If rows are counted and not `exact`, the count stops early."""
    resource, shape = query.resource, query.list_shape
    tallies = tally_match(resource, shape, query.period)
    if tallies is None:
        build = partial(count_select, resource, shape, exact=exact)
        return SqlStatement((resource.path, "count", exact, shape), build, bound)
    if tallies.extent == "possible":
        return _overlapping_totals(query, bound, slice(1))
    build = partial(total_select, resource, tallies.codes, tallies.extent)
    return SqlStatement(
        (resource.path, "tallied", tallies), build, bound_by(query, bound, tallies.extent)
    )


def totals_statement(query: ListQuery, bound: BoundValues, *, exact: bool) -> SqlStatement:
    """The number of rows and, if there is a period, the number of undated rows that it excludes.

    Both are in one statement, because on PostgreSQL a second statement costs more than the count.
    """
    tallies = tally_match(query.resource, query.list_shape, query.period)
    if tallies and tallies.extent == "possible":
        return _overlapping_totals(query, bound, slice(2))
    total = total_statement(query, bound, exact=exact)
    return (
        _with_column(total, _undated_statement(query, bound, exact=exact))
        if query.period
        else total
    )


def overlapping_statement(
    resource: Resource, bound: BoundValues, transform: Callable[[Rows], Rows]
) -> SqlStatement:
    """The statement for the cumulative counts of a period; `transform` converts its rows."""
    build = partial(texts_select, resource)
    return SqlStatement((resource.path, "cumulative"), build, bound, transform=transform)


def _overlapping_totals(query: ListQuery, bound: BoundValues, columns: slice) -> SqlStatement:
    """The number of rows that may overlap the period, and the number of undated rows. If the query
    has codes, only rows with these codes are counted."""
    chosen = query.shape.conditions[0] if query.shape.conditions else None
    values = query.values[chosen.parameter] if chosen else ()
    codes = [(chosen.filter, str(value)) for value in values] if chosen else [EVERY]
    indexes = [slots(query.resource)[code] for code in codes]
    return overlapping_statement(
        query.resource, bound, lambda rows: [_summed(indexes, *rows[0])[columns]]
    )


def _summed(
    indexes: Sequence[int], undated: str | None, started: str | None, ended: str | None
) -> tuple[int, int]:
    return sum(overlapping(started, ended, indexes)), sum(numbers(undated, indexes))


def _with_column(total: SqlStatement, other: SqlStatement) -> SqlStatement:
    return replace(
        total, shape=(total.shape, other.shape), build=partial(_select_both, total, other)
    )


def _select_both(total: SqlStatement, other: SqlStatement) -> CountsSelect:
    return total.build().add_columns(other.build().correlate(None).scalar_subquery())


def _undated_statement(query: ListQuery, bound: BoundValues, *, exact: bool) -> SqlStatement:
    resource, shape = query.resource, query.list_shape
    tallies = tally_match(resource, replace(shape, date_match=None), None)
    if tallies:
        build = partial(total_select, resource, tallies.codes, "undated")
        return SqlStatement((resource.path, "tallied undated", tallies), build, bound)
    build = partial(undated_select, resource, shape, exact=exact)
    return SqlStatement((resource.path, "undated", exact, shape), build, bound)


def bound_by(query: ListQuery, bound: BoundValues, extent: Extent) -> BoundValues:
    """The bound values of a query. If its period is one bucket of a tally, they include this
    bucket."""
    if query.period is None or extent not in STEPS:
        return bound
    buckets = query.period.buckets(extent)
    return {**bound, BUCKET.key: buckets[0]} if buckets else bound
