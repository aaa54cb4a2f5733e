"""Ordinals: the numbers of rows in the index of words.

Ordinals have the order of the rows: by position, then by kind in the order of the registry, then by
id. So a scan of the index by ordinal yields hits in this order, and reads no other rows.
"""

from collections.abc import Mapping, Sequence

from app.vocabularies.kinds import DERIVED_KINDS, KINDS

RUN_BITS = 12
"""Bits of an ordinal for the number of a row among rows with the same kind and position: at most
4,096 rows."""
KIND_BITS = 4
KIND_MASK = (1 << KIND_BITS) - 1
POSITION_BITS = 63 - KIND_BITS - RUN_BITS
POSITION_SHIFT = KIND_BITS + RUN_BITS
"""The position of a row is its ordinal, shifted right by this number of bits."""

BEFORE_ALL = -1
"""Less than all ordinals."""
AFTER_ALL = (1 << 63) - 1
"""The greatest 64-bit integer. No ordinal is greater."""


def ranks(kinds: Sequence[str]) -> Mapping[str, int]:
    """The rank of each kind among the rows at one position.

    Raises `TypeError`, when this module is imported, if there are too many kinds.
    """
    if len(kinds) > 1 << KIND_BITS:
        raise TypeError(
            f"there are {len(kinds)} kinds, but ordinals hold at most {1 << KIND_BITS}; "
            f"raise KIND_BITS in {__name__}"
        )
    return {kind: rank for rank, kind in enumerate(kinds)}


_RANKS = ranks((*KINDS.values, *DERIVED_KINDS))


class Numbering:
    """Assigns ordinals to rows. The rows must be sorted by kind, position and id."""

    def __init__(self) -> None:
        self._last: tuple[str, int] | None = None
        self._run = 0

    def number(self, kind: str, position: int, id: str) -> int:
        """The ordinal of the next row. Raises `OverflowError` if the position is too high, or has
        too many rows of the kind."""
        key = (kind, position)
        self._run = run = self._run + 1 if key == self._last else 0
        self._last = key
        if run >> RUN_BITS or position >> POSITION_BITS:
            raise OverflowError(
                f"{kind} {id!r}: the index of words holds {1 << RUN_BITS} rows of a kind at one "
                f"position, and positions below {1 << POSITION_BITS}; this is row {run} at "
                f"{position}. Give rows positions of their own."
            )
        return first_at(position) | rank_of(kind) << RUN_BITS | run


def first_at(position: int) -> int:
    """The smallest ordinal at a position. Any integer is allowed; the result is clamped."""
    return min(max(position, 0) << POSITION_SHIFT, AFTER_ALL)


def rank_of(kind: str) -> int:
    """The rank of a kind among the rows at one position."""
    return _RANKS[kind]
