"""The scale: the position of each day on the drawing.

The scale is elastic: a unit in which more rows begin is wider. So four decades and their busiest
month fit on one screen. No unit is more than `WIDEST` times as wide as another.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import sqrt

from app.web.timeline.calendar import Unit

WIDEST = 8.0
"""The width of the widest unit, as a multiple of the narrowest."""
NARROW = 26.0
"""A unit below this width, in which no row begins, is marked as a break of the scale."""


@dataclass(frozen=True)
class Scale:
    """Units side by side, each as wide as its weight requires."""

    units: Sequence[Unit]
    widths: Sequence[float]
    weights: Sequence[int]
    """How many rows begin in each unit."""

    @classmethod
    def elastic(cls, units: Sequence[Unit], begins: Sequence[int], width: float) -> "Scale":
        """A scale `width` wide. `begins` are the days on which rows begin.

        The width of a unit grows with the square root of its weight, so a busy year is wide, but
        not as many times wider as it has rows.
        """
        firsts = [unit.first for unit in units]
        weights = [0] * len(units)
        for day in begins:
            weights[min(max(bisect_right(firsts, day) - 1, 0), len(units) - 1)] += 1
        roots = [sqrt(weight) for weight in weights]
        growth = (WIDEST - 1) / max(roots) if any(roots) else 0.0
        shares = [1 + growth * root for root in roots]
        unit_width = width / sum(shares)
        return cls(units, [unit_width * share for share in shares], weights)

    @classmethod
    def even(cls, units: Sequence[Unit], width: float) -> "Scale":
        """A scale whose units are all equally wide."""
        return cls(units, [width / len(units)] * len(units), [0] * len(units))

    @cached_property
    def starts(self) -> list[float]:
        """The position of the start of each unit, and of the end of the last one."""
        return list(accumulate(self.widths, initial=0.0))

    @cached_property
    def breaks(self) -> list[tuple[float, float]]:
        """Where runs of narrow units without a beginning lie: start and width of each."""
        found: list[tuple[float, float]] = []
        if len(set(map(round, self.widths))) == 1:
            return found
        for start, width, weight in zip(self.starts, self.widths, self.weights, strict=False):
            if weight or width >= NARROW:
                continue
            if found and abs(sum(found[-1]) - start) < 0.01:
                found[-1] = (found[-1][0], found[-1][1] + width)
            else:
                found.append((start, width))
        return found

    @cached_property
    def _firsts(self) -> list[int]:
        return [unit.first for unit in self.units]

    def at(self, day: float) -> float:
        """The position of the start of a day. Days outside the drawing are at its edges."""
        index = min(max(bisect_right(self._firsts, day) - 1, 0), len(self.units) - 1)
        unit = self.units[index]
        part = min(max((day - unit.first) / unit.days, 0.0), 1.0)
        return self.starts[index] + part * self.widths[index]

    def busiest(self, length: int) -> tuple[Unit, Unit]:
        """The first and the last of `length` units in which most begins, near the middle."""
        spare = len(self.units) - length
        sums = [sum(self.weights[start : start + length]) for start in range(spare + 1)]
        start = min(range(spare + 1), key=lambda n: (-sums[n], abs(2 * n - spare)))
        return self.units[start], self.units[start + length - 1]

    @property
    def first(self) -> int:
        """The first day of the drawing."""
        return self.units[0].first

    @property
    def last(self) -> int:
        """The last day of the drawing."""
        return self.units[-1].last
