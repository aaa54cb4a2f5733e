"""Made-up words: short ones are frequent and long ones rare, by Zipf's law."""

from functools import lru_cache
from random import Random

VOCABULARY = 200_000
"""So many words there are. The rarest are in a handful of 1,000,000 sentences."""

COMMON = 3
"""The rank of a word that is in a third of all sentences."""

SENTENCE = 17
"""Words of a sentence."""

_SYLLABLES = tuple(c + v for c in "kmtlnrpbdvgfzh" for v in "aeiou")


def drawn(random: Random, many: int) -> int:
    """A rank from 1 to `many`; the chance of rank k is close to 1/k, as Zipf's law has it."""
    return int((many + 1) ** random.random())


@lru_cache(maxsize=1 << 15)
def word(rank: int) -> str:
    """The word of a rank from 1 on, no two the same."""
    rank, place = divmod(rank - 1, len(_SYLLABLES))
    return (word(rank) if rank else "") + _SYLLABLES[place]


def sentence(random: Random) -> list[str]:
    """The words of a sentence."""
    most = VOCABULARY + 1
    return [word(int(most ** random.random())) for _ in range(SENTENCE)]
