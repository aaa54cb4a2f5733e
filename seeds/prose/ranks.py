"""Finds ranks: ordinals in digits ("45th"), in words before a superlative ("second-largest")."""

import re
from typing import Final, NamedTuple

_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_VALUES: Final = {word: value for value, word in enumerate(_ORDINAL_WORDS.split(), 1)}

_DIGITS = re.compile(
    r"(?<![\w$£€¥#/.,-])(?P<value>[0-9]{1,3}(?:,[0-9]{3})*|[0-9]{4,9})(?:st|nd|rd|th)(?![\w/])"
    r"(?!(?:[^\S\n]+|-)(?i:century|centuries|street|avenue|floor|minute|hour)\b)"
)
_WORDS = re.compile(
    rf"(?i)(?<![\w-])(?P<value>{'|'.join(_VALUES)})(?=(?:[^\S\n]+|-)"
    r"(?:most|least|best|worst|largest|biggest|highest|lowest|smallest|longest|shortest|oldest"
    r"|newest|youngest|richest|poorest|tallest|greatest|fastest|slowest|closest|strongest|weakest"
    r"|nearest|deepest|cheapest|\w+iest)\b)"
)


class Rank(NamedTuple):
    """An ordinal at `[start, end)`."""

    start: int
    end: int
    value: int


def find_ranks(text: str) -> list[Rank]:
    """All ranks, in order; ordinals in words that only count off ("the second term") are none."""
    digits = [Rank(*m.span(), int(m["value"].replace(",", ""))) for m in _DIGITS.finditer(text)]
    words = [Rank(*m.span(), _VALUES[m["value"].lower()]) for m in _WORDS.finditer(text)]
    return sorted(digits + words)
