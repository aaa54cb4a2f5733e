"""Documents: makes the row from the text and from the source in the reading."""

import hashlib

from app.resources.documents import DocumentRow, InfoboxItem, Section
from app.resources.rows import RowLinks
from seeds.articles import Article


def build_document(article: Article) -> DocumentRow:
    """The row of the document of an article."""
    source, document = article.source, article.document
    return DocumentRow(
        id=source.id,
        name=source.name,
        note=source.note,
        version="",
        links=RowLinks(self=f"/v1/documents/{source.id}"),
        url=source.url,
        revision=source.revision,
        licence=source.licence,
        attribution=source.attribution,
        language=source.language,
        sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        characters=len(document.text),
        sections=_sections(article, None),
        infobox=[InfoboxItem(key=line.key, value=line.value) for line in document.infobox],
        see_also=list(document.see_also),
    )


def _sections(article: Article, parent: str | None) -> list[Section]:
    """The sections directly under the parent, each with its own subsections."""
    return [
        Section(
            id=section.id,
            title=section.title,
            level=section.level,
            start=section.start,
            end=section.end,
            sections=_sections(article, section.id),
        )
        for section in article.document.sections
        if section.parent == parent
    ]
