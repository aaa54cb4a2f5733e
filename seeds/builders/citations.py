"""The evidence of an entry: the words that it cites, and the fields that they prove."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.resources.rows import Citation, Row
from seeds.articles import Article
from seeds.builders.passages import passage_ids
from seeds.builders.quote_offsets import CharRange, cite, elided_occurrences

NEVER_CITED = frozenset({"kind", "id", "version", "links", "citations", "match"})
"""Fields of a row that need no proof, because they state no facts of the document."""

_NOT_BY_DEFAULT = NEVER_CITED | {"note", "coding", "history", "status"}


@dataclass
class CitedWords:
    """Words that an entry cites, and the fields that they prove.

    If `is_default` is true, the words also prove fields that no other words prove. If `aside` is
    true, too, they stand beside the quotes of the entry and prove only values that they name.
    """

    span: CharRange
    fields: set[str]
    is_default: bool = False
    aside: bool = False
    path: tuple[str | int, ...] = ()
    """The path of the quote in the entry. Empty if the entry does not write the quote."""
    named: frozenset[str] = frozenset()
    """The fields that the entry itself writes to the quote."""


@dataclass
class Evidence:
    """The words that one entry cites, in the order of the entry. Words from a context come last.

    `complete` is false if a quote was not found. Then missing words are not a second fault.
    """

    article: Article
    cited: list[CitedWords] = field(default_factory=list[CitedWords])
    complete: bool = True

    def add(
        self,
        span: CharRange,
        fields: set[str],
        *,
        is_default: bool = False,
        path: tuple[str | int, ...] = (),
    ) -> None:
        """Cite words. If the words are already cited, add the fields to that citation."""
        aside = path[:1] == ("also",)
        same = next((cited for cited in self.cited if cited.span == span), None)
        if same is None:
            named = frozenset(fields if path else ())
            self.cited.append(CitedWords(span, set(fields), is_default, aside, path, named))
        else:
            same.named |= frozenset(fields if path else ())
            same.fields |= fields
            same.aside = same.aside and aside
            same.is_default = same.is_default or is_default

    def find_spans(self, words: str, name: str) -> list[CharRange]:
        """The spans of the words in the quotes.

        The search goes through the quotes that prove the field, then the quotes for the whole
        entry, then all quotes. It stops at the first group that has the words.
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
        """Record that the words prove the fields. If no quote contains the words, cite them too."""
        containing = [cited for cited in self.cited if cited.span.contains(span)]
        if not containing:
            self.add(span, set(fields))
        # One quote that proves the field is enough.
        for name in fields:
            if not any(name in cited.fields for cited in containing):
                for cited in containing[:1]:
                    cited.fields.add(name)

    def first_for(self, name: str) -> CharRange | None:
        """The span of the first words that prove the field or the whole entry; null if none do."""
        found = (cited.span for cited in self.cited if cited.is_default or name in cited.fields)
        return next(found, None)

    def citations(
        self, row: Row, derived: frozenset[str], claims: Mapping[str, Sequence[CharRange]]
    ) -> tuple[Citation, ...]:
        """The citations of the row. `derived` fields come from other entries and are not cited.

        `claims` has the quotes for the whole entry that prove the fields with values that words
        can name. The quotes of the entry itself prove all other fields.
        """
        passages = passage_ids(self.article.document, self.article.source.passages)
        fields = [name for name in type(row).model_fields if name not in NEVER_CITED]
        proved = {name for cited in self.cited for name in cited.fields}
        unproved = {
            name
            for name in fields
            if name not in _NOT_BY_DEFAULT | proved | derived | claims.keys() and filled(row, name)
        }
        own = [cited for cited in self.cited if cited.is_default and not cited.aside]
        return tuple(
            cite(
                self.article,
                cited.span,
                [
                    name
                    for name in fields
                    if name in cited.fields
                    or (name in unproved and cited in (own or self.cited) and cited.is_default)
                    or cited.span in claims.get(name, ())
                ],
                passages,
            )
            for cited in self.cited
        )

    def _by_precedence(self, name: str) -> Iterator[list[CitedWords]]:
        yield [cited for cited in self.cited if name in cited.fields]
        yield [cited for cited in self.cited if cited.is_default]
        yield self.cited


def filled(row: Row, name: str) -> bool:
    """Whether the field has a value."""
    value = getattr(row, name)
    return value is not None and value is not False and value not in ("", [])
