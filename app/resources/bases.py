"""Base classes of tables: the common columns of rows, child rows and dates."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, MetaData, Table, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.resources.columns import (
    FIRST,
    Key,
    code,
    flag,
    foreign,
    name_sort,
    ordinal,
    position,
    render_rank,
    words,
)
from app.vocabularies.texts import BASES, MODIFIERS, PRECISIONS, QUALIFIERS

SPANS = ("day", "month", "year", "decade", "longer", "undated")
"""Span classes: upper limits of the duration of a date. A period query reads one index range for
each class."""

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """The base of all tables. A column of codes gets a CHECK constraint with the allowed codes."""

    metadata = MetaData(naming_convention=NAMING)

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if "__abstract__" in vars(cls):
            return
        table: Table = cls.__table__  # pyright: ignore[reportAssignmentType]
        table.comment = " ".join((cls.__doc__ or "").split())
        for column in list(table.columns):
            allowed: tuple[str, ...] | None = column.info.get("allowed")
            if allowed:
                listed = ", ".join("'" + value.replace("'", "''") + "'" for value in allowed)
                rule = f"{column.name} IN ({listed})"
                table.append_constraint(CheckConstraint(text(rule), name=column.name))


class ChildTable(Base):
    """The base of child tables. Their rows are parts of a parent row: links, aliases, answers."""

    __abstract__ = True

    ordinal: Mapped[int] = ordinal()


class Record(Base):
    """The base of tables whose rows have their own id."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(
        Key,
        foreign("entries.id"),
        primary_key=True,
        comment="Slug, unique over all tables.",
        sort_order=FIRST,
    )
    name: Mapped[str] = words("Display name, in one line.", sort_order=FIRST)
    name_sort: Mapped[str] = name_sort(sort_order=FIRST)
    note: Mapped[str | None] = words(
        "Remarks on what is contradictory, doubtful or inferred from context.", sort_order=FIRST
    )
    version: Mapped[str] = words(
        "Hash of the content and the citations of the row.", sort_order=FIRST
    )
    position: Mapped[int] = position(sort_order=FIRST)
    render_rank: Mapped[int] = render_rank(sort_order=FIRST)


class DerivedRecord(Base):
    """The base of tables whose rows the loader derives from other rows. They are no entries."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(
        Key, primary_key=True, comment="Unique in its table.", sort_order=FIRST
    )
    name: Mapped[str] = words("Display name, in one line.", sort_order=FIRST)
    name_sort: Mapped[str] = name_sort(sort_order=FIRST)
    note: Mapped[str | None] = words(
        "Remarks on what is contradictory, doubtful or inferred from context.", sort_order=FIRST
    )
    position: Mapped[int] = position(sort_order=FIRST)
    render_rank: Mapped[int] = render_rank(sort_order=FIRST)


class DateRangeColumns:
    """Columns that find and sort dated rows. They are derived from the EDTF date.

    Days are stored as sort keys (`app.edtf.calendar`), so that databases can compare them as text.
    """

    date_span: Mapped[str] = mapped_column(
        Key, comment="Span class: upper limit of the duration of the date.", info={"allowed": SPANS}
    )
    date_sort: Mapped[str] = words("Sort key of the date; 9999-99-99 if there is none.")
    date_undated: Mapped[int] = mapped_column(comment="1 if there is no date, else 0.")
    date_first: Mapped[str] = words("First day that the date may cover; &000-01-01 if open.")
    date_last: Mapped[str] = words(
        "Last day that the date may cover; 9999-12-31 if the end is open, the word unknown if it "
        "is unknown."
    )
    date_start_last: Mapped[str] = words(
        "First day on which the date has surely started; 9999-99-99 if there is none."
    )


class DatedColumns(DateRangeColumns):
    """Columns of the date of a row (ISO 8601-2, EDTF)."""

    date_edtf: Mapped[str | None] = words("The date in EDTF, as exact as the document gives it.")
    date_earliest: Mapped[str | None] = words(
        "First day that the date may cover, ISO 8601; null if open or undated."
    )
    date_latest: Mapped[str | None] = words(
        "Last day that the date may cover, ISO 8601; null if open or undated."
    )
    date_certain_first: Mapped[str] = words(
        "First day that the date surely covers; 9999-12-31 if there is none."
    )
    date_certain_last: Mapped[str] = words(
        "Last day that the date surely covers; &000-01-01 if there is none."
    )
    date_interval: Mapped[bool | None] = flag("Whether the date is an interval.")
    date_precision: Mapped[str | None] = code(PRECISIONS)
    date_qualifier: Mapped[str | None] = code(QUALIFIERS)
    date_modifier: Mapped[str | None] = code(MODIFIERS)
    date_basis: Mapped[str | None] = code(BASES)
    date_text: Mapped[str | None] = words("The document's words for the date.")

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return date_indexes(str(vars(cls)["__tablename__"]))


def date_indexes(
    table: str, *first: str, last: str = "id", extra: tuple[str, ...] = ()
) -> tuple[Index, ...]:
    """The indexes of `table` for period queries and for the date order.

    They include all columns that a period query compares, so that the database reads only rows that
    match. They also include the rank of the rendered row (`render_rank`), so a page needs no other
    column. `first` are the first columns of the indexes, `last` is the last sort column, and
    `extra` are further columns.
    """
    key = ("date_sort", "position", last)
    range_columns, name = ("date_first", "date_last"), "_".join(("ix", table, *first, "date"))
    included = ("date_start_last", *extra, "render_rank")
    return (
        Index(f"{name}_span", *first, "date_span", *key, *range_columns, *extra, "render_rank"),
        Index(f"{name}_order", *first, "date_undated", *key, *range_columns, *included),
    )
