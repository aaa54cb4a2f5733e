"""Tallies: counts that the loader stored, so that some queries need not count rows.

There are tallies for all rows of a list, and for the rows with each code of a filter. They are: the
total; the counts by decade, year and month; and the cumulative counts by day, for rows that may
overlap a period.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, Select, func, literal, select

from app.db.binds import bound
from app.query.conditions import Condition
from app.query.dimensions import BEYOND, Dimension
from app.query.period import STEPS, Period, Step
from app.query.query_shape import Shape
from app.resources.columns import Key
from app.resources.derived import Tally
from app.resources.resource import Resource, table_of
from app.resources.tally_slots import tallied_filters
from app.sql.binding import bound_in
from app.sql.cumulative import UNDATED

BucketType = Literal["all", "undated"] | Step
"""Which rows a tally counts: all rows, undated rows, or rows wholly in a calendar bucket."""
Extent = BucketType | Literal["possible"]
"""Which rows a query counts: the same, or the rows that may overlap a period."""

BUCKET: BindParameter[str] = bound("period_bucket", Key)
FIRST_BUCKET: BindParameter[str] = bound("period_first_bucket", Key)
LAST_BUCKET: BindParameter[str] = bound("period_last_bucket", Key)

CountsSelect = Select[*tuple[Any, ...]]

_TALLIES = table_of(Tally)


@dataclass(frozen=True, slots=True)
class TallyMatch:
    """The tallies that answer a query: the codes of its filter, if it has one, and the rows."""

    codes: Condition | None
    extent: Extent


def tally_match(resource: Resource, shape: Shape, period: Period | None) -> TallyMatch | None:
    """The tallies that answer a query of this shape; null if none do."""
    if resource.only_searched or shape.searched or len(shape.conditions) > 1:
        return None
    codes = shape.conditions[0] if shape.conditions else None
    if codes and not (codes.operation == "any" and has_tallies(resource, codes.filter)):
        return None
    extent = _extent_of(shape, period)
    return TallyMatch(codes, extent) if extent else None


def has_tallies(resource: Resource, filter: str) -> bool:
    """Whether there are tallies by the codes of a filter."""
    return any(filter == each.name for each, _ in tallied_filters(resource))


def _extent_of(shape: Shape, period: Period | None) -> Extent | None:
    """The rows that a shape counts; null if there are no tallies for exactly these rows."""
    if shape.date_match is None or period is None:
        return "all"
    if shape.date_match == "within":
        return period.step
    return "possible" if shape.date_match == "possible" else None


def total_select(
    resource: Resource, codes: Condition | None, bucket_type: BucketType
) -> CountsSelect:
    """The number of rows; with `codes`, the number of rows with one of these codes."""
    chosen = [_TALLIES.c.value.in_(bound_in(codes))] if codes else []
    conditions = _conditions(resource, bucket_type, codes.filter if codes else "")
    return select(func.coalesce(func.sum(_TALLIES.c.count), 0)).where(*conditions, *chosen)


def codes_select(resource: Resource, filter: str, bucket_type: BucketType) -> CountsSelect:
    """The number of rows with each code. The empty code has the number of all rows."""
    return select(_TALLIES.c.value, _TALLIES.c.count).where(
        *_conditions(resource, bucket_type, "", filter)
    )


def _conditions(
    resource: Resource, bucket_type: BucketType, *dimensions: str
) -> Iterator[ColumnElement[bool]]:
    columns = _TALLIES.c
    yield columns.list == resource.path
    yield columns.filter.in_([literal(each) for each in dimensions])
    yield columns.bucket_type == bucket_type
    yield columns.bucket == (BUCKET if bucket_type in STEPS else literal(""))


def dates_select(resource: Resource, step: Step) -> CountsSelect:
    """The counts for a calendar step: for each bucket, for each date that does not fit into one
    bucket, and for undated rows. The first column (`bucket_type`) says which of these a row is."""
    columns = _TALLIES.c
    steps = [literal(each) for each in (step, f"{BEYOND}{step}", UNDATED)]
    return select(columns.bucket_type, columns.bucket, columns.count).where(
        columns.list == resource.path, columns.filter == "", columns.bucket_type.in_(steps)
    )


def left_out_tallies(resource: Resource, by: Sequence[Dimension]) -> CountsSelect:
    """The numbers of rows in no group of a count by calendar (and code), without a period: undated
    rows, rows whose date is in no bucket, and other rows without a code."""
    step = next(each.step for each in by if each.step)
    codes = next((each.name for each in by if each.step is None), "")
    in_buckets, coded = (_sum_of(resource, dimension, step) for dimension in ("", codes))
    return select(
        _sum_of(resource, "", UNDATED),
        _sum_of(resource, "", f"{BEYOND}{step}"),
        in_buckets - coded,
    )


def _sum_of(resource: Resource, dimension: str, step: str) -> ColumnElement[int]:
    columns = _TALLIES.c
    total = select(func.coalesce(func.sum(columns.count), 0)).where(
        columns.list == resource.path, columns.filter == dimension, columns.bucket_type == step
    )
    return total.scalar_subquery()


def calendar_select(
    resource: Resource, by: Sequence[Dimension], limit: int, *, bounded: bool
) -> CountsSelect:
    """The number of rows wholly in each calendar bucket, or in each bucket by code.

    Each value appears twice, as value and as label. The order is by count, descending, then by
    value. If `bounded`, only the buckets of the period are selected.
    """
    columns = _TALLIES.c
    codes = next((each.name for each in by if each.step is None), "")
    step = next(each.step for each in by if each.step)
    values = [columns.bucket if each.step else columns.value for each in by]
    within = (columns.bucket >= FIRST_BUCKET, columns.bucket <= LAST_BUCKET) if bounded else ()
    labelled = [
        value.label(f"{name}_{index}")
        for index, value in enumerate(values)
        for name in ("value", "label")
    ]
    return (
        select(*labelled, columns.count)
        .where(columns.list == resource.path, columns.filter == codes, columns.bucket_type == step)
        .where(*within)
        .order_by(columns.count.desc(), *values)
        .limit(limit + 1)
    )
