"""The positions of the words of a row in the index. They are the same in both databases.

A row has parts, and a part has any number of texts. A phrase does not extend from one text to the
next. Each word is indexed in two forms at its position:

- Its stem, for words and phrases.
- The folded word with the prefix `=`, for prefix search. The stem does not suffice, because a word
  can differ from its stem: `policy` has the stem `polici`.

PostgreSQL stores positions up to 16,383, and at most 256 positions of a word. In rows that exceed
these limits, both databases find all words, but find phrases only within the limits. (A tsvector
has at most 1 MB. PostgreSQL refuses a longer one.)
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from app.search.query import Term
from app.search.tokens import Word, WordCache, words

PARTS: tuple[str, ...] = ("name", "aliases", "text")
"""The parts of a row, most relevant first. The tier of a hit depends on the parts that have all
terms."""

MARK = "="
"""The prefix of folded words in the index. Alone, it is a gap: no phrase extends across it."""

GAP = Word(folded="", stem=MARK)
"""The gap, as both forms of a word."""

LAST_POSITION = 16_375
"""The last position of words in order. PostgreSQL stores a few more positions. They are for the
words beyond the limits."""
MAX_POSITIONS = 250
"""Maximum number of positions of one word. PostgreSQL allows some more, for the same reason."""


class Words(NamedTuple):
    """The words of one part of a row."""

    in_order: Sequence[Word]
    """The words in order. A gap is between texts, and replaces each word beyond the limits."""
    beyond_limits: Set[Word]
    """The words beyond the limits. Phrases do not find them."""


NONE = Words([], frozenset())


def layout_of(
    texts: Mapping[str, Iterable[str]], cache: WordCache | None = None
) -> dict[str, Words]:
    """The words of a row for each part in `PARTS`: in order, and those beyond the limits.

    `texts` has the texts of each part; a part without texts may be missing.
    """
    words_of = {part: [words(text, cache) for text in texts.get(part, ())] for part in PARTS}
    if sum(map(len, chain.from_iterable(words_of.values()))) <= MAX_POSITIONS:
        return {part: _in_a_row(each) if each else NONE for part, each in words_of.items()}
    return _within_limits(words_of)


def _in_a_row(texts: Sequence[list[Word]]) -> Words:
    in_order, *more = texts
    for text in more:
        _end_phrases(in_order)
        in_order += text
    return Words(in_order, NONE.beyond_limits)


def _within_limits(words_of: Mapping[str, Iterable[Sequence[Word]]]) -> dict[str, Words]:
    layout: dict[str, Words] = {}
    used = 0
    seen: Counter[str] = Counter()
    for part, texts in words_of.items():
        in_order: list[Word] = []
        beyond_limits: set[Word] = set()
        for text in texts:
            _end_phrases(in_order)
            for word in text:
                if used + len(in_order) < LAST_POSITION and seen[word.stem] < MAX_POSITIONS:
                    seen[word.stem] += 1
                    in_order.append(word)
                else:
                    beyond_limits.add(word)
                    _end_phrases(in_order)
        layout[part] = Words(in_order, beyond_limits)
        used += len(in_order) + 1
    return layout


def _end_phrases(in_order: list[Word]) -> None:
    if in_order and in_order[-1] is not GAP:
        in_order.append(GAP)


def indexed_forms(term: Term) -> list[str]:
    """The forms in which the words of a term are indexed, in order."""
    return [MARK + form for form in term.forms] if term.prefix else term.forms
