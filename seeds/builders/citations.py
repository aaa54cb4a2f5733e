"""The words that prove one entry, and which fields of its row each of them proves."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.resources.rows import Citation, Row
from seeds.articles import Article
from seeds.builders.passages import passage_ids
from seeds.builders.quote_offsets import CharRange, cite, elided_occurrences

NEVER_CITED = frozenset({"kind", "id", "version", "links", "citations", "match"})
"""Keys of a row that are no statement about the world."""

_NOT_BY_DEFAULT = NEVER_CITED | {"note", "coding", "history", "status"}


@dataclass
class Cited:
    """Words that an entry cites.

    `fields` are those that they were said or found to prove; `whole` words prove besides all that
    no others are for.
    """

    span: CharRange
    fields: set[str]
    whole: bool = False


@dataclass
class Evidence:
    """What one entry cites, in its order; what follows from a context comes last.

    `whole` is false if a quote was not found, so that words may be missing for want of it.
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
        """Where the words stand in the quotes: in those said to prove the field, else in those for
        the entry as a whole, else in any."""
        for cited in self._by_aptness(name):
            spans = {
                span: None
                for item in cited
                for span in elided_occurrences(self.article.one_line, words, item.span)
            }
            if spans:
                return sorted(spans)
        return []

    def prove(self, span: CharRange, *fields: str) -> None:
        """Note that the words prove the fields; words that no quote holds are cited anew."""
        holding = [cited for cited in self.cited if cited.span.holds(span)]
        if not holding:
            self.add(span, set(fields))
        # Of several quotes that hold the words, those already said to prove a field suffice.
        for name in fields:
            if not any(name in cited.fields for cited in holding):
                for cited in holding[:1]:
                    cited.fields.add(name)

    def first_for(self, name: str) -> CharRange | None:
        """The first words that prove the field, or the entry as a whole."""
        found = (cited.span for cited in self.cited if cited.whole or name in cited.fields)
        return next(found, None)

    def citations(self, row: Row, derived: frozenset[str]) -> tuple[Citation, ...]:
        """The citations of the row; `derived` are fields that other entries fill."""
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

    def _by_aptness(self, name: str) -> Iterator[list[Cited]]:
        yield [cited for cited in self.cited if name in cited.fields]
        yield [cited for cited in self.cited if cited.whole]
        yield self.cited


def filled(row: Row, name: str) -> bool:
    """Whether the field says anything."""
    value = getattr(row, name)
    return value is not None and value is not False and value not in ("", [])
