"""Counts abreast: how many rows there are and how many have each code, side by side in one number,
so that one addition adds up all of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from struct import unpack
from typing import Any

from app.resources.resource import Resource
from app.resources.tally_slots import EVERY, Code, slots, tallied_filters

BYTES = 4
"""Of each count."""


class PackedCounts:
    """The counts of a list: each code that is met gets the next place in the number."""

    def __init__(self, resource: Resource) -> None:
        self._filters = [filter.name for filter, _ in tallied_filters(resource)]
        self._slots = slots(resource)
        self._met: dict[Code, int] = {EVERY: 0}
        self.one = cache(self._one)

    def _one(self, codes: Sequence[Any]) -> int:
        """The counts of one row, which has these codes of the tallied filters."""
        coded = zip(self._filters, codes, strict=True)
        every = (EVERY, *((of, str(code)) for of, code in coded if code is not None))
        return sum(1 << 8 * BYTES * self._met.setdefault(each, len(self._met)) for each in every)

    @staticmethod
    def every(number: int) -> int:
        """How many rows there are."""
        return number & (1 << 8 * BYTES) - 1

    def counts(self, number: int) -> Iterator[tuple[str, str, int]]:
        """Each count that is not zero, behind its filter and code."""
        for (of, code), count in zip(self._met, self._apart(number), strict=True):
            if count:
                yield of, code, count

    def texts(self, numbers: Iterable[int]) -> Iterator[str]:
        """The counts of each number as `until` reads them."""
        met = [self._met.get(code, -1) for code in self._slots]
        for number in numbers:
            counts = (*map(str, self._apart(number)), "0")  # which is that of what was not met
            yield ",".join([counts[place] for place in met])

    def _apart(self, number: int) -> tuple[int, ...]:
        size = len(self._met)
        return unpack(f"<{size}I", number.to_bytes(BYTES * size, "little"))
