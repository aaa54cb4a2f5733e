"""Highlights: the ranges of a text that match the words of a query."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.search.query import SearchQuery
from app.search.tokens import Word, is_plain, word_of, words_like

_OTHER_ENDING = re.compile("(?:ie|[eily])$")
"""The end of a stem that can differ from the spelling of its words. Examples: `dying` has the stem
`die`, `hoping` has `hope`, `policy` has `polici`, `possibility` has `possibl`."""


CharRange = tuple[int, int]
"""The range of a match: `text[start:end]`, in code points, end exclusive."""


class _WordTerm(NamedTuple):
    """A term of one word. `head` is the beginning that all spellings of the word share, `form` is
    the stem or, with `prefix`, the prefix."""

    head: str
    form: str
    prefix: bool

    def spans(self, text: str) -> list[CharRange]:
        """The ranges of the term in a plain, lower-case text."""
        head, form, prefix = self
        spans: list[CharRange] = []
        start = text.find(head)
        while start >= 0:
            run = _RUN.match(text, start)
            end = run.end() if run else start + 1
            fits = text.startswith(form, start) if prefix else word_of(text[start:end]).stem == form
            if fits and not (start and text[start - 1].isalnum()):
                spans.append((start, end))
            start = text.find(head, end)
        return spans


class Highlighter:
    """Finds the words, prefixes and whole phrases of a query in texts."""

    def __init__(self, query: SearchQuery) -> None:
        self._terms = [(term.prefix, term.forms) for term in query.terms]
        # A stem has the same first letter as its word.
        letters = {form[0] for _, forms in self._terms for form in forms}
        self._initials = letters | {letter.upper() for letter in letters}
        self._word_terms = list(_word_terms(self._terms))
        self._are_words = len(self._word_terms) == len(self._terms)

    def spans(self, text: str) -> list[CharRange]:
        """The ranges of all matches in order. Overlapping ranges are merged."""
        if not self._are_words or not is_plain(text):
            return _merged(list(_spans(self._terms, words_like(text, self._initials))))
        spans: list[CharRange] = []
        lowered = text.lower()
        for each in self._word_terms:
            if each.head in lowered:
                spans += each.spans(lowered)
        return _merged(spans) if len(spans) > 1 else spans


def _word_terms(terms: Sequence[tuple[bool, list[str]]]) -> Iterator[_WordTerm]:
    """The terms that can be found by their beginning: terms of one word. Single letters are left
    out, because `s` after an apostrophe is not a word."""
    for prefix, (form, *more) in terms:
        if len(form) > 1 and not more:
            yield _WordTerm(form if prefix else beginning(form), form, prefix)


def beginning(stem: str) -> str:
    """The beginning that all words with this stem share."""
    return _OTHER_ENDING.sub("", stem) or stem[0]


_RUN = re.compile("[a-z0-9]+")


def _spans(
    terms: Sequence[tuple[bool, list[str]]], found: Sequence[tuple[Word, re.Match[str]]]
) -> Iterator[CharRange]:
    for prefix, forms in terms:
        written = [word.folded if prefix else word.stem for word, _ in found]
        for end in _ends(prefix, forms, written):
            yield found[end - len(forms) + 1][1].start(1), found[end][1].end(1)


def _ends(prefix: bool, forms: Sequence[str], written: list[str]) -> Iterator[int]:
    """The index of the last word of each occurrence in `written`, the forms of the words of a
    text."""
    *before, last = forms
    if not prefix and last not in written:
        return
    fits = str.startswith if prefix else str.__eq__
    for end, form in enumerate(written):
        if fits(form, last) and written[max(end - len(before), 0) : end] == before:
            yield end


def _merged(spans: list[CharRange]) -> list[CharRange]:
    merged: list[CharRange] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
