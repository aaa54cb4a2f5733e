"""Passages: makes their ids from their first words, and their rows."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from app.resources.passages import PassageRow
from app.resources.rows import Reference, RowLinks
from seeds.articles import Article
from seeds.prose.document import Document

MAX_SLUG_LENGTH = 72
MAX_NAME_LENGTH = 80


@lru_cache(maxsize=64)
def _unique_ids(texts: tuple[tuple[int, str], ...], prefix: str) -> dict[int, str]:
    used: Counter[str] = Counter()
    ids: dict[int, str] = {}
    for start, text in texts:
        slug = _slug(text, prefix)
        used[slug] += 1
        ids[start] = slug if used[slug] == 1 else f"{slug}-{used[slug]}"
    return ids


def passage_ids(document: Document, prefix: str) -> dict[int, str]:
    """The id of each passage by its start offset: `<prefix>-<its first words>`.

    The id depends only on the words of the passage and on earlier passages with the same first
    words. So it stays the same when other passages change.
    """
    return _unique_ids(tuple((item.start, item.text) for item in document.passages), prefix)


def build_passages(article: Article, document: Reference) -> list[PassageRow]:
    """The rows of all passages of a document."""
    ids = passage_ids(article.document, article.source.passages)
    return [
        PassageRow(
            id=ids[item.start],
            name=_one_line(item.text),
            note=None,
            version="",
            links=RowLinks(self=f"/v1/passages/{ids[item.start]}"),
            type=item.type,
            document=document,
            section=item.section,
            start=item.start,
            end=item.end,
            text=item.text,
        )
        for item in article.document.passages
    ]


def _slug(text: str, prefix: str) -> str:
    """The prefix and the first words as a slug of at most `MAX_SLUG` characters."""
    hyphenated = re.sub("[\u2010-\u2015\u2212]", "-", re.sub("['\u2018\u2019]", "", text))
    plain = unicodedata.normalize("NFKD", hyphenated).encode("ascii", "ignore").decode().lower()
    slug = prefix
    for word in re.findall("[a-z0-9]+", plain):
        if len(slug) + 1 + len(word) > MAX_SLUG_LENGTH:
            break
        slug += f"-{word}"
    return slug if slug != prefix else f"{prefix}-passage"


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= MAX_NAME_LENGTH:
        return line
    return line[: MAX_NAME_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:-\u2013") + "\u2026"
