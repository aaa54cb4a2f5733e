"""Places: the numbers by which rendered rows lie in the order of dates, in which most pages read
them.

A place begins with the sort key of the date, as a number; then come the kind, in the order of the
registry, and a number of its own for each row of that kind and date, by position. So a row that is
added moves only those of its date.
"""

from collections.abc import Sequence

from app.search.ordinals import KIND_BITS, rank_of
from seeds.content import LoadedRow
from seeds.publishing.items import spans_of

RUN_BITS = 32
"""Of the rows of one kind with one date."""


class Places:
    """Numbers rows that come by kind, position and id."""

    def __init__(self) -> None:
        self._free: dict[tuple[str, str], int] = {}

    def of(self, chunk: Sequence[LoadedRow]) -> list[int]:
        """The places of the next rows, which are of one kind."""
        kind = chunk[0].resource.kind
        return [self._next(kind, str(span["date_sort"])) for span in spans_of(chunk)]

    def _next(self, kind: str, date_sort: str) -> int:
        place = self._free.get((kind, date_sort))
        if place is None:
            date = int(date_sort.replace("-", ""))
            place = (date << KIND_BITS | rank_of(kind)) << RUN_BITS
        self._free[kind, date_sort] = place + 1
        return place
