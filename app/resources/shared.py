"""The tables that all kinds share: entries, citations, relations, names."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.resources.bases import Base, ChildTable, DatedColumns, date_indexes
from app.resources.columns import (
    Key,
    code,
    flag,
    in_section,
    name_sort,
    owner,
    position,
    reference,
    render_rank,
    words,
)
from app.vocabularies.events import MODALITIES
from app.vocabularies.kinds import KINDS
from app.vocabularies.plover import QUADS
from app.vocabularies.relations import RELATIONS


class Entry(DatedColumns, Base):
    """Every row of every kind, with its id, kind and date. The loader writes this table."""

    __tablename__ = "entries"

    id: Mapped[str] = mapped_column(Key, primary_key=True, comment="Slug, unique over all kinds.")
    kind: Mapped[str] = code(KINDS, checked=False)
    name: Mapped[str] = words("Display name, in one line.")
    name_sort: Mapped[str] = name_sort()
    type: Mapped[str | None] = words("The type of the row, if its kind has types.")
    quad: Mapped[str | None] = code(QUADS)
    modality: Mapped[str | None] = code(MODALITIES)
    datable: Mapped[bool] = flag("Whether rows of its kind can have a date.")
    position: Mapped[int] = position()
    render_rank: Mapped[int] = render_rank()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return date_indexes("entries", "datable")


class EntryActor(ChildTable):
    """An actor that a row names as a participant."""

    __tablename__ = "entry_actors"

    entry_id: Mapped[str] = owner("entries")
    actor_id: Mapped[str] = reference("actors", "The actor.")


class EntryRelation(ChildTable):
    """A relation of a row to another row. Each relation is stored in both directions."""

    __tablename__ = "relations"

    source_id: Mapped[str] = owner("entries")
    relation: Mapped[str] = code(RELATIONS)
    target_id: Mapped[str] = reference("entries", "The other row.")
    according_to_id: Mapped[str | None] = reference("actors", "The actor who says so.")


class EntryCitation(ChildTable):
    """The exact words of a document that prove fields of a row."""

    __tablename__ = "citations"

    entry_id: Mapped[str] = owner("entries")
    fields: Mapped[str] = words("The fields of the row that the words prove, joined by commas.")
    document_id: Mapped[str] = reference("documents", "The document.")
    section: Mapped[str] = words("Id of the section, within the document.")
    passage_id: Mapped[str] = reference("passages", "The passage in which the words begin.")
    start_offset: Mapped[int] = mapped_column(
        comment="Offset of the first character, in Unicode code points from 0.",
        info={"field": "start"},
    )
    end_offset: Mapped[int] = mapped_column(
        comment="Offset after the last character.", info={"field": "end"}
    )
    exact: Mapped[str] = words("The words.")
    prefix: Mapped[str] = words("Up to 32 characters before them.")
    suffix: Mapped[str] = words("Up to 32 characters after them.")

    __table_args__ = (in_section(),)


class EntrySection(ChildTable):
    """A section that contains a citation of a row, or a passage. The sections that contain it are
    also stored."""

    __tablename__ = "entry_sections"

    entry_id: Mapped[str] = owner("entries")
    document_id: Mapped[str] = reference("documents", "The document.")
    section: Mapped[str] = words("Id of the section, within the document.")

    __table_args__ = (Index("ix_entry_sections_section", "section"), in_section())


class EntryName(ChildTable):
    """Every name and alias of a row, folded for comparison. Filters accept them in place of ids."""

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
