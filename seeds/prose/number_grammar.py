"""Patterns that dates and quantities share: blanks, dashes, and numbers in words."""

from collections.abc import Iterable
from typing import Final

BLANK: Final = r"[^\S\n]+"
DASH: Final = r"(?:[^\S\n]*[–−-][^\S\n]*|—)"

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINAL_UNITS = _ORDINALS.split()[:9]
_ORDINAL_TENS: Final = {
    20: "twent", 30: "thirt", 40: "fort", 50: "fift", 60: "sixt", 70: "sevent", 80: "eight",
    90: "ninet",
}  # fmt: skip
ORDINALS: Final = (
    {word: value for value, word in enumerate(_ORDINALS.split(), 1)}
    | {f"{stem}ieth": value for value, stem in _ORDINAL_TENS.items()}
    | {
        f"{stem}y-{unit}": value + rank
        for value, stem in _ORDINAL_TENS.items()
        for rank, unit in enumerate(_ORDINAL_UNITS, 1)
    }
)
"""Ordinals in words with their values, up to "ninety-ninth"."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first. A blank also matches several blanks."""
    listed = sorted(words, key=len, reverse=True)
    return "|".join(word.replace(" ", BLANK) for word in listed)


ORDINAL_WORD: Final = rf"(?i:{any_of(ORDINALS).replace('-', '[-‐]')})"
