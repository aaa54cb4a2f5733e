"""Where the words of a query stand in the texts of a row that it finds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.search.query import SearchQuery, Term
from app.search.tokens import Token, tokens


class Highlight(NamedTuple):
    """Matching words: `text[start:end]` of the field, in code points, end exclusive."""

    field: str
    start: int
    end: int


def highlights(query: SearchQuery, fields: Mapping[str, str]) -> list[Highlight]:
    """All words and whole phrases that match; fields in their order, overlapping ones as one."""
    return [
        Highlight(field, start, end)
        for field, text in fields.items()
        for start, end in _merged(_spans(query, tokens(text)))
    ]


def _spans(query: SearchQuery, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for term in query.terms:
        for end in _ends(term, found):
            yield found[end - len(term.words) + 1].start, found[end].end


def _ends(term: Term, found: Sequence[Token]) -> Iterator[int]:
    forms = [token.whole if term.prefix else token.stem for token in found]
    fits = str.startswith if term.prefix else str.__eq__
    *before, last = term.forms
    for end in range(len(before), len(forms)):
        if fits(forms[end], last) and forms[end - len(before) : end] == before:
            yield end


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
