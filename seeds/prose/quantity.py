"""The model of a quantity in prose."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Kind = Literal[
    "amount", "percent", "count", "rank", "duration", "length", "age", "share", "multiple", "ratio"
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity. `text[start:end]` are its words, including "some", "about" and similar words.

    In `text` line ends are replaced by blanks.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None
    """The exact value; null if the words have none ("tens of thousands") or if it is not a finite
    decimal ("one third")."""
    currency: str | None
    """ISO 4217 code; null if it is not an amount, or if the currency is not clear."""
    unit: str | None
    """`currency`, `percent`, `percentage point`, `rank`, a unit of time (`day`), or the counted
    things in the words of the text. Null for a count without a noun after it."""
    approximate: bool
    share: Fraction | None = None
    """The exact fraction of a share: 2/3 for "two-thirds", 1/5 for "one in five"."""
    unread: str | None = None
    """The reason why the words have no value ("a ratio of two numbers ..."); null if they are read.
    """
