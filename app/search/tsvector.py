"""Search in PostgreSQL: the content of the tsvector column, and the tsquery expressions.

Both are literals of quoted lexemes, which PostgreSQL casts to `tsvector` and `tsquery`. So it uses
no parser, dictionary or text search configuration. The weight of a lexeme says its part of the row.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from app.search.layout import GAP, LAST_POSITION, MARK, PARTS, Words, indexed_forms
from app.search.query import SearchQuery, Term

RARE = 2_000
"""A word is rare if at most this many rows have it."""

_WEIGHTS = dict(zip(PARTS, "ABC", strict=True))


def tsvector(layout: Mapping[str, Words]) -> str:
    """The tsvector literal of a row: each lexeme with its positions and weights, such as
    `'hong':1A,4B '=hong':1A,4B`."""
    positions: defaultdict[str, list[str]] = defaultdict(list)
    used = 0
    shared_position = LAST_POSITION
    for part, words in layout.items():
        weight = _WEIGHTS[part]
        for position, word in enumerate(words.in_order, start=used + 1):
            if word is not GAP:
                weighted = f"{position}{weight}"
                positions[word.stem].append(weighted)
                positions[MARK + word.folded].append(weighted)
        used += len(words.in_order) + 1
        # Words beyond the limits share one position in each part, with a gap on both sides.
        shared_position += 2
        for lexeme in {
            lexeme for word in words.beyond_limits for lexeme in (word.stem, MARK + word.folded)
        }:
            positions[lexeme].append(f"{shared_position}{weight}")
    return " ".join(f"'{lexeme}':{','.join(found)}" for lexeme, found in positions.items())


def tsquery(query: SearchQuery, parts: Collection[str] = PARTS) -> str:
    """The tsquery literal of a query: each term must occur in one of the parts."""
    weights = "" if len(parts) == len(PARTS) else "".join([_WEIGHTS[part] for part in parts])
    return " & ".join([_phrase(term, weights) for term in query.terms])


def _phrase(term: Term, weights: str) -> str:
    *before, last = indexed_forms(term)
    marks = "*" * term.prefix + weights
    phrase = [_lexeme(lexeme, weights) for lexeme in before] + [_lexeme(last, marks)]
    return " <-> ".join(phrase)


def _lexeme(lexeme: str, marks: str) -> str:
    return f"'{lexeme}':{marks}" if marks else f"'{lexeme}'"
