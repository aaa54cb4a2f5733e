"""Tallies: counts of a list that the loader made, where they answer what a query asks.

They know of every row, and of the rows with each code of a filter, how many there are in all and
by the calendar, and how many have begun and ended until a day. Those that possibly overlap a period
are those that have begun until its end, less those that had ended before it; those that surely
begin in it are told alike, for each kind of `beginnings`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    func,
    literal,
    null,
    select,
    union_all,
)

from app.edtf import MAX_DAY
from app.entries import Tally, TallyUntil
from app.query.beginnings import BEGINNINGS, BEGINS_OPEN
from app.query.conditions import Condition, bound_in
from app.query.dimensions import BEYOND, Dimension
from app.query.edges import MONTHS_BEFORE, MONTHS_TO, beginnings_at_edges, overlaps_at_edges
from app.query.filters import Filter
from app.query.periods import BEFORE, TO, Asked, Step
from app.query.shapes import Shape
from app.query.values import Coded
from app.resource import Resource, table_of
from app.tables import Key

Extent = Literal["all", "possible", "starts"] | Step
"""Which rows: all, those that possibly overlap the period, those that begin in it, or those that
lie wholly in it, if it is one bucket of the calendar."""

BUCKET: BindParameter[str] = bindparam("period_bucket", type_=Key)
FIRST_BUCKET: BindParameter[str] = bindparam("period_first_bucket", type_=Key)
LAST_BUCKET: BindParameter[str] = bindparam("period_last_bucket", type_=Key)

Counts = Select[*tuple[Any, ...]]

_TALLIES, _UNTIL = table_of(Tally), table_of(TallyUntil)


@dataclass(frozen=True, slots=True)
class Tallied:
    """A list as tallies know it: narrowed by codes of one filter, or not, and to what extent."""

    codes: Condition | None
    extent: Extent


@cache
def tallied_filters(resource: Resource) -> list[Filter]:
    """The filters whose codes are tallied: those of which a row has one at most."""
    return [
        filter
        for filter in resource.filters
        if isinstance(filter.values, Coded) and filter.part_table is resource.table
    ]


def tallied(resource: Resource, shape: Shape, period: Asked | None) -> Tallied | None:
    """What tallies know of all rows of a shape; null if they do not."""
    if resource.only_searched or shape.searched or len(shape.conditions) > 1:
        return None
    codes = shape.conditions[0] if shape.conditions else None
    if codes and not (codes.operation == "any" and has_tallies(resource, codes.filter)):
        return None
    extent = extent_of(shape, period, by_codes=codes is not None)
    return Tallied(codes, extent) if extent else None


@cache
def has_tallies(resource: Resource, filter: str) -> bool:
    """Whether the codes of a filter are tallied."""
    return any(filter == each.name for each in tallied_filters(resource))


def extent_of(shape: Shape, period: Asked | None, *, by_codes: bool) -> Extent | None:
    """Which rows of a shape tallies tell of, by codes or as a whole; null if not of just these."""
    if shape.matching is None or period is None:
        return "all"
    if shape.matching == "possible":
        return "possible"
    if shape.matching == "starts":
        return "starts" if not by_codes or period.whole_months else None
    return period.step if shape.matching == "within" else None


def total_statement(resource: Resource, known: Tallied) -> Counts:
    """How many rows there are."""
    counted = _counted(resource, known.codes, known.extent)
    return select(func.coalesce(func.sum(counted.c.number), 0))


def undated_total_statement(resource: Resource, known: Tallied) -> Counts:
    """How many rows have no date: they never begin."""
    each = _TALLIES.alias("each")
    number = func.sum(each.c.number - _until(each, literal(MAX_DAY, Key), _UNTIL.c.begun))
    return select(func.coalesce(number, 0)).where(*_all_of(resource, each, known.codes))


def codes_statement(resource: Resource, dimension: Dimension, extent: Extent, limit: int) -> Counts:
    """Each code, as value and label, and how many rows have it: most first, then by code."""
    counted = _counted(resource, dimension.name, extent)
    value, number = counted.c.value, func.sum(counted.c.number)
    return (
        select(value, value.label("label"), number.label("number"))
        .group_by(value)
        .having(number > 0)
        .order_by(number.desc(), value)
        .limit(limit + 1)
    )


def without_code_statement(resource: Resource, dimension: Dimension, extent: Extent) -> Counts:
    """How many rows have no code of the filter, beside null."""
    coded = select(func.coalesce(func.sum(_counted(resource, dimension.name, extent).c.number), 0))
    every = total_statement(resource, Tallied(None, extent)).scalar_subquery()
    return select(null(), every - coded.scalar_subquery())


def calendar_statement(
    resource: Resource, by: Sequence[Dimension], limit: int, *, bounded: bool
) -> Counts:
    """Each bucket of the calendar, or each with each code, twice, and how many rows lie wholly in
    it: most first, then by value. `bounded` by the first and last bucket of the period."""
    columns = _TALLIES.c
    codes = next((each.name for each in by if each.step is None), "")
    step = next(each.step for each in by if each.step)
    values = [columns.bucket if each.step else columns.value for each in by]
    within = (columns.bucket >= FIRST_BUCKET, columns.bucket <= LAST_BUCKET) if bounded else ()
    shown = [
        value.label(f"{name}_{place}")
        for place, value in enumerate(values)
        for name in ("value", "label")
    ]
    return (
        select(*shown, columns.number)
        .where(columns.list == resource.path, columns.dimension == codes, columns.step == step)
        .where(*within)
        .order_by(columns.number.desc(), *values)
        .limit(limit + 1)
    )


def beyond_statement(resource: Resource, step: Step) -> Counts:
    """How many rows no bucket holds, by their own date; those without a date beside null."""
    columns = _TALLIES.c
    beyond = select(columns.bucket, columns.number).where(
        columns.list == resource.path, columns.dimension == "", columns.step == f"{BEYOND}{step}"
    )
    undated = undated_total_statement(resource, Tallied(None, "all")).scalar_subquery()
    return select(*beyond.union_all(select(null(), undated)).subquery("rest").c)


def _counted(resource: Resource, codes: Condition | str | None, extent: Extent) -> FromClause:
    """Codes, and how many rows have them; a code may stand there several times."""
    each = _TALLIES.alias("each")
    told = select(each.c.value, _number(each, extent, codes).label("number")).where(
        *_all_of(resource, each, codes, extent)
    )
    # Behind an OFFSET, PostgreSQL does not look the numbers up again to compare them.
    tallied = told.offset(0).subquery("tallied")
    some = select(tallied.c.value, tallied.c.number).where(tallied.c.number > 0)
    at_edges = _AT_EDGES.get(extent)
    if at_edges is None or codes is None:
        return some.subquery("counted")
    return union_all(some, *at_edges(resource, codes)).subquery("counted")


_AT_EDGES = {"possible": overlaps_at_edges, "starts": beginnings_at_edges}


def _all_of(
    resource: Resource, each: FromClause, codes: Condition | str | None, extent: Extent = "all"
) -> Iterator[ColumnElement[bool]]:
    """The tallies of all rows: of the list, of some codes of a filter, or of each of its codes."""
    name = codes.filter if isinstance(codes, Condition) else codes or ""
    steps = (*BEGINNINGS, BEGINS_OPEN) if extent == "starts" else ("all",)
    yield and_(each.c.list == resource.path, each.c.dimension == name)
    yield each.c.step.in_([literal(step) for step in steps])
    if isinstance(codes, Condition):
        yield each.c.value.in_(bound_in(codes))


def _number(each: FromClause, extent: Extent, codes: Condition | str | None) -> ColumnElement[Any]:
    if extent == "all":
        return cast(ColumnElement[Any], each.c.number)
    until, before = (MONTHS_TO, MONTHS_BEFORE) if codes else (TO, BEFORE)
    if extent == "possible":
        return _until(each, until, _UNTIL.c.begun) - _until(each, before, _UNTIL.c.ended)
    if extent == "starts":
        return _until(each, until, _UNTIL.c.ended) - _until(each, before, _UNTIL.c.begun)
    within = _TALLIES.alias("within")
    found = select(within.c.number).where(
        *(within.c[name] == each.c[name] for name in ("list", "dimension", "value")),
        within.c.step == extent,
        within.c.bucket == BUCKET,
    )
    return func.coalesce(found.correlate(each).scalar_subquery(), 0)


def _until(
    each: FromClause, day: BindParameter[str], column: ColumnElement[int]
) -> ColumnElement[int]:
    names = ("list", "dimension", "step", "value")
    latest = (
        select(column)
        .where(*(_UNTIL.c[name] == each.c[name] for name in names))
        .where(_UNTIL.c.day <= day)
        .order_by(_UNTIL.c.day.desc())
        .limit(1)
    )
    return func.coalesce(latest.correlate(each).scalar_subquery(), 0)
