"""Parses the parameter `q`: words and "quoted phrases". A row must match all of them.

The syntax:

- A phrase is in double quotes, straight or typographic.
- A star directly after a word of two letters or more matches all words with this prefix.
- Nothing is a syntax error. A quote mark without a second one, or a star in another position,
  separates words like any other character.
- Words and phrases match in any form (English stems). Prefixes match words as written.
- A word that the tokeniser splits (`17.8`, `Hong-Kong`) is a phrase.
- Stop words count. The order of terms does not matter.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.search.tokens import Token, Word, is_unspaced, tokens, words

MAX_CHARACTERS = 200
MAX_WORDS = 10
SHORTEST_PREFIX = 2
"""Minimum length of a prefix, in characters."""

_QUOTES = '"“”„‟«»＂'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|[^\s{_QUOTES}]+")


class QueryError(ValueError):
    """The query has too many characters or words. The message says the limit and the number."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or a phrase: several words that must follow one another."""

    words: tuple[Word, ...]
    prefix: bool
    """Whether the last word is a prefix. If it is, all words match as written, not by stem."""

    @property
    def forms(self) -> list[str]:
        """The forms of the words that must match: folded words for a prefix, else stems."""
        return [word.folded if self.prefix else word.stem for word in self.words]

    @property
    def text(self) -> str:
        """The canonical text of the term. It has no blanks: `hong-kong`, `polic*`."""
        written = [unicodedata.normalize("NFC", word.folded) for word in self.words]
        joined = written[:1]
        for left, right in pairwise(written):
            joined += ["" if is_unspaced(left) or is_unspaced(right) else "-", right]
        return "".join(joined) + "*" * self.prefix


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Terms that must all match. A query such as `***` has none."""

    terms: tuple[Term, ...]

    @property
    def stems(self) -> Iterable[str]:
        """The stems that each hit must have, without duplicates."""
        words = (word for term in self.terms if not term.prefix for word in term.words)
        return dict.fromkeys(word.stem for word in words)

    @property
    def text(self) -> str:
        """The canonical text of the query. Equal queries have equal texts. The text parses to the
        same query."""
        return " ".join(term.text for term in self.terms)


@lru_cache(maxsize=100)
def parse_query(q: str) -> SearchQuery:
    """Parse a query. Raises `QueryError` if it has more than 200 characters or more than 10 words,
    including words in phrases.

    The caller must refuse a query without terms. Results are cached, because a request parses its
    query more than once.
    """
    if len(q) > MAX_CHARACTERS:
        raise QueryError(f"at most {MAX_CHARACTERS} characters are searched for, not {len(q)}")
    pieces = [(found[1], found[0]) for found in _PIECE.finditer(q)]
    count = sum(
        bool(words(written)) for quoted, piece in pieces for written in (quoted or piece).split()
    )
    if count > MAX_WORDS:
        raise QueryError(f"at most {MAX_WORDS} words are searched for, not {count}")
    terms = [_plain(piece) if quoted is None else _phrase(quoted) for quoted, piece in pieces]
    query = SearchQuery(tuple(dict.fromkeys(term for term in terms if term.words)))
    if len(query.text) > MAX_CHARACTERS:
        raise QueryError(
            f"at most {MAX_CHARACTERS} characters are searched for, not {len(query.text)}, "
            "with ligatures written out"
        )
    return query


def _phrase(quoted: str) -> Term:
    return Term(tuple(words(quoted)), prefix=False)


def _plain(piece: str) -> Term:
    found = tokens(piece)
    return Term(
        tuple(Word(token.folded, token.stem) for token in found),
        prefix=bool(found) and _is_prefix(found[-1], piece),
    )


def _is_prefix(last: Token, piece: str) -> bool:
    return len(last.folded) >= SHORTEST_PREFIX and piece.startswith("*", last.end)
