"""The evidence of an entry: the words that it cites, and the fields that they prove."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.resources.rows import Citation, Row
from seeds.articles import Article
from seeds.builders.passages import passage_ids
from seeds.builders.quote_offsets import CharRange, cite, elided_occurrences

NEVER_CITED = frozenset({"kind", "id", "version", "links", "citations", "match"})
"""Fields of a row that need no proof: they say nothing about the world."""

_NOT_BY_DEFAULT = NEVER_CITED | {"note", "coding", "history", "status"}


@dataclass
class Cited:
    """Words that an entry cites, and the fields that they prove.

    `whole` words also prove all fields that no other words prove.
    """

    span: CharRange
    fields: set[str]
    whole: bool = False


@dataclass
class Evidence:
    """The words that one entry cites, in its order. Words from a context come last.

    `whole` is false if a quote was not found. Then a value may be missing only for that reason.
    """

    article: Article
    cited: list[Cited] = field(default_factory=list[Cited])
    whole: bool = True

    def add(self, span: CharRange, fields: set[str], *, whole: bool = False) -> None:
        """Cite words; the same words twice are one citation for the fields of both."""
        same = next((cited for cited in self.cited if cited.span == span), None)
        if same is None:
            self.cited.append(Cited(span, set(fields), whole))
        else:
            same.fields |= fields
            same.whole = same.whole or whole

    def places(self, words: str, name: str) -> list[CharRange]:
        """The places of the words in the quotes.

        Quotes that prove the field come first, then quotes for the whole entry, then all.
        """
        for cited in self._by_precedence(name):
            spans = {
                span: None
                for item in cited
                for span in elided_occurrences(self.article.one_line, words, item.span)
            }
            if spans:
                return sorted(spans)
        return []

    def prove(self, span: CharRange, *fields: str) -> None:
        """Note that the words prove the fields. If no quote holds the words, cite them as well."""
        holding = [cited for cited in self.cited if cited.span.holds(span)]
        if not holding:
            self.add(span, set(fields))
        # If one of the quotes already proves the field, the others need not.
        for name in fields:
            if not any(name in cited.fields for cited in holding):
                for cited in holding[:1]:
                    cited.fields.add(name)

    def first_for(self, name: str) -> CharRange | None:
        """The first words that prove the field, or the entry as a whole."""
        found = (cited.span for cited in self.cited if cited.whole or name in cited.fields)
        return next(found, None)

    def citations(self, row: Row, derived: frozenset[str]) -> tuple[Citation, ...]:
        """The citations of the row. `derived` fields come from other entries and are not cited."""
        passages = passage_ids(self.article.document, self.article.source.passages)
        fields = [name for name in type(row).model_fields if name not in NEVER_CITED]
        taken = {name for cited in self.cited for name in cited.fields}
        left = {
            name
            for name in fields
            if name not in _NOT_BY_DEFAULT | taken | derived and filled(row, name)
        }
        return tuple(
            cite(
                self.article,
                cited.span,
                [
                    name
                    for name in fields
                    if name in cited.fields | (left if cited.whole else set())
                ],
                passages,
            )
            for cited in self.cited
        )

    def _by_precedence(self, name: str) -> Iterator[list[Cited]]:
        yield [cited for cited in self.cited if name in cited.fields]
        yield [cited for cited in self.cited if cited.whole]
        yield self.cited


def filled(row: Row, name: str) -> bool:
    """Whether the field has a value."""
    value = getattr(row, name)
    return value is not None and value is not False and value not in ("", [])
