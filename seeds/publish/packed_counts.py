"""Packed counts: the number of rows, and the number with each code, as bit fields of one integer.
So one addition adds all counts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from struct import unpack
from typing import Any

from app.resources.resource import Resource
from app.resources.tally_slots import EVERY, Code, slots, tallied_filters

BYTES = 4
"""Width of each count, in bytes."""


class PackedCounts:
    """The packed counts of a list. Each new code gets the next bit field of the integer."""

    def __init__(self, resource: Resource) -> None:
        self._filters = [filter.name for filter, _ in tallied_filters(resource)]
        self._slots = slots(resource)
        self._fields: dict[Code, int] = {EVERY: 0}
        self.of_row = cache(self._of_row)

    def _of_row(self, codes: Sequence[Any]) -> int:
        """The packed counts of one row: `codes` has its code, or None, for each tallied filter."""
        coded = zip(self._filters, codes, strict=True)
        counted = (EVERY, *((name, str(code)) for name, code in coded if code is not None))
        fields = (self._fields.setdefault(code, len(self._fields)) for code in counted)
        return sum(1 << 8 * BYTES * field for field in fields)

    @staticmethod
    def total(number: int) -> int:
        """The number of all rows, from packed counts."""
        return number & (1 << 8 * BYTES) - 1

    def counts(self, number: int) -> Iterator[tuple[str, str, int]]:
        """Unpack the counts: tuples (filter, code, count), without counts of zero."""
        for (name, code), count in zip(self._fields, self._unpack(number), strict=True):
            if count:
                yield name, code, count

    def texts(self, numbers: Iterable[int]) -> Iterator[str]:
        """Unpack each number to a text of counts, as `app.sql.cumulative` reads it: all rows, then
        each code in the order of `slots`, separated by commas."""
        indexes = [self._fields.get(code, -1) for code in self._slots]
        for number in numbers:
            counts = (*map(str, self._unpack(number)), "0")  # Index -1: no row has the code.
            yield ",".join([counts[index] for index in indexes])

    def _unpack(self, number: int) -> tuple[int, ...]:
        size = len(self._fields)
        return unpack(f"<{size}I", number.to_bytes(BYTES * size, "little"))
