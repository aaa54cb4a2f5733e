"""Search in PostgreSQL: what goes into a tsvector column, and what is asked of it.

Both are literals of lexemes in quotes, to be cast to `tsvector` and `tsquery`: no parser,
dictionary or configuration of PostgreSQL has a say. The weight of a lexeme is its part of the row.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from app.search.layout import GAP, LAST_PLACE, MARK, PARTS, Words, sought
from app.search.query import SearchQuery, Term

RARE = 2_000
"""So many rows at most have a word that is rare."""

_WEIGHTS = dict(zip(PARTS, "ABC", strict=True))


def tsvector(layout: Mapping[str, Words]) -> str:
    """The literal of a row: each lexeme with its places, `'hong':1A,4B '=hong':1A,4B`."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    used = 0
    beyond = LAST_PLACE
    for part, words in layout.items():
        weight = _WEIGHTS[part]
        for place, word in enumerate(words.running, start=used + 1):
            if word is not GAP:
                spot = f"{place}{weight}"
                places[word.stem].append(spot)
                places[MARK + word.whole].append(spot)
        used += len(words.running) + 1
        beyond += 2  # Words apart share one place in each part, and none stands next to it.
        for lexeme in {lexeme for word in words.apart for lexeme in (word.stem, MARK + word.whole)}:
            places[lexeme].append(f"{beyond}{weight}")
    return " ".join(f"'{lexeme}':{','.join(found)}" for lexeme, found in places.items())


def tsquery(query: SearchQuery, parts: Collection[str] = PARTS) -> str:
    """The literal of a query; each term has to stand in one of the parts."""
    weights = "" if len(parts) == len(PARTS) else "".join([_WEIGHTS[part] for part in parts])
    return " & ".join([_phrase(term, weights) for term in query.terms])


def _phrase(term: Term, weights: str) -> str:
    *before, last = sought(term)
    marks = "*" * term.prefix + weights
    phrase = [_lexeme(lexeme, weights) for lexeme in before] + [_lexeme(last, marks)]
    return " <-> ".join(phrase)


def _lexeme(lexeme: str, marks: str) -> str:
    return f"'{lexeme}':{marks}" if marks else f"'{lexeme}'"
