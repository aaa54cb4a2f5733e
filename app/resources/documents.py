"""Documents: the sources that the rows were read from."""

from typing import Literal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.params.types import SlugText
from app.resources.bases import ChildTable, Record
from app.resources.columns import owner, words
from app.resources.filter_types import Filter, named
from app.resources.resource import Resource
from app.resources.rows import Row
from app.resources.shared import EntrySection
from app.schema import Schema


class Document(Record):
    """A source document."""

    __tablename__ = "documents"

    url: Mapped[str] = words("Address of the source.")
    revision: Mapped[str | None] = words("Revision of the source, if known.")
    licence: Mapped[str] = words("Its licence.")
    attribution: Mapped[str] = words("The authors to name, as the licence requires.")
    language: Mapped[str] = words("Its language, BCP 47.")
    sha256: Mapped[str] = words("SHA-256 of its text in UTF-8.")
    characters: Mapped[int] = mapped_column(comment="Its length in Unicode code points.")
    text: Mapped[str] = words("The text.")


class DocumentSection(ChildTable):
    """A section of a document. A section may contain sections."""

    __tablename__ = "sections"

    document_id: Mapped[str] = owner("documents")
    id: Mapped[str] = words("Id of the section, unique in its document.")
    title: Mapped[str] = words("Its title.")
    level: Mapped[int] = mapped_column(comment="1 is the whole document.")
    parent: Mapped[str | None] = words("Id of the section that contains it.")
    start_offset: Mapped[int] = mapped_column(
        comment="Offset of the first character of its heading.", info={"field": "start"}
    )
    end_offset: Mapped[int] = mapped_column(
        comment="Offset after its last character.", info={"field": "end"}
    )

    __table_args__ = (UniqueConstraint("document_id", "id"),)


class DocumentInfoboxLine(ChildTable):
    """A line of the infobox."""

    __tablename__ = "infobox_lines"

    document_id: Mapped[str] = owner("documents")
    key: Mapped[str] = words("Label of the line.")
    value: Mapped[str] = words("Value of the line.")


class SeeAlso(ChildTable):
    """An item of the see-also list."""

    __tablename__ = "see_also"

    document_id: Mapped[str] = owner("documents")
    title: Mapped[str] = words("Title of the linked page.")


class Section(Schema):
    """A section of a document, with the sections that it contains."""

    id: str
    """Unique in its document."""
    title: str
    """Its heading."""
    level: int
    """1 is the whole document."""
    start: int
    """Offset of the first character of its heading, in Unicode code points from 0."""
    end: int
    """Offset after its last character."""
    sections: list["Section"]
    """The sections that it contains."""


class InfoboxItem(Schema):
    """A line of the infobox."""

    key: str
    """Label of the line."""
    value: str
    """Value of the line."""


class DocumentRow(Row):
    """A source document."""

    kind: Literal["document"] = "document"
    url: str
    """Address of the source."""
    revision: str | None
    """Revision of the source, if known."""
    licence: str
    """Its licence."""
    attribution: str
    """The authors to name, as the licence requires."""
    language: str
    """BCP 47."""
    sha256: str
    """SHA-256 of its text in UTF-8."""
    characters: int
    """Its length in Unicode code points."""
    sections: list[Section]
    """Its sections as a tree."""
    infobox: list[InfoboxItem]
    """The lines of its infobox."""
    see_also: list[str]
    """Its see-also list."""


def in_documents(section: str) -> tuple[Filter, ...]:
    """The filters by document and section. The filter `document` narrows `section`, because ids of
    sections are unique only within a document. `section` is the example."""
    return (
        named(EntrySection.document_id, "The document that contains the row or its citations.",
              "hong-kong-united-states-relations", kinds=("document",), narrows=("section",)),
        Filter("section", EntrySection.section, SlugText(DocumentSection.id),
               "Id of a section that contains the row or its citations. Subsections count too.",
               section, example_not="see-also"),
    )  # fmt: skip


DOCUMENTS = Resource(
    kind="document",
    path="documents",
    title="Documents",
    description="The source documents: licence, attribution, sections, infobox.",
    model=Document,
    row=DocumentRow,
    example="hong-kong-united-states-relations",
    texts=("attribution",),
    parts={"sections": DocumentSection, "infobox": DocumentInfoboxLine, "see_also": SeeAlso},
    evidence=None,
)
