"""The mentions of named rows in the documents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.folding import fold
from seeds.articles import Article
from seeds.prose.names import NameMention, find_names


@dataclass
class Mentions:
    """The names of all rows of all articles, and their mentions in each document.

    If several rows have the same name, the `id` of a mention has all their ids, joined by spaces.
    """

    articles: Sequence[Article]
    _found: dict[int, list[NameMention]] = field(default_factory=dict[int, list[NameMention]])

    def of(self, article: Article) -> list[NameMention]:
        """The mentions in the document of the article. They are computed once."""
        if article.number not in self._found:
            self._found[article.number] = find_names(article.text, self._names(article.one_line))
        return self._found[article.number]

    def occurs(self, name: str) -> bool:
        """Whether the name occurs in any document."""
        return any(name in article.one_line for article in self.articles)

    def _names(self, text: str) -> dict[str, list[str]]:
        """The names that occur in the text, by the ids of their rows."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        spellings: defaultdict[str, set[str]] = defaultdict(set)
        for article in self.articles:
            for id, name in _named(article):
                owners[fold(name)].add(id)
                spellings[fold(name)].add(name)
        names: defaultdict[str, list[str]] = defaultdict(list)
        folded = fold(text)
        for name, ids in owners.items():
            if name and name in folded:
                names[" ".join(sorted(ids))] += sorted(spellings[name])
        return names


def _named(article: Article) -> Iterable[tuple[str, str]]:
    """The names and aliases of all entries that can have aliases."""
    for _, entry, _ in article.reading.entries():
        aliases: tuple[str, ...] | None = getattr(entry, "aliases", None)
        if aliases is not None:
            yield from ((entry.id, name) for name in (entry.name, *aliases))
