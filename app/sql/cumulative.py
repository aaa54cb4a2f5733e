"""Cumulative counts by day: how many rows have started, and ended, up to a day, by code.

The loader stores the counts of a day as one text, for each day on which a count changes. The rows
that may overlap a period are those started by its last day, minus those ended before its first
day. So a period needs two texts, for any number of codes.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, literal, select

from app.resources.derived import TallyUntil
from app.resources.resource import Resource, table_of
from app.sql.periods import BEFORE, TO

ALL = "all"
"""The step of counts of dated rows."""
UNDATED = "undated"
"""The step of the count of undated rows; it stands at the first day of the calendar."""

_BEGUN, _ENDED = table_of(TallyUntil).c.begun, table_of(TallyUntil).c.ended


def texts_select(resource: Resource) -> Select[*tuple[Any, ...]]:
    """One row of three texts: undated rows; rows started by the last day of the period; rows ended
    before its first day."""
    return select(
        _latest(resource, UNDATED, _BEGUN, TO),
        _latest(resource, ALL, _BEGUN, TO),
        _latest(resource, ALL, _ENDED, BEFORE),
    )


def _latest(
    resource: Resource, step: str, numbers: ColumnElement[str], day: BindParameter[str]
) -> ScalarSelect[str]:
    columns = table_of(TallyUntil).c
    counts = select(numbers).where(columns.list == literal(resource.path), columns.step == step)
    return counts.where(columns.day <= day).order_by(columns.day.desc()).limit(1).scalar_subquery()


def overlapping(started: str | None, ended: str | None, indexes: Sequence[int]) -> list[int]:
    """How many rows may overlap the period, for the count at each index of the texts."""
    pairs = zip(numbers(started, indexes), numbers(ended, indexes), strict=True)
    return [started_by - ended_before for started_by, ended_before in pairs]


def numbers(text: str | None, indexes: Sequence[int]) -> list[int]:
    """The count at each index of a text. Without a text, before the first day, all are zero."""
    if text is None:
        return [0] * len(indexes)
    counts = text.split(",", max(indexes) + 1)
    return [int(counts[index]) for index in indexes]
