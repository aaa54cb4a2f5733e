"""Where the words of a query stand in the texts of a row that it finds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.search.query import SearchQuery
from app.search.tokens import Word, words_like


class Highlight(NamedTuple):
    """Matching words: `text[start:end]` of the field, in code points, end exclusive."""

    field: str
    start: int
    end: int


def highlights(query: SearchQuery, fields: Mapping[str, str]) -> list[Highlight]:
    """All words and whole phrases that match; fields in their order, overlapping ones as one."""
    terms = [(term.prefix, term.forms) for term in query.terms]
    # A stem begins as its word does.
    letters = {form[0] for _, forms in terms for form in forms}
    initials = letters | {letter.upper() for letter in letters}
    return [
        Highlight(field, start, end)
        for field, text in fields.items()
        for start, end in _merged(_spans(terms, words_like(text, initials)))
    ]


def _spans(
    terms: Sequence[tuple[bool, list[str]]], found: Sequence[tuple[Word, re.Match[str]]]
) -> Iterator[tuple[int, int]]:
    for prefix, forms in terms:
        written = [word.whole if prefix else word.stem for word, _ in found]
        for end in _ends(prefix, forms, written):
            yield found[end - len(forms) + 1][1].start(1), found[end][1].end(1)


def _ends(prefix: bool, forms: Sequence[str], written: list[str]) -> Iterator[int]:
    """Where the last word of each occurrence is."""
    *before, last = forms
    if not prefix and last not in written:
        return
    fits = str.startswith if prefix else str.__eq__
    for end, form in enumerate(written):
        if fits(form, last) and written[max(end - len(before), 0) : end] == before:
            yield end


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
