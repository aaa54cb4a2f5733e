"""How the words of a row are laid out in an index, the same in both databases.

Each word is indexed twice at its place: by its stem, for words and phrases, and whole, marked by
`=`, for prefixes, since a word need not begin as its stem does (`policy` and `polici`). A row has
parts; each holds any number of texts, and no phrase passes from one text to the next.

PostgreSQL keeps places up to 16,383, and 256 of each word. Of rows so long, both databases find
every word, but phrases only as far as the limits go. (Besides, a tsvector with its words and places
has at most 1 MB; PostgreSQL refuses a longer one.)
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from app.search.query import Term
from app.search.tokens import Kept, Word, words

PARTS: tuple[str, ...] = ("name", "aliases", "text")
"""The parts of a row, most telling first; relevance asks which of them have all terms."""

MARK = "="
"""Stands before words that are indexed whole; alone, it fills a place that phrases cannot pass."""

GAP = Word(whole="", stem=MARK)
"""Fills such a place in both forms."""

LAST_PLACE = 16_375
MOST_PLACES = 250
"""Of one word. Both leave a few places beyond for words that stand apart."""


class Words(NamedTuple):
    """The words of one part of a row."""

    running: Sequence[Word]
    """In order; a gap where no phrase can pass: between texts, and in place of a word apart."""
    apart: Set[Word]
    """Those beyond the limits, which phrases do not find."""


NONE = Words([], frozenset())


def laid_out(texts: Mapping[str, Iterable[str]], kept: Kept | None = None) -> dict[str, Words]:
    """The words of a row, by part, from the texts of its parts, of which any may be missing."""
    said = {part: [words(text, kept) for text in texts.get(part, ())] for part in PARTS}
    if sum(map(len, chain.from_iterable(said.values()))) <= MOST_PLACES:
        return {part: _in_a_row(each) if each else NONE for part, each in said.items()}
    return _within_limits(said)


def _in_a_row(said: Sequence[list[Word]]) -> Words:
    running, *more = said
    for text in more:
        _end_phrases(running)
        running += text
    return Words(running, NONE.apart)


def _within_limits(said: Mapping[str, Iterable[Sequence[Word]]]) -> dict[str, Words]:
    layout: dict[str, Words] = {}
    used = 0
    seen: Counter[str] = Counter()
    for part, texts in said.items():
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
    """What an index has for the words of the term, in order."""
    return [MARK + form for form in term.forms] if term.prefix else term.forms
