"""Offices: missions and posts, and who reports to whom."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.actors import within
from app.resources.bases import DatedColumns, Record
from app.resources.columns import code, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import coded, folded, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, Relation, in_vocabulary
from app.resources.shared import EntryRelation
from app.vocabularies.actors import OFFICE_TYPES


class Office(DatedColumns, Record):
    """A mission or a post."""

    __tablename__ = "offices"

    type: Mapped[str] = code(OFFICE_TYPES)
    operator_id: Mapped[str | None] = reference("actors", "The actor that operates it.")
    host_id: Mapped[str | None] = reference("actors", "The country or territory where it is.")
    city: Mapped[str | None] = words("The city, in the document's words.")
    city_folded: Mapped[str | None] = words("The city, folded for comparison.")
    address: Mapped[str | None] = words("The address, in the document's words.")
    holder_id: Mapped[str | None] = reference("actors", "The person who holds the post.")
    rank: Mapped[str | None] = words("The rank, in the document's words.")
    reports_to_id: Mapped[str | None] = reference("offices", "The office that it reports to.")
    description: Mapped[str | None] = words("Description, in the document's words.")


class OfficeRow(CitedRow):
    """A mission or a post."""

    kind: Literal["office"] = "office"
    type: Annotated[str, in_vocabulary(OFFICE_TYPES)]
    """Vocabulary `office-types`."""
    operator: Reference | None
    """The actor that operates it."""
    host: Reference | None
    """The country or territory where it is."""
    city: str | None
    """The city, in the document's words."""
    address: str | None
    """The address, in the document's words."""
    holder: Reference | None
    """The person who holds the post."""
    rank: str | None
    """The rank, in the document's words."""
    reports_to: Reference | None
    """The office that it reports to."""
    date: DateValue | None
    """The date, as exact as the document gives it; null without one."""
    description: str | None
    """Description, in the document's words."""
    related: list[Relation]
    """Rows of any kind that it is related to."""


_OPERATOR = named(Office.operator_id, "Whose office it is.", "hong-kong-government")

OFFICES = Resource(
    kind="office",
    path="offices",
    title="Offices",
    description="Missions and posts: where they are, who holds them, and to whom they report.",
    model=Office,
    row=OfficeRow,
    example="us-consulate-general-hong-kong",
    texts=("city", "address", "rank", "description", "note"),
    actors=("operator", "host", "holder"),
    parts={"related": EntryRelation},
    filters=(
        coded(Office.type, "trade-office"),
        _OPERATOR,
        within(_OPERATOR),
        named(Office.host_id, "The country or territory where it is.", "hong-kong"),
        folded(Office.city_folded, "The city.", "Chengdu"),
        named(Office.holder_id, "The person who holds the post.", "donald-trump"),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Office.type,),
)
