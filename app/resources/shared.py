"""The tables that all kinds share: entries, citations, relations, names."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.resources.bases import Base, ChildTable, Dated, date_indexes
from app.resources.columns import (
    Key,
    code,
    flag,
    in_section,
    name_sort,
    owner,
    place,
    position,
    reference,
    words,
)
from app.vocabularies.events import MODALITIES
from app.vocabularies.kinds import KINDS
from app.vocabularies.plover import QUADS
from app.vocabularies.relations import RELATIONS


class Entry(Dated, Base):
    """Every row of every kind, once: its id, kind and date. Written by the loader."""

    __tablename__ = "entries"

    id: Mapped[str] = mapped_column(Key, primary_key=True, comment="Slug, unique over all kinds.")
    kind: Mapped[str] = code(KINDS, checked=False)
    name: Mapped[str] = words("One line to show the row by.")
    name_sort: Mapped[str] = name_sort()
    type: Mapped[str | None] = words("The type of the row, if its kind has types.")
    quad: Mapped[str | None] = code(QUADS)
    modality: Mapped[str | None] = code(MODALITIES)
    datable: Mapped[bool] = flag("Whether rows of its kind can carry a date.")
    position: Mapped[int] = position()
    place: Mapped[int] = place()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return date_indexes("entries", "datable")


class EntryActor(ChildTable):
    """The actors that a row names as taking part in it."""

    __tablename__ = "entry_actors"

    entry_id: Mapped[str] = owner("entries")
    actor_id: Mapped[str] = reference("actors", "The actor.")


class EntryRelation(ChildTable):
    """How one row is related to another; each relation stands here from both sides."""

    __tablename__ = "relations"

    source_id: Mapped[str] = owner("entries")
    relation: Mapped[str] = code(RELATIONS)
    target_id: Mapped[str] = reference("entries", "The other row.")
    according_to_id: Mapped[str | None] = reference("actors", "Who says so.")


class EntryCitation(ChildTable):
    """The exact words of a document that prove fields of a row."""

    __tablename__ = "citations"

    entry_id: Mapped[str] = owner("entries")
    fields: Mapped[str] = words("The fields of the row that the words prove, joined by commas.")
    document_id: Mapped[str] = reference("documents", "The document.")
    section: Mapped[str] = words("Id of the section, within the document.")
    passage_id: Mapped[str] = reference("passages", "The passage in which the words begin.")
    start_offset: Mapped[int] = mapped_column(
        comment="First character, in Unicode code points from 0.", info={"field": "start"}
    )
    end_offset: Mapped[int] = mapped_column(
        comment="Behind the last character.", info={"field": "end"}
    )
    exact: Mapped[str] = words("The words.")
    prefix: Mapped[str] = words("Up to 32 characters before them.")
    suffix: Mapped[str] = words("Up to 32 characters after them.")

    __table_args__ = (in_section(),)


class EntrySection(ChildTable):
    """A section in which a row is cited, or a passage stands, and each section around that."""

    __tablename__ = "entry_sections"

    entry_id: Mapped[str] = owner("entries")
    document_id: Mapped[str] = reference("documents", "The document.")
    section: Mapped[str] = words("Id of the section, within the document.")

    __table_args__ = (Index("ix_entry_sections_section", "section"), in_section())


class EntryName(ChildTable):
    """Every name and alias of a row, as it is compared; filters take these where ids are asked."""

    __tablename__ = "names"

    entry_id: Mapped[str] = owner("entries")
    kind: Mapped[str] = words("Kind of the row.")
    folded: Mapped[str] = words("The name without case, accents and typographic forms.")

    __table_args__ = (Index("ix_names_folded", "folded", "kind"),)


class FormerId(Base):
    """An id that a row once had."""

    __tablename__ = "former_ids"

    id: Mapped[str] = mapped_column(Key, primary_key=True, comment="The old id.")
    entry_id: Mapped[str] = reference("entries", "The row that had it.")
