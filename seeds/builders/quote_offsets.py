"""Finds the offsets of quoted words in a document. The words must occur exactly once."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from app.resources.rows import Citation
from seeds.articles import Article
from seeds.faults import nearest, quoted
from seeds.prose.document import Document, Passage
from seeds.reading.entry import Quote
from seeds.reading.parts import Sentence

CONTEXT = 32
"""The length of `prefix` and `suffix` of a citation, in characters."""

ELISION = re.compile(r"\s*(?:\u2026|\.\.\.)\s*")
"""An ellipsis in a quote. It stands for words that the quote leaves out."""

_MAX_LISTED_LOCATIONS = 5
_WORD = re.compile(r"\w+")


class CharRange(NamedTuple):
    """The characters `text[start:end]` of a document."""

    start: int
    end: int

    def contains(self, other: "CharRange") -> bool:
        """Whether the other range lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "CharRange") -> bool:
        """Whether the two ranges overlap."""
        return self.start < other.end and other.start < self.end


class QuoteNotFound(Exception):
    """The words of a quote do not have exactly one place in the document: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def occurrences(line: str, words: str, within: CharRange | None = None) -> list[CharRange]:
    """All spans of the words in a text of one line. A blank also matches several blanks."""
    start, end = within or CharRange(0, len(line))
    spans: list[CharRange] = []
    plain = " ".join(words.split())
    offset = line.find(plain, start, end)
    while offset >= 0:
        spans.append(CharRange(offset, offset + len(plain)))
        offset = line.find(plain, offset + 1, end)
    if not spans and " " in plain:
        spaced = re.compile(r"\s+".join(re.escape(word) for word in plain.split()))
        spans = [CharRange(*found.span()) for found in spaced.finditer(line, start, end)]
    return spans


def elided_occurrences(line: str, words: str, within: CharRange | None = None) -> list[CharRange]:
    """All spans of words with elisions: `first words \u2026 last words`.

    If the text contains the words together with the dots, the dots are not an elision.
    """
    spans, parts = occurrences(line, words, within), ELISION.split(words)
    if spans or len(parts) == 1 or not all(parts):
        return spans
    for first in occurrences(line, parts[0], within):
        last: CharRange | None = first
        for part in parts[1:]:
            rest = CharRange(last.end, within.end if within else len(line))
            last = next(iter(occurrences(line, part, rest)), None)
            if last is None:
                break
        else:
            spans.append(CharRange(first.start, last.end))
    return spans


def locate(article: Article, quote: Quote | Sentence, within: CharRange | None = None) -> CharRange:
    """The span of the quote: in the sentence `within` if it occurs there, else in the document.

    Raises `QuoteNotFound` if there is no such span or more than one, if it begins with markup, or
    if it extends over two sections.
    """
    document, line = article.document, article.one_line
    spans: list[CharRange] = []
    if within is not None and quote.section is None:
        spans = _in_sentence(line, quote.quote, within)
    if not spans:
        spans = _in_one_section(article, elided_occurrences(line, quote.quote))
    if not spans:
        raise _missing_quote(article, quote.quote)
    if quote.section is not None:
        spans = _in_section(article, quote, spans)
    if quote.nth is not None:
        if quote.nth > len(spans):
            cure = f"write an nth of 1 to {len(spans)}, or none"
            raise QuoteNotFound(f"the quote {quoted(quote.quote)} occurs {len(spans)} times", cure)
        spans = [spans[quote.nth - 1]]
    if len(spans) > 1:
        locations = "; ".join(
            _line_and_section(article, span.start) for span in spans[:_MAX_LISTED_LOCATIONS]
        )
        cure = f"quote more words, or add `section:` or `nth:`; it is in {locations}"
        raise QuoteNotFound(f"the quote {quoted(quote.quote)} occurs {len(spans)} times", cure)
    if isinstance(quote, Quote) and document.passage_at(spans[0].start) is None:
        message = f"the quote {quoted(quote.quote)} begins with markup"
        raise QuoteNotFound(message, "quote only the words of a heading, line or item")
    first, last = (document.section_at(offset) for offset in (spans[0].start, spans[0].end - 1))
    if first.id != last.id:
        message = f"the quote {quoted(quote.quote)} runs from section {first.id} into {last.id}"
        raise QuoteNotFound(message, "cite each section by a quote of its own")
    return spans[0]


def cite(
    article: Article, span: CharRange, fields: list[str], passages: dict[int, str]
) -> Citation:
    """The citation of the words at `span`. `passages` maps the start of a passage to its id.

    Raises `ValueError` if the span starts outside of all passages.
    """
    text, (start, end) = article.text, span
    passage = article.document.passage_at(start)
    if passage is None:
        raise ValueError(f"no passage holds character {start} of {article.document_file}")
    return Citation(
        fields=fields,
        document=article.source.id,
        section=passage.section,
        passage=passages[passage.start],
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def _in_sentence(line: str, words: str, sentence: CharRange) -> list[CharRange]:
    """The spans in a sentence. An elision at one end of the words extends to that end of it."""
    parts = ELISION.split(words)
    from_start, to_end = parts[0] == "", parts[-1] == ""
    spans = elided_occurrences(line, words, sentence)
    if spans or not (from_start or to_end):
        return spans
    inner = "\u2026".join(parts[from_start : len(parts) - to_end])
    return [
        CharRange(
            sentence.start if from_start else span.start, sentence.end if to_end else span.end
        )
        for span in (elided_occurrences(line, inner, sentence) if inner else [])
    ]


def _in_one_section(article: Article, spans: list[CharRange]) -> list[CharRange]:
    """The spans that lie within one section; all spans if there are no such ones."""
    section_at = article.document.section_at
    inside = [span for span in spans if section_at(span.start) == section_at(span.end - 1)]
    return inside or spans


def _in_section(
    article: Article, quote: Quote | Sentence, spans: list[CharRange]
) -> list[CharRange]:
    """The spans in the section itself; if there are none, the spans in its subsections."""
    document, name = article.document, quote.section or ""
    known = [section.id for section in document.sections]
    if name not in known:
        cure = f"{nearest(name, known)}The sections are {', '.join(known)}"
        raise QuoteNotFound(f"there is no section {name!r}", cure)
    for sections in ({name}, document.subsections(name)):
        found = [span for span in spans if document.section_at(span.start).id in sections]
        if found:
            return found
    locations = "; ".join(
        _line_and_section(article, span.start) for span in spans[:_MAX_LISTED_LOCATIONS]
    )
    raise QuoteNotFound(
        f"the quote {quoted(quote.quote)} is not in the section {name!r}",
        f"it is in {locations}",
    )


def _line_and_section(article: Article, offset: int) -> str:
    return f"line {article.line(offset)} ({article.document.section_at(offset).id})"


def _missing_quote(article: Article, words: str) -> QuoteNotFound:
    """The error for a quote that is not in the document. It names the missing part of the quote."""
    parts = [part for part in ELISION.split(words) if part]
    missing = [part for part in parts if not occurrences(article.one_line, part)]
    if len(parts) > 1 and not missing:
        message = f"the parts of the quote {quoted(words)} do not follow one another"
        return QuoteNotFound(message, "write them in the order of the document")
    part = missing[0] if missing else words
    message = f"the quote {quoted(part)} is not in the document"
    found = _most_similar(article.document, part)
    if found is None:
        return QuoteNotFound(message, f"copy the words from {article.document_file}")
    text = article.text[found.start : found.end]
    location = _line_and_section(article, found.start)
    cure = f"copy the words exactly: the nearest words there are {quoted(text, 200)}, {location}"
    return QuoteNotFound(message, cure)


def _most_similar(document: Document, words: str) -> CharRange | None:
    """The most similar words in the passage that shares most words with the quote, or null."""
    distinct = set(_WORD.findall(words.casefold()))

    def shared(passage: Passage) -> int:
        return len(distinct & set(_WORD.findall(passage.text.casefold())))

    best = max(document.passages, key=shared, default=None)
    if best is None or 2 * shared(best) < len(distinct):
        return None
    matcher = SequenceMatcher(None, best.text, words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 2]
    if not blocks:
        return CharRange(best.start, best.end)
    first, last = blocks[0], blocks[-1]
    start = max(0, first.a - first.b)
    end = min(len(best.text), last.a + len(words) - last.b)
    return CharRange(best.start + start, best.start + max(end, last.a + last.size))
