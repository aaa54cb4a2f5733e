"""Tallies: counts of a list that the loader made, where they answer what a query asks.

They know of every row, and of the rows with each code of a filter, how many there are in all and
by the calendar, and (`until`) how many possibly overlap a period.
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
from app.sql.cumulative import UNDATED
from app.sql.where import bound_in

Of = Literal["all", "undated"] | Step
"""Which rows: all, those without a date, or those that lie wholly in a bucket of the calendar."""
Extent = Of | Literal["possible"]
"""The same, or those that possibly overlap a period."""

BUCKET: BindParameter[str] = bound("period_bucket", Key)
FIRST_BUCKET: BindParameter[str] = bound("period_first_bucket", Key)
LAST_BUCKET: BindParameter[str] = bound("period_last_bucket", Key)

CountsSelect = Select[*tuple[Any, ...]]

_TALLIES = table_of(Tally)


@dataclass(frozen=True, slots=True)
class TallyMatch:
    """A list as tallies know it: narrowed by codes of one filter, or not, and to what extent."""

    codes: Condition | None
    extent: Extent


def tally_match(resource: Resource, shape: Shape, period: Period | None) -> TallyMatch | None:
    """What tallies know of all rows of a shape; null if they do not."""
    if resource.only_searched or shape.searched or len(shape.conditions) > 1:
        return None
    codes = shape.conditions[0] if shape.conditions else None
    if codes and not (codes.operation == "any" and has_tallies(resource, codes.filter)):
        return None
    extent = _extent_of(shape, period)
    return TallyMatch(codes, extent) if extent else None


def has_tallies(resource: Resource, filter: str) -> bool:
    """Whether the codes of a filter are tallied."""
    return any(filter == each.name for each, _ in tallied_filters(resource))


def _extent_of(shape: Shape, period: Period | None) -> Extent | None:
    """Which rows of a shape tallies tell of; null if not of just these."""
    if shape.date_match is None or period is None:
        return "all"
    if shape.date_match == "within":
        return period.step
    return "possible" if shape.date_match == "possible" else None


def total_select(resource: Resource, codes: Condition | None, of: Of) -> CountsSelect:
    """How many rows there are."""
    chosen = [_TALLIES.c.value.in_(bound_in(codes))] if codes else []
    wanted = _told_of(resource, of, codes.filter if codes else "")
    return select(func.coalesce(func.sum(_TALLIES.c.number), 0)).where(*wanted, *chosen)


def codes_select(resource: Resource, filter: str, of: Of) -> CountsSelect:
    """Each code, and how many rows have it; beside an empty code, how many rows there are."""
    return select(_TALLIES.c.value, _TALLIES.c.number).where(*_told_of(resource, of, "", filter))


def _told_of(resource: Resource, of: Of, *dimensions: str) -> Iterator[ColumnElement[bool]]:
    columns = _TALLIES.c
    yield columns.list == resource.path
    yield columns.dimension.in_([literal(each) for each in dimensions])
    yield columns.step == of
    yield columns.bucket == (BUCKET if of in STEPS else literal(""))


def dates_select(resource: Resource, step: Step) -> CountsSelect:
    """Each bucket of a step of the calendar, and how many rows lie wholly in it; the dates that no
    bucket holds; and how many rows have none. The first column tells which of these a row is."""
    columns = _TALLIES.c
    told = [literal(each) for each in (step, f"{BEYOND}{step}", UNDATED)]
    return select(columns.step, columns.bucket, columns.number).where(
        columns.list == resource.path, columns.dimension == "", columns.step.in_(told)
    )


def calendar_select(
    resource: Resource, by: Sequence[Dimension], limit: int, *, bounded: bool
) -> CountsSelect:
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
