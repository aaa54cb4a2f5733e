"""Cumulative counts by day: for each code, how many rows have started or ended up to a day.

The loader stores these counts for each day on which a count changes. All counts of a day are one
text. The number of rows that may overlap a period is the number of rows that started by its last
day, minus the number of rows that ended before its first day. So a query for a period reads two
texts, for any number of codes.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, literal, select

from app.resources.derived import CumulativeCounts
from app.resources.resource import Resource, table_of
from app.sql.periods import BEFORE, TO

DATED = "dated"
"""The value of the column `row_set` for counts of dated rows."""
UNDATED = "undated"
"""The value of the column `row_set` for counts of undated rows. Their day is the first day of the
calendar."""

_COUNTS = table_of(CumulativeCounts).c


def texts_select(resource: Resource) -> Select[*tuple[Any, ...]]:
    """One row with three texts: the counts of undated rows, of rows that started by the last day of
    the period, and of rows that ended before its first day."""
    return select(
        _latest(resource, UNDATED, _COUNTS.started_by, TO),
        _latest(resource, DATED, _COUNTS.started_by, TO),
        _latest(resource, DATED, _COUNTS.ended_by, BEFORE),
    )


def _latest(
    resource: Resource, row_set: str, counts: ColumnElement[str], day: BindParameter[str]
) -> ScalarSelect[str]:
    days = select(counts).where(
        _COUNTS.list == literal(resource.path), _COUNTS.row_set == row_set, _COUNTS.day <= day
    )
    return days.order_by(_COUNTS.day.desc()).limit(1).scalar_subquery()


def overlapping(started: str | None, ended: str | None, indexes: Sequence[int]) -> list[int]:
    """The number of rows that may overlap the period, for each of the indexes.

    `started` and `ended` are texts of counts; the code at an index is the same in both.
    """
    pairs = zip(numbers(started, indexes), numbers(ended, indexes), strict=True)
    return [started_by - ended_before for started_by, ended_before in pairs]


def numbers(text: str | None, indexes: Sequence[int]) -> list[int]:
    """The counts at the indexes of a text. All are zero if there is no text, because the day is
    before the first stored one."""
    if text is None:
        return [0] * len(indexes)
    counts = text.split(",", max(indexes) + 1)
    return [int(counts[index]) for index in indexes]
