"""The positions of the words of a row in the index, the same in both databases.

Each word is indexed twice at its position: by its stem, for words and phrases, and whole, marked
with `=`, for prefixes, because a word may begin otherwise than its stem (`policy`, `polici`). A row
has parts, a part has any number of texts, and no phrase extends from one text to the next.

PostgreSQL stores positions up to 16,383, and 256 of each word. In longer rows, both databases find
every word, but phrases only within these limits. (A tsvector has at most 1 MB; PostgreSQL refuses
a longer one.)
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from app.search.query import Term
from app.search.tokens import Kept, Word, words

PARTS: tuple[str, ...] = ("name", "aliases", "text")
"""The parts of a row, most relevant first; the tier of a hit depends on which have all terms."""

MARK = "="
"""The prefix of words that are indexed whole; alone, it is a gap that no phrase crosses."""

GAP = Word(whole="", stem=MARK)
"""The gap, in both forms."""

LAST_PLACE = 16_375
MOST_PLACES = 250
"""Positions of one word. Both limits leave some positions free for words beyond them."""


class Words(NamedTuple):
    """The words of one part of a row."""

    running: Sequence[Word]
    """In order; with a gap between texts, and in place of each word beyond the limits."""
    apart: Set[Word]
    """Words beyond the limits, which phrases do not find."""


NONE = Words([], frozenset())


def laid_out(texts: Mapping[str, Iterable[str]], kept: Kept | None = None) -> dict[str, Words]:
    """The words of a row, by part, from the texts of its parts; any part may be missing."""
    words_of = {part: [words(text, kept) for text in texts.get(part, ())] for part in PARTS}
    if sum(map(len, chain.from_iterable(words_of.values()))) <= MOST_PLACES:
        return {part: _in_a_row(each) if each else NONE for part, each in words_of.items()}
    return _within_limits(words_of)


def _in_a_row(texts: Sequence[list[Word]]) -> Words:
    running, *more = texts
    for text in more:
        _end_phrases(running)
        running += text
    return Words(running, NONE.apart)


def _within_limits(words_of: Mapping[str, Iterable[Sequence[Word]]]) -> dict[str, Words]:
    layout: dict[str, Words] = {}
    used = 0
    seen: Counter[str] = Counter()
    for part, texts in words_of.items():
        running: list[Word] = []
        apart: set[Word] = set()
        for text in texts:
            _end_phrases(running)
            for word in text:
                if used + len(running) < LAST_PLACE and seen[word.stem] < MOST_PLACES:
                    seen[word.stem] += 1
                    running.append(word)
                else:
                    apart.add(word)
                    _end_phrases(running)
        layout[part] = Words(running, apart)
        used += len(running) + 1
    return layout


def _end_phrases(running: list[Word]) -> None:
    if running and running[-1] is not GAP:
        running.append(GAP)


def sought(term: Term) -> list[str]:
    """The indexed forms of the words of a term, in order."""
    return [MARK + form for form in term.forms] if term.prefix else term.forms
