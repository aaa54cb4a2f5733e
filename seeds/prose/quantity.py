"""One quantity as prose states it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["amount", "percent", "count", "rank", "duration"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity; `text[start:end]` are its words, with "some", "about" and the like."""

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None
    """Written out and exact; null where the words give none ("tens of thousands")."""
    currency: str | None
    """ISO 4217; null where it is no sum, or its sign is that of several currencies."""
    unit: str | None
    """`currency`, `percent`, `percentage point`, `rank`, a unit of time (`day`), or the counted
    in the words of the text; null for a count of what is not named behind it."""
    approximate: bool
