"""What the parameter `q` asks: words and "quoted phrases", all of which must match.

Syntax is: double quotes, straight or typographic, around a phrase, and a star right behind a word
of two letters or more, which then finds all words that begin so. Nothing else is syntax, and
nothing is a syntax error: a quote without its partner, or a star elsewhere, divides words as any
other character does. Words and phrases are found in any form (English stems), the words of a
prefix as they are written. A word that the tokeniser divides (`17.8`, `Hong-Kong`) is a phrase.
Stop words are words. Word order between terms does not matter.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.search.tokens import Token, Word, is_unspaced, tokens, words

MOST_CHARACTERS = 200
MOST_WORDS = 10
SHORTEST_PREFIX = 2

_QUOTES = '"“”„‟«»＂'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|[^\s{_QUOTES}]+")


class QueryError(ValueError):
    """A search that is too long; the message says by how much."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one behind the other."""

    words: tuple[Word, ...]
    prefix: bool
    """Whether the last word may go on; then all are found as they are written, not by stem."""

    @property
    def forms(self) -> list[str]:
        """The words as they are found: whole in a prefix, else by stem."""
        return [word.whole if self.prefix else word.stem for word in self.words]

    @property
    def text(self) -> str:
        """The term as `q` may have it, in one piece: `hong-kong`, `polic*`."""
        written = [unicodedata.normalize("NFC", word.whole) for word in self.words]
        joined = written[:1]
        for left, right in pairwise(written):
            joined += ["" if is_unspaced(left) or is_unspaced(right) else "-", right]
        return "".join(joined) + "*" * self.prefix


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Terms that must all match. Without any (`q=***`), there is nothing to search for."""

    terms: tuple[Term, ...]

    @property
    def stems(self) -> Iterable[str]:
        """Those that a row must have, whatever else it has."""
        words = (word for term in self.terms if not term.prefix for word in term.words)
        return dict.fromkeys(word.stem for word in words)

    @property
    def text(self) -> str:
        """The canonical query: equal queries have equal texts, and it parses to the same query."""
        return " ".join(term.text for term in self.terms)


@lru_cache(maxsize=100)
def parse_query(q: str) -> SearchQuery:
    """Raises QueryError beyond 200 characters or 10 words; those of phrases count.

    The caller refuses a query that has no terms. Each request parses its own more than once.
    """
    if len(q) > MOST_CHARACTERS:
        raise QueryError(f"at most {MOST_CHARACTERS} characters are searched for, not {len(q)}")
    pieces = [(found[1], found[0]) for found in _PIECE.finditer(q)]
    count = sum(
        bool(words(written)) for quoted, piece in pieces for written in (quoted or piece).split()
    )
    if count > MOST_WORDS:
        raise QueryError(f"at most {MOST_WORDS} words are searched for, not {count}")
    terms = [_plain(piece) if quoted is None else _phrase(quoted) for quoted, piece in pieces]
    query = SearchQuery(tuple(dict.fromkeys(term for term in terms if term.words)))
    if len(query.text) > MOST_CHARACTERS:
        raise QueryError(
            f"at most {MOST_CHARACTERS} characters are searched for, not {len(query.text)}, "
            "with ligatures written out"
        )
    return query


def _phrase(quoted: str) -> Term:
    return Term(tuple(words(quoted)), prefix=False)


def _plain(piece: str) -> Term:
    found = tokens(piece)
    return Term(
        tuple(Word(token.whole, token.stem) for token in found),
        prefix=bool(found) and _is_prefix(found[-1], piece),
    )


def _is_prefix(last: Token, piece: str) -> bool:
    return len(last.whole) >= SHORTEST_PREFIX and piece.startswith("*", last.end)
