"""Shapes: all that the SQL of a query depends on, but its values.

Building and compiling a statement costs far more than running it, so it is kept for its shape and
run with bound values.
"""

from dataclasses import dataclass

from app.query.conditions import Condition
from app.query.cursor import Direction
from app.query.period import DateMatch
from app.query.sort import SortKey


@dataclass(frozen=True, slots=True)
class Shape:
    """Which parameters are used, how many values each has, and in which order rows come."""

    conditions: tuple[Condition, ...]
    date_match: DateMatch | None
    searched: bool
    sort: tuple[SortKey, ...]
    direction: Direction | None
    evidence: bool
    from_undated: bool = False
    """Whether the cursor stands at a row that has no date."""
