"""The shape of a query: everything that its SQL depends on, except the values.

To build and compile a statement costs far more than to run it. So each statement is cached by the
shape of its query, and run with bound values.
"""

from dataclasses import dataclass

from app.query.conditions import Condition
from app.query.cursor import Direction
from app.query.period import DateMatch
from app.query.sort import SortKey


@dataclass(frozen=True, slots=True)
class Shape:
    """The conditions with their number of values, the period, the search and the sort."""

    conditions: tuple[Condition, ...]
    date_match: DateMatch | None
    searched: bool
    sort: tuple[SortKey, ...]
    direction: Direction | None
    evidence: bool
    from_undated: bool = False
    """Whether the row of the cursor has no date."""
