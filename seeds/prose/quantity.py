"""One quantity as prose states it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Kind = Literal[
    "amount", "percent", "count", "rank", "duration", "length", "age", "share", "multiple", "ratio"
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity; `text[start:end]` are its words, with "some", "about" and the like.

    In `text` a blank stands for a line end.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None
    """Written out and exact; null where the words give none ("tens of thousands", "one third")."""
    currency: str | None
    """ISO 4217; null where it is no sum, or its sign is that of several currencies."""
    unit: str | None
    """`currency`, `percent`, `percentage point`, `rank`, a unit of time (`day`), or the counted
    in the words of the text; null for a count of what is not named behind it."""
    approximate: bool
    share: Fraction | None = None
    """The exact fraction of a share: 2/3 of "two-thirds", 1/5 of "one in five"."""
    unread: str | None = None
    """Why the words give no value ("a ratio of two numbers"); null if they are read."""
