"""Tables that the loader derives from the others: counts, words, rendered rows, the dataset."""

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.resources.bases import Base
from app.resources.columns import (
    Key,
    owner,
    reference,
    render_rank,
    words,
)


class LinkCount(Base):
    """The number of rows in a list that a filter by this row finds. The loader counts them."""

    __tablename__ = "link_counts"

    entry_id: Mapped[str] = owner("entries")
    list: Mapped[str] = mapped_column(Key, primary_key=True, comment="Path of the list.")
    filter: Mapped[str] = mapped_column(Key, primary_key=True, comment="Name of the filter.")
    count: Mapped[int] = mapped_column(comment="Number of rows.")


class Tally(Base):
    """The number of rows in a list with a value: in all, and in each decade, year and month. The
    loader counts them, so that many queries need not count rows."""

    __tablename__ = "tallies"

    list: Mapped[str] = mapped_column(Key, primary_key=True, comment="Path of the list.")
    filter: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Name of the filter that has the value; empty for all rows."
    )
    bucket_type: Mapped[str] = mapped_column(
        Key,
        primary_key=True,
        comment="Which rows are counted: all; undated; those of one decade, year or month; "
        "beyond-decade, beyond-year or beyond-month for those in no such bucket.",
    )
    bucket: Mapped[str] = mapped_column(
        Key,
        primary_key=True,
        comment="Sort key of the bucket that contains the whole date; for beyond-…, the date.",
    )
    value: Mapped[str] = mapped_column(Key, primary_key=True, comment="The value.")
    count: Mapped[int] = mapped_column(comment="Number of rows.")


class CumulativeCounts(Base):
    """The number of rows in a list that start, and that end, by a day. The rows that may overlap a
    period are those that start by its last day, minus those that end before its first day."""

    __tablename__ = "cumulative_counts"

    list: Mapped[str] = mapped_column(Key, primary_key=True, comment="Path of the list.")
    row_set: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Which rows are counted: dated or undated."
    )
    day: Mapped[str] = mapped_column(Key, primary_key=True, comment="Sort key of the day.")
    started_by: Mapped[str] = words(
        "Counts of rows whose first day is this day or earlier, separated by commas: first all "
        "rows, then the rows with each code of each filter, in the order of the filters and codes."
    )
    ended_by: Mapped[str] = words(
        "Counts of rows whose last day is this day or earlier, in the same order."
    )


class SearchRow(Base):
    """The row for each number in the search index."""

    __tablename__ = "search_rows"

    ordinal: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),  # In SQLite only INTEGER can be the rowid.
        primary_key=True,
        autoincrement=False,
        comment="Number of the row in the search index, in the order of position, kind and id.",
    )
    entry_id: Mapped[str] = reference("entries", "The row.")
    render_rank: Mapped[int] = render_rank()
    vector: Mapped[str | None] = mapped_column(
        Text().with_variant(TSVECTOR, "postgresql"),
        comment="The words of the row. Null in SQLite, where the table search_index has them.",
    )


class CommonStem(Base):
    """The stems of words that very many rows have. PostgreSQL plans a search for other, rare words
    differently. Empty in SQLite, which does not need them."""

    __tablename__ = "common_stems"

    stem: Mapped[str] = mapped_column(Key, primary_key=True, comment="Stem of the word.")


class Rendering(Base):
    """Each row as JSON, as the API sends it. The loader renders it from the other tables. The rows
    are stored in date order, because most pages read them in this order."""

    __tablename__ = "renderings"

    render_rank: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),  # In SQLite only INTEGER can be the rowid.
        primary_key=True,
        autoincrement=False,
        comment="Rank of the row in the order of date, kind and position.",
    )
    body: Mapped[str] = words("The row as JSON, with all fields.")
    entry: Mapped[str] = words("The row as JSON, with the fields of the timeline and the search.")
    evidence: Mapped[str | None] = words(
        "The citations of the row as JSON; for a passage, the rows that cite it."
    )
    date_first: Mapped[str | None] = words(
        "First day that the date may cover; null if rows of this kind have no date."
    )
    date_certain_first: Mapped[str | None] = words("First day that the date surely covers.")
    date_certain_last: Mapped[str | None] = words("Last day that the date surely covers.")
    date_start_last: Mapped[str | None] = words("First day on which the date has surely started.")


class Dataset(Base):
    """The content that this database holds, in one row."""

    __tablename__ = "dataset"

    version: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Hash of the loaded content."
    )
    rendering: Mapped[str] = words("Hash of the schemas that the rows were rendered with.")
    loaded_at: Mapped[str] = words("Time of the load, RFC 3339 in UTC.")
    coverage: Mapped[str] = words("The coverage report as JSON.")
    seeds: Mapped[str] = words("Hash of the files that were loaded and of the code that read them.")


class DataDictionary(Base):
    """The meaning of every table and column, for readers who use SQL."""

    __tablename__ = "data_dictionary"

    table_name: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Name of the table or view."
    )
    column_name: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Name of the column; empty for the table itself."
    )
    meaning: Mapped[str] = words("Meaning of the table or column.")
