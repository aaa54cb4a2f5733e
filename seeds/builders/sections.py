"""The sections in which a row is cited, and all their ancestors."""

from collections.abc import Iterable

from seeds.articles import Article
from seeds.dataset_content import SectionKey


def enclosing_sections(article: Article, innermost: Iterable[str]) -> tuple[SectionKey, ...]:
    """The sections with the ids `innermost` and their ancestors, in document order."""
    parents = {section.id: section.parent for section in article.document.sections}
    found: set[str] = set()
    for section in set(innermost):
        inner: str | None = section
        while inner is not None and inner not in found:
            found.add(inner)
            inner = parents[inner]
    return tuple(SectionKey(article.source.id, name) for name in parents if name in found)
