"""The scale: where a day lies on the drawing. It is elastic: a year that holds much is drawn wider,
and the axis shows how wide, so that four decades and their busiest month fit on one screen."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from app.web.timeline.calendar import Unit

EMPTY = 6.0
"""Width of a unit in which nothing begins, if there is room."""


@dataclass(frozen=True)
class Scale:
    """Units side by side, each as wide as what begins in it asks for."""

    units: Sequence[Unit]
    widths: Sequence[float]

    @classmethod
    def elastic(cls, units: Sequence[Unit], begins: Sequence[int], width: float) -> "Scale":
        """A scale `width` wide; `begins` are the days on which rows begin."""
        firsts = [unit.first for unit in units]
        counts = [0] * len(units)
        for day in begins:
            counts[min(max(bisect_right(firsts, day) - 1, 0), len(units) - 1)] += 1
        least = min(EMPTY, 0.4 * width / len(units)) if begins else width / len(units)
        spare = (width - least * len(units)) / max(1, sum(counts))
        return cls(units, [least + spare * count for count in counts])

    @cached_property
    def starts(self) -> list[float]:
        """Where each unit begins, and where the last one ends."""
        return list(accumulate(self.widths, initial=0.0))

    @cached_property
    def _firsts(self) -> list[int]:
        return [unit.first for unit in self.units]

    def at(self, day: float) -> float:
        """Where a day begins; days before and after the drawing lie on its edges."""
        place = min(max(bisect_right(self._firsts, day) - 1, 0), len(self.units) - 1)
        unit = self.units[place]
        part = min(max((day - unit.first) / unit.days, 0.0), 1.0)
        return self.starts[place] + part * self.widths[place]

    @property
    def first(self) -> int:
        return self.units[0].first

    @property
    def last(self) -> int:
        return self.units[-1].last
