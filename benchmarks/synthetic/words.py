"""Generate words. By Zipf's law, short ones are frequent and long ones rare."""

from functools import lru_cache
from random import Random

VOCABULARY = 200_000
"""The number of words. The rarest are in a few of 1,000,000 sentences."""

COMMON = 3
"""The rank of a word that is in a third of all sentences."""

SENTENCE = 17
"""Words per sentence."""

_SYLLABLES = tuple(c + v for c in "kmtlnrpbdvgfzh" for v in "aeiou")


def drawn(random: Random, count: int) -> int:
    """A random rank from 1 to `count`. The probability of rank k is about 1/k (Zipf's law)."""
    return int((count + 1) ** random.random())


@lru_cache(maxsize=1 << 15)
def word(rank: int) -> str:
    """The word of a rank, counted from 1. All words differ."""
    rank, index = divmod(rank - 1, len(_SYLLABLES))
    return (word(rank) if rank else "") + _SYLLABLES[index]


def random_words(random: Random) -> list[str]:
    """The words of a sentence."""
    most = VOCABULARY + 1
    return [word(int(most ** random.random())) for _ in range(SENTENCE)]
