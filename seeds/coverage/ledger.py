"""The ledger of one document: the words that rows cite, use as values, or need not cite."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.resources.rows import Reference
from seeds.articles import Article
from seeds.builders.entry_context import ArticleContext, ValueWords
from seeds.builders.passages import passage_ids
from seeds.builders.quote_offsets import CharRange
from seeds.dataset_content import LoadedRow


class BackgroundWords(NamedTuple):
    """Words of an article that no row has to cite."""

    article: int
    span: CharRange
    reason: str


@dataclass
class Ledger:
    """The citations and values of one article.

    - `passages`: the id of each passage by its start offset;
    - `citing_spans`: the spans that rows cite, each with the row;
    - `value_words`: the words that are values of rows;
    - `background`: the words that no row has to cite;
    - `references`: the references to all rows by id;
    - `covered`: for each character, 1 if a row cites it, else 0.
    """

    article: Article
    passages: dict[int, str]
    citing_spans: list[tuple[CharRange, Reference]]
    value_words: list[ValueWords]
    background: list[BackgroundWords]
    references: dict[str, Reference]
    covered: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.covered = bytearray(len(self.article.text))
        for span, _ in self.citing_spans:
            self.covered[span.start : span.end] = b"\1" * (span.end - span.start)

    def citing_rows(self, span: CharRange) -> list[Reference]:
        """The rows that cite at least one character of the span, without duplicates."""
        found = {row.id: row for cited, row in self.citing_spans if cited.overlaps(span)}
        return list(found.values())

    def rows_with_value(self, span: CharRange, what: str) -> list[Reference]:
        """The rows with a value of type `what` from words in the span, without duplicates."""
        ids = dict.fromkeys(item.id for item in self._values(span, what))
        return [self.references[id] for id in ids]

    def is_by_analyst(self, span: CharRange, what: str) -> bool:
        """Whether the words have values, and an analyst read all of them."""
        values = self._values(span, what)
        return bool(values) and all(item.by_analyst for item in values)

    def _values(self, span: CharRange, what: str) -> list[ValueWords]:
        return [item for item in self.value_words if item.what == what and item.span.overlaps(span)]

    def is_cited(self, span: CharRange) -> bool:
        """Whether every character of the span, except blanks, is in a citation."""
        text = self.article.text
        return all(self.covered[i] or text[i].isspace() for i in range(span.start, span.end))


def ledger_of(
    article: Article,
    rows: Sequence[LoadedRow],
    context: ArticleContext,
    background: Sequence[BackgroundWords],
) -> Ledger:
    """The ledger of an article, made from the rows and the reading."""
    references = {
        item.row.id: Reference(kind=item.row.kind, id=item.row.id, name=item.row.name)
        for item in rows
    }
    return Ledger(
        article,
        passage_ids(article.document, article.source.passages),
        [
            (CharRange(citation.start, citation.end), references[item.row.id])
            for item in rows
            for citation in item.citations
            if citation.document == article.source.id
        ],
        [item for item in context.value_words if item.article == article.number],
        [item for item in background if item.article == article.number],
        references,
    )
