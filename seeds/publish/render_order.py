"""Ranks of rendered rows: numbers that store the rows in date order, because most pages read them
in this order.

The high bits of a rank are the date as a number YYYYMMDD, negative before the year 0. Then come the
rank of the kind, and the number of the row among those of its kind and date, by position. So a new
row changes only the ranks of rows of its kind with its date.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from app.edtf.calendar import from_sort_key
from app.search.ordinals import KIND_BITS, rank_of
from seeds.publish.date_columns import DateRangeColumns

RUN_BITS = 32
"""Bits for the number of a row among those of its kind and date."""


class RenderRanks:
    """Assigns ranks to rows, which must come sorted by kind, position and id."""

    def __init__(self) -> None:
        self._of_kind: dict[str, _NextRanks] = {}

    def of(self, kind: str, dates: Sequence[DateRangeColumns]) -> list[int]:
        """The ranks of the next rows of a kind; `dates` are the columns of their dates."""
        ranks = self._of_kind.setdefault(kind, _NextRanks(kind))
        return [next(ranks[date["date_sort"]]) for date in dates]


class _NextRanks(dict[str | int, Iterator[int]]):
    """The next free ranks of one kind, by the sort key of a date."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._rank = rank_of(kind)

    def __missing__(self, date_sort: str | int) -> Iterator[int]:
        day = from_sort_key(str(date_sort))
        date = int(day[:-6]) * 10_000 + int(day[-5:-3]) * 100 + int(day[-2:])
        ranks = self[date_sort] = count((date << KIND_BITS | self._rank) << RUN_BITS)
        return ranks
