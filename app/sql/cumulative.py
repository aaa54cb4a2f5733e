"""Until: how many rows have begun, and ended, until a day: in all, and of those with each code.

The loader writes these numbers down as one text for each day on which any of them changes. So a
period takes two texts, however many codes there are and whatever its days: rows that possibly
overlap it are those that have begun until its end, less those that had ended before it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, literal, select

from app.resources.derived import TallyUntil
from app.resources.resource import Resource, table_of
from app.sql.periods import BEFORE, TO

ALL = "all"
"""Which rows begin and end: those with a date."""
UNDATED = "undated"
"""What neither begins nor ends; it stands at the first day."""

_BEGUN, _ENDED = table_of(TallyUntil).c.begun, table_of(TallyUntil).c.ended


def texts_select(resource: Resource) -> Select[*tuple[Any, ...]]:
    """One row of three texts: rows without a date; begun until the period's last day; ended before
    its first day."""
    return select(
        _latest(resource, UNDATED, _BEGUN, TO),
        _latest(resource, ALL, _BEGUN, TO),
        _latest(resource, ALL, _ENDED, BEFORE),
    )


def _latest(
    resource: Resource, step: str, numbers: ColumnElement[str], day: BindParameter[str]
) -> ScalarSelect[str]:
    columns = table_of(TallyUntil).c
    until = select(numbers).where(columns.list == literal(resource.path), columns.step == step)
    return until.where(columns.day <= day).order_by(columns.day.desc()).limit(1).scalar_subquery()


def overlapping(begun: str | None, ended: str | None, places: Sequence[int]) -> list[int]:
    """How many rows possibly overlap the period, by the number at each place of the texts."""
    pairs = zip(numbers(begun, places), numbers(ended, places), strict=True)
    return [until - before for until, before in pairs]


def numbers(text: str | None, places: Sequence[int]) -> list[int]:
    """The number at each place of a text; all are zero before the first day that has one."""
    if text is None:
        return [0] * len(places)
    found = text.split(",", max(places) + 1)
    return [int(found[place]) for place in places]
