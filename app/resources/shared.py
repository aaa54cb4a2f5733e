"""The tables that all kinds share: entries, citations, relations, and what the loader derives."""

from sqlalchemy import BigInteger, Index, Integer, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.resources.columns import (
    Base,
    Dated,
    Key,
    Part,
    code,
    date_indexes,
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
from app.vocabularies.kinds import ENTRY_TYPES, KINDS
from app.vocabularies.plover import QUADS
from app.vocabularies.relations import RELATIONS


class Entry(Dated, Base):
    """Every row of every kind, once: its id, kind and date. Written by the loader."""

    __tablename__ = "entries"

    id: Mapped[str] = mapped_column(Key, primary_key=True, comment="Slug, unique over all kinds.")
    kind: Mapped[str] = code(KINDS, checked=False)
    name: Mapped[str] = words("One line to show the row by.")
    name_sort: Mapped[str] = name_sort()
    type: Mapped[str | None] = code(
        ENTRY_TYPES, "The type of the row, if its kind has types.", checked=False
    )
    quad: Mapped[str | None] = code(QUADS)
    modality: Mapped[str | None] = code(MODALITIES)
    datable: Mapped[bool] = flag("Whether rows of its kind can carry a date.")
    position: Mapped[int] = position()
    place: Mapped[int] = place()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return date_indexes("entries", "datable")


class EntryActor(Part):
    """The actors that a row names as taking part in it."""

    __tablename__ = "entry_actors"

    entry_id: Mapped[str] = owner("entries")
    actor_id: Mapped[str] = reference("actors", "The actor.")


class EntryRelation(Part):
    """How one row is related to another; each relation stands here from both sides."""

    __tablename__ = "relations"

    source_id: Mapped[str] = owner("entries")
    relation: Mapped[str] = code(RELATIONS)
    target_id: Mapped[str] = reference("entries", "The other row.")
    according_to_id: Mapped[str | None] = reference("actors", "Who says so.")


class EntryCitation(Part):
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


class EntrySection(Part):
    """A section in which a row is cited, or a passage stands, and each section around that."""

    __tablename__ = "entry_sections"

    entry_id: Mapped[str] = owner("entries")
    document_id: Mapped[str] = reference("documents", "The document.")
    section: Mapped[str] = words("Id of the section, within the document.")

    __table_args__ = (Index("ix_entry_sections_section", "section"), in_section())


class EntryName(Part):
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


class LinkCount(Base):
    """How many rows of a list a filter by this row finds. Derived by the loader."""

    __tablename__ = "link_counts"

    entry_id: Mapped[str] = owner("entries")
    list: Mapped[str] = mapped_column(Key, primary_key=True, comment="Path of the list.")
    filter: Mapped[str] = mapped_column(Key, primary_key=True, comment="Name of the filter.")
    count: Mapped[int] = mapped_column(comment="How many rows it finds.")


class Tally(Base):
    """How many rows of a list have a value, in all and in each bucket of the calendar. Derived by
    the loader, for counts."""

    __tablename__ = "tallies"

    list: Mapped[str] = mapped_column(Key, primary_key=True, comment="Path of the list.")
    dimension: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="The filter that has the value; empty: all rows."
    )
    step: Mapped[str] = mapped_column(
        Key,
        primary_key=True,
        comment="all, undated, decade, year or month; beyond-… are rows that no such bucket holds.",
    )
    bucket: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="What the dates lie wholly in; beyond it, the date itself."
    )
    value: Mapped[str] = mapped_column(Key, primary_key=True, comment="The value.")
    number: Mapped[int] = mapped_column(comment="How many rows.")


class TallyUntil(Base):
    """How many rows of a list have begun, and ended, until a day. Derived by the loader: rows that
    may overlap a period are those that have begun until its end but not ended before it."""

    __tablename__ = "tallies_until"

    list: Mapped[str] = mapped_column(Key, primary_key=True, comment="Path of the list.")
    step: Mapped[str] = mapped_column(
        Key,
        primary_key=True,
        comment="all: rows with a date; undated: rows without.",
    )
    day: Mapped[str] = mapped_column(Key, primary_key=True, comment="The day.")
    begun: Mapped[str] = words(
        "Rows whose first day is not after it: in all, then with each code of each filter of "
        "codes, in the order of filters and vocabularies."
    )
    ended: Mapped[str] = words("Rows whose last day is not after it, likewise.")


class SearchWords(Base):
    """Which row each number in the index of words stands for. Derived by the loader."""

    __tablename__ = "search_words"

    ordinal: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),  # which is the rowid; no other type can be
        primary_key=True,
        autoincrement=False,
        comment="Number of the row in the index of words: by position, then by kind and id.",
    )
    entry_id: Mapped[str] = reference("entries", "The row.")
    place: Mapped[int] = place()
    vector: Mapped[str | None] = mapped_column(
        Text().with_variant(TSVECTOR, "postgresql"),
        comment="Its words. Null in SQLite, whose index holds them itself.",
    )


class CommonWord(Base):
    """Words that very many rows have, by stem, so that PostgreSQL is told which searches are for
    rare ones. Derived by the loader; empty in SQLite, which reads of no word more than it has to.
    """

    __tablename__ = "common_words"

    stem: Mapped[str] = mapped_column(Key, primary_key=True, comment="Stem of the word.")


class Rendering(Base):
    """Each row as the API serves it, in the order of dates, in which most pages read them. Derived
    by the loader from the other tables' content."""

    __tablename__ = "renderings"

    place: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),  # the rowid, by which rows lie
        primary_key=True,
        autoincrement=False,
        comment="Its place: by date, then by kind and position.",
    )
    body: Mapped[str] = words("The row as JSON.")
    entry: Mapped[str] = words("The row as JSON, as the timeline and the search show it.")
    evidence: Mapped[str | None] = words("Its citations as JSON; of a passage, what cites it.")
    date_first: Mapped[str | None] = words(
        "First day that its date may cover; null if its kind has no dates."
    )
    date_certain_first: Mapped[str | None] = words("First day on which it surely held.")
    date_certain_last: Mapped[str | None] = words("Last day on which it surely held.")
    date_start_last: Mapped[str | None] = words("Last day by which it surely has begun.")


class Dataset(Base):
    """The one row that says which content this database holds."""

    __tablename__ = "dataset"

    version: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Hash of the loaded content."
    )
    rendering: Mapped[str] = words("Hash of the schemas by which rows were rendered.")
    loaded_at: Mapped[str] = words("When it was loaded, RFC 3339 in UTC.")
    coverage: Mapped[str] = words("The coverage report as JSON.")
    seeds: Mapped[str] = words("Hash of the files that it was read from, and of the code for it.")


class DataDictionary(Base):
    """What every table and column means, for whoever reads this database by SQL."""

    __tablename__ = "data_dictionary"

    table_name: Mapped[str] = mapped_column(Key, primary_key=True, comment="Table or view.")
    column_name: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Its column; empty: the table itself."
    )
    meaning: Mapped[str] = words("What it holds.")
