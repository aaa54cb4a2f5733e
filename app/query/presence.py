"""Presence: whether the data hold the texts that a request asks for, so that no slip of the pen is
answered with an empty list."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from app.db import Ask, Reader
from app.db.binds import bound_each, values_of_each
from app.db.dataset_cache import DatasetCache
from app.params.types import Present, Scalar
from app.problems.messages import did_you_mean, nearest, quoted
from app.problems.problems import MOST_ALLOWED, Fault
from app.resources.columns import Key

MOST_CANDIDATES = 5_000
"""So many texts, or ids, are compared with a misspelt one."""
MOST_REMEMBERED = 10_000


class Presence:
    """Looks up which texts stand in a column, and remembers those that do for one dataset."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._cache = DatasetCache[tuple[str, Scalar], bool](MOST_REMEMBERED)

    async def faults(self, parameter: str, type_: Present, texts: Sequence[Scalar]) -> list[Fault]:
        """A fault for each text that no row has in the column."""
        present = self._cache.of(await self._reader.dataset())
        column = str(type_.column)
        absent = [text for text in texts if (column, text) not in present]
        if absent:
            found = await self._found(type_, absent)
            present |= {(column, text): True for text in found}
            absent = [text for text in absent if text not in found]
        if not absent:
            return []
        every = await self._every(type_)
        return [_fault(parameter, str(text), every) for text in absent]

    async def _found(self, type_: Present, texts: Sequence[Scalar]) -> set[Scalar]:
        values = values_of_each("text", texts)
        build = partial(_those, type_.column, len(texts))
        ask = Ask((str(type_.column), "present", len(texts)), build, values)
        return {row[0] for row in (await self._reader.fetch([ask], heavy=True)).results[0]}

    async def _every(self, type_: Present) -> list[str]:
        ask = Ask((str(type_.column), "every"), partial(_every, type_.column), {})
        return [row[0] for row in (await self._reader.fetch([ask], heavy=True)).results[0]]


def _fault(parameter: str, text: str, every: list[str]) -> Fault:
    suggestion = nearest(text, every)
    allowed = tuple(every) if len(every) <= MOST_ALLOWED else ()
    message = f"There is no {parameter.partition('_')[0]} {quoted(text)}.{did_you_mean(suggestion)}"
    return Fault(parameter, "unknown-value", message, text, suggestion, allowed)


def _those(column: ColumnElement[Any], count: int) -> Select[str]:
    return select(column).where(column.in_(bound_each("text", count, Key))).distinct()


def _every(column: ColumnElement[Any]) -> Select[str]:
    some = select(column).where(column.is_not(None)).distinct()
    return some.order_by(column).limit(MOST_CANDIDATES)
