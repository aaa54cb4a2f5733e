"""Places: the numbers by which rendered rows lie in the order of dates, in which most pages read
them.

A place begins with the sort key of the date, as a number; then come the rank of the kind, and a
number of its own for each row of that kind and date, by position. So a row that is added moves only
those of its date.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from app.search.ordinals import KIND_BITS, rank_of
from seeds.publish.spans import Span

RUN_BITS = 32
"""Of the rows of one kind with one date."""


class RenderRanks:
    """Numbers rows that come by kind, position and id."""

    def __init__(self) -> None:
        self._of_kind: dict[str, _Free] = {}

    def of(self, kind: str, spans: Sequence[Span]) -> list[int]:
        """The places of the next rows, which have these dates."""
        free = self._of_kind.setdefault(kind, _Free(kind))
        return [next(free[span["date_sort"]]) for span in spans]


class _Free(dict[str | int, Iterator[int]]):
    """The places of a kind that are free, for each sort key of a date."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._rank = rank_of(kind)

    def __missing__(self, date_sort: str | int) -> Iterator[int]:
        date = int(str(date_sort).replace("-", ""))
        free = self[date_sort] = count((date << KIND_BITS | self._rank) << RUN_BITS)
        return free
