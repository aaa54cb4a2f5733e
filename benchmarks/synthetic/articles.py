"""Generate articles with a title, sections and sentences. Each sentence describes one event."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import NamedTuple

from app.resources.documents import DocumentRow, Section
from app.resources.passages import CitingRow, PassageRow
from app.resources.registry import BY_KIND
from app.resources.rows import Reference, RowLinks
from benchmarks.synthetic.dates import drawn_date
from benchmarks.synthetic.words import random_words
from seeds.dataset_content import LoadedRow, SectionKey

SENTENCES = 1_000
"""Sentences per article; the last article has the rest."""

IN_SECTION = 100

_TOP_SECTION = "top"

POSITIONS = 1_000_000_000
"""The range of positions of one article. Its text is shorter than that."""


class SyntheticSentence(NamedTuple):
    """A sentence and its position. It describes the event with the same number."""

    number: int
    start: int
    date: str | None
    words: list[str]

    @property
    def summary(self) -> str:
        return f"{' '.join(self.words).capitalize()}."

    @property
    def name(self) -> str:
        return " ".join(self.words[:4]).capitalize()

    @property
    def text(self) -> str:
        return f"{self.date}: {self.summary}" if self.date else self.summary

    @property
    def section(self) -> str:
        return _section_id(self.number % SENTENCES // IN_SECTION)


class SyntheticArticle(NamedTuple):
    """An article with its sentences, in order."""

    number: int
    id: str
    sentences: list[SyntheticSentence]
    text: str

    @property
    def reference(self) -> Reference:
        return Reference(kind="document", id=self.id, name=_title(self.number))

    def around(self, sentence: SyntheticSentence) -> tuple[SectionKey, ...]:
        """The sections that contain the sentence."""
        return (SectionKey(self.id, _TOP_SECTION), SectionKey(self.id, sentence.section))

    def position(self, start: int) -> int:
        """The position of a row whose first citation begins at this character."""
        return (self.number + 1) * POSITIONS + start


def articles(seed: int, events: int) -> Iterator[SyntheticArticle]:
    """All articles. Each is generated again when needed, so that only one is in memory."""
    for number, first in enumerate(range(0, events, SENTENCES)):
        yield _article(seed, number, min(SENTENCES, events - first))


def passage_id(number: int) -> str:
    """The id of the passage that is sentence `number`."""
    return f"passage-{number}"


def event_id(number: int) -> str:
    """The id of the event that sentence `number` describes."""
    return f"event-{number}"


def document_row(article: SyntheticArticle, version: str) -> LoadedRow:
    """The row of the article."""
    row = DocumentRow(
        id=article.id,
        name=_title(article.number),
        note=None,
        version=version,
        links=RowLinks(self=f"/v1/documents/{article.id}"),
        url=f"https://example.org/{article.id}",
        revision=None,
        licence="CC0-1.0",
        attribution="Nobody",
        language="en",
        sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        characters=len(article.text),
        sections=_sections(article),
        infobox=[],
        see_also=[],
    )
    columns = {"text": article.text}
    position = article.position(0)
    return LoadedRow(BY_KIND["document"], row, position, names=(row.name,), columns=columns)


def passage_rows(article: SyntheticArticle, version: str) -> Iterator[LoadedRow]:
    """The sentences of the article, each cited by its event."""
    document = article.reference
    for sentence in article.sentences:
        id, text = passage_id(sentence.number), sentence.text
        row = PassageRow(
            id=id,
            name=text[:60],
            note=None,
            version=version,
            links=RowLinks(self=f"/v1/passages/{id}"),
            type="sentence",
            document=document,
            section=sentence.section,
            start=sentence.start,
            end=sentence.start + len(text),
            text=text,
        )
        citing = CitingRow(
            kind="event",
            id=event_id(sentence.number),
            name=sentence.name,
            fields=["name"],
            exact=text,
        )
        yield LoadedRow(
            BY_KIND["passage"],
            row,
            article.position(sentence.start),
            evidence=(citing,),
            in_sections=article.around(sentence),
        )


@lru_cache(maxsize=1)
def _article(seed: int, number: int, sentences: int) -> SyntheticArticle:
    random = Random(f"{seed} article {number}")
    made: list[SyntheticSentence] = []
    texts = [_title(number)]
    length = len(texts[0])
    for count in range(sentences):
        if count % IN_SECTION == 0:
            heading = f"Section {count // IN_SECTION + 1}"
            texts.append(heading)
            length += 2 + len(heading)
        sentence = SyntheticSentence(
            number * SENTENCES + count, length + 2, drawn_date(random), random_words(random)
        )
        made.append(sentence)
        texts.append(sentence.text)
        length = sentence.start + len(sentence.text)
    return SyntheticArticle(number, f"article-{number}", made, "\n\n".join(texts) + "\n")


def _title(number: int) -> str:
    return f"Article {number}"


def _section_id(number: int) -> str:
    return f"section-{number + 1}"


def _sections(article: SyntheticArticle) -> list[Section]:
    """The whole article, and its sections from one heading to the next."""
    firsts = article.sentences[::IN_SECTION]
    heads = [
        sentence.start - 2 - len(f"Section {number + 1}") for number, sentence in enumerate(firsts)
    ]
    ends = [*heads[1:], len(article.text)]
    inner = [
        Section(
            id=_section_id(number),
            title=f"Section {number + 1}",
            level=2,
            start=start,
            end=end,
            sections=[],
        )
        for number, (start, end) in enumerate(zip(heads, ends, strict=True))
    ]
    title = _title(article.number)
    article_section = Section(
        id="top", title=title, level=1, start=0, end=len(article.text), sections=inner
    )
    return [article_section]
