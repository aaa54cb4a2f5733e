"""Passages: the sentences, headings, infobox lines and list items of a document."""

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.resources.bases import Record
from app.resources.columns import code, in_section, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import coded
from app.resources.resource import Resource
from app.resources.rows import Reference, Row, in_vocabulary
from app.vocabularies.texts import PASSAGE_TYPES


class Passage(Record):
    """One sentence, heading, infobox line or list item of a document."""

    __tablename__ = "passages"

    type: Mapped[str] = code(PASSAGE_TYPES)
    document_id: Mapped[str] = reference("documents", "The document.")
    section: Mapped[str] = words("Id of the innermost section, within the document.")
    start_offset: Mapped[int] = mapped_column(
        comment="Offset of the first character, in Unicode code points from 0.",
        info={"field": "start"},
    )
    end_offset: Mapped[int] = mapped_column(
        comment="Offset after the last character.", info={"field": "end"}
    )
    text: Mapped[str] = words("The words.")

    __table_args__ = (in_section(), Index("ix_passages_order", "position", "id", "render_rank"))


class CitingRow(Reference):
    """A row that cites words of a passage."""

    fields: list[str]
    """The fields of the row that these words prove."""
    exact: str
    """The words that it cites."""


class PassageRow(Row):
    """One sentence, heading, infobox line or list item of a document."""

    kind: Literal["passage"] = "passage"
    type: Annotated[str, in_vocabulary(PASSAGE_TYPES)]
    """Vocabulary `passage-types`."""
    document: Reference
    """The document."""
    section: str
    """Id of the innermost section, within the document."""
    start: int
    """Offset of the first character, in Unicode code points from 0."""
    end: int
    """Offset after the last character."""
    text: str
    """The words: `text[start:end]` of the document."""
    cited_by: list[CitingRow] = Field(default_factory=list[CitingRow])
    """The rows that cite it. Present on item routes, and on lists with `include=cited_by`."""


PASSAGES = Resource(
    kind="passage",
    path="passages",
    title="Passages",
    description="Every sentence, heading, infobox line and list item of the documents, and what "
    "each of them proves.",
    model=Passage,
    row=PassageRow,
    example="hkus-on-june-22-u-s-officials-revoked-his-passport",
    texts=("text",),
    named=False,
    filters=(coded(Passage.type, "sentence"), *in_documents("hong-kong-united-states-relations")),
    sorts=(Passage.type,),
    evidence="cited_by",
)
