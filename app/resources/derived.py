"""Tables that the loader derives from the others: counts, words, rendered rows, the dataset."""

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.resources.bases import Base
from app.resources.columns import (
    Key,
    owner,
    place,
    reference,
    words,
)


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
        BigInteger().with_variant(Integer, "sqlite"),  # In SQLite only INTEGER can be the rowid.
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
        BigInteger().with_variant(Integer, "sqlite"),  # In SQLite only INTEGER can be the rowid.
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
