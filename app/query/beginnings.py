"""Beginnings: the days on which a date may begin, told apart by how exactly that is known.

Of beginnings of one kind none lies within another one, but for those that share an end with it. So
those that lie in a period are as many as end until its end, less those that begin before it; if
that is less than none, none.
"""

from collections.abc import Mapping
from datetime import date

from app.edtf import MAX_DAY, MIN_DAY

BEGINNINGS: Mapping[str, int] = {
    "begins-day": 1, "begins-month": 31, "begins-season": 92, "begins-year": 366,
    "begins-decade": 3_653,
}  # fmt: skip
"""How exactly beginnings are known, with the most days that these may be."""
BEGINS_OPEN = "begins-open"
"""Beginnings of which only the first day or the last one is known."""


def beginning(first: str, last: str) -> str:
    """Which of the beginnings one is that may lie from the one day to the other."""
    if first == MIN_DAY or last == MAX_DAY:
        return BEGINS_OPEN
    days = date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal() + 1
    return next((name for name, most in BEGINNINGS.items() if days <= most), BEGINS_OPEN)
