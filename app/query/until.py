"""Until: how many rows have begun, and ended, until a day: in all, and of those with each code.

The loader writes these numbers down as one text for each day on which any of them changes. So a
period takes two texts, however many codes there are and whatever its days. Rows that possibly
overlap it are those that have begun until its end, less those that had ended before it; those that
surely begin in it are told alike, for each kind of `beginnings`: two texts for each kind, or of all
rows, without codes, the kinds side by side in two texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, literal, select

from app.entries import TallyUntil
from app.query.beginnings import BEGINNINGS, BEGINS_OPEN
from app.query.filters import Filter
from app.query.periods import BEFORE, TO
from app.query.values import Coded
from app.resource import Resource, table_of

Fitting = Literal["possible", "starts"]
"""Which rows: those that possibly overlap the period, or those that surely begin in it."""


Code = tuple[str, str]
"""A filter, and one of its codes."""
EVERY: Code = ("", "")
"""In place of a code: all rows."""

Told = Fitting | Literal["starts of all"]
"""What a statement is asked for: fitting rows with each code, or of all rows those that begin."""

Text = tuple[str, ColumnElement[str], BindParameter[str]]
"""What begins or ends, which of both it does, and until when."""

KINDS = (*BEGINNINGS, BEGINS_OPEN)
"""The kinds of beginnings, in the order in which they stand side by side."""
ABREAST = "begins"
"""What begins and ends of all rows, in numbers of each kind of beginnings."""

_BEGUN, _ENDED = table_of(TallyUntil).c.begun, table_of(TallyUntil).c.ended


def _beginning(kind: str) -> Sequence[Text]:
    return (kind, _ENDED, TO), (kind, _BEGUN, BEFORE)


_TEXTS: Mapping[Told, Sequence[Text]] = {
    "possible": [("all", _BEGUN, TO), ("all", _ENDED, BEFORE)],
    "starts": [text for kind in KINDS for text in _beginning(kind)],
    "starts of all": _beginning(ABREAST),
}
"""Two by two: a text of numbers, and the one of those to take from them."""

UNDATED = "undated"
"""What neither begins nor ends; it stands at the first day."""
_UNDATED: Text = (UNDATED, _BEGUN, TO)


@cache
def tallied_filters(resource: Resource) -> Sequence[tuple[Filter, Coded]]:
    """The filters whose codes are tallied: those of which a row has one at most."""
    return [
        (filter, filter.values)
        for filter in resource.filters
        if isinstance(filter.values, Coded) and filter.part_table is resource.table
    ]


@cache
def slots(resource: Resource) -> Mapping[Code, int]:
    """Which number of a text is that of which rows."""
    codes = [
        (filter.name, value)
        for filter, coded in tallied_filters(resource)
        for value in coded.vocabulary.values
    ]
    return {code: slot for slot, code in enumerate((EVERY, *codes))}


def written(numbers: Iterable[str]) -> str:
    """Numbers in one text."""
    return ",".join(numbers)


def texts_statement(resource: Resource, told: Told) -> Select[*tuple[Any, ...]]:
    """One row: the text of what has no date, and those of which `fitting` makes numbers."""
    return select(*(_latest(resource, *text) for text in (_UNDATED, *_TEXTS[told])))


def _latest(
    resource: Resource, step: str, numbers: ColumnElement[str], day: BindParameter[str]
) -> ScalarSelect[str]:
    columns = table_of(TallyUntil).c
    until = select(numbers).where(columns.list == literal(resource.path), columns.step == step)
    return until.where(columns.day <= day).order_by(columns.day.desc()).limit(1).scalar_subquery()


def fitting(texts: Sequence[str | None], places: Sequence[int]) -> list[int]:
    """How many rows fit the period, by the number at each place of the texts."""
    found = [numbers(text, places) for text in texts]
    return list(map(sum, zip(*map(_less, found[::2], found[1::2]), strict=True)))


def numbers(text: str | None, places: Sequence[int]) -> list[int]:
    """The number at each place of a text; all are zero before the first day that has one."""
    if text is None:
        return [0] * len(places)
    found = text.split(",", max(places) + 1)
    return [int(found[place]) for place in places]


def _less(until: list[int], before: list[int]) -> list[int]:
    """If less than none end in a period that has not begun before it, it lies in one of them."""
    return [max(0, more - fewer) for more, fewer in zip(until, before, strict=True)]
