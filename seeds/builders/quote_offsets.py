"""Finds quoted words in a document: exactly there, and exactly once."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from app.resources.rows import Citation
from seeds.articles import Article
from seeds.faults import nearest, shown
from seeds.prose.document import Document, Passage
from seeds.reading.entries import Background
from seeds.reading.marked import Quote

CONTEXT = 32
"""How many characters before and behind cited words stand beside them in a citation."""

_MOST_PLACES = 5
_WORD = re.compile(r"\w+")


class CharRange(NamedTuple):
    """The characters `text[start:end]` of a document."""

    start: int
    end: int

    def holds(self, other: "CharRange") -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "CharRange") -> bool:
        return self.start < other.end and other.start < self.end


class NotFound(Exception):
    """Words that are not where they should be: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def occurrences(line: str, words: str, within: CharRange | None = None) -> list[CharRange]:
    """Every place of the words in a text of one line; a blank of theirs may be several there."""
    start, end = within or CharRange(0, len(line))
    spans: list[CharRange] = []
    plain = " ".join(words.split())
    place = line.find(plain, start, end)
    while place >= 0:
        spans.append(CharRange(place, place + len(plain)))
        place = line.find(plain, place + 1, end)
    if not spans and " " in plain:
        spaced = re.compile(r"\s+".join(re.escape(word) for word in plain.split()))
        spans = [CharRange(*found.span()) for found in spaced.finditer(line, start, end)]
    return spans


def locate(article: Article, quote: Quote | Background) -> CharRange:
    """The one place that the quote means; `NotFound` says why there is none."""
    document = article.document
    spans = occurrences(article.one_line, quote.quote)
    if not spans:
        raise _absent(article, quote.quote)
    if quote.section is not None:
        spans = _in_section(article, quote, spans)
    if quote.nth is not None:
        if quote.nth > len(spans):
            cure = f"write an nth of 1 to {len(spans)}, or none"
            raise NotFound(f"the quote {shown(quote.quote)} occurs {len(spans)} times", cure)
        spans = [spans[quote.nth - 1]]
    if len(spans) > 1:
        places = "; ".join(_place(article, span.start) for span in spans[:_MOST_PLACES])
        cure = f"quote more words, or add `section:` or `nth:`; it stands in {places}"
        raise NotFound(f"the quote {shown(quote.quote)} occurs {len(spans)} times", cure)
    if isinstance(quote, Quote) and document.passage_at(spans[0].start) is None:
        message = f"the quote {shown(quote.quote)} begins with markup"
        raise NotFound(message, "quote only the words of a heading, line or item")
    first, last = (document.section_at(place) for place in (spans[0].start, spans[0].end - 1))
    if first.id != last.id:
        message = f"the quote {shown(quote.quote)} runs from section {first.id} into {last.id}"
        raise NotFound(message, "cite each section by a quote of its own")
    return spans[0]


def cite(
    article: Article, span: CharRange, fields: list[str], passages: dict[int, str]
) -> Citation:
    """The citation of these words; `passages` gives the id of the passage that starts somewhere."""
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


def _in_section(
    article: Article, quote: Quote | Background, spans: list[CharRange]
) -> list[CharRange]:
    """The places in the section itself, or else in its subsections."""
    document, name = article.document, quote.section or ""
    known = [section.id for section in document.sections]
    if name not in known:
        cure = f"{nearest(name, known)}The sections are {', '.join(known)}"
        raise NotFound(f"there is no section {name!r}", cure)
    for wanted in ({name}, document.subsections(name)):
        found = [span for span in spans if document.section_at(span.start).id in wanted]
        if found:
            return found
    places = "; ".join(_place(article, span.start) for span in spans[:_MOST_PLACES])
    raise NotFound(
        f"the quote {shown(quote.quote)} is not in the section {name!r}",
        f"it stands in {places}",
    )


def _place(article: Article, offset: int) -> str:
    return f"line {article.line(offset)} ({article.document.section_at(offset).id})"


def _absent(article: Article, words: str) -> NotFound:
    message = f"the quote {shown(words)} is not in the document"
    found = _most_like(article.document, words)
    if found is None:
        return NotFound(message, f"copy the words from {article.document_file}")
    text = article.text[found.start : found.end]
    cure = f"the nearest words there are {shown(text, 200)}, {_place(article, found.start)}"
    return NotFound(message, f"copy the words exactly: {cure}")


def _most_like(document: Document, words: str) -> CharRange | None:
    """The words of the passage that shares most words with these."""
    wanted = set(_WORD.findall(words.casefold()))

    def shared(passage: Passage) -> int:
        return len(wanted & set(_WORD.findall(passage.text.casefold())))

    best = max(document.passages, key=shared, default=None)
    if best is None or 2 * shared(best) < len(wanted):
        return None
    matcher = SequenceMatcher(None, best.text, words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 2]
    if not blocks:
        return CharRange(best.start, best.end)
    first, last = blocks[0], blocks[-1]
    start = max(0, first.a - first.b)
    end = min(len(best.text), last.a + len(words) - last.b)
    return CharRange(best.start + start, best.start + max(end, last.a + last.size))
