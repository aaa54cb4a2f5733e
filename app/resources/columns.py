"""What the tables have in common: their base, their columns, and the rules these bring along."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.vocabularies.texts import BASES, MODIFIERS, PRECISIONS, QUALIFIERS
from app.vocabularies.vocabulary import Vocabulary

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that both databases compare and sort by code point."""

FIRST, SECOND = -2, -1
"""Where columns stand that a table has from its base: before its own, not behind them."""

SPANS = ("day", "month", "year", "decade", "longer", "undated")
"""Span classes: how long a date may be, so that a period is found by one index range per class."""

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """The base of all tables. Columns that hold codes get a CHECK over their vocabulary."""

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


def words(comment: str, **keywords: Any) -> Any:
    """A text column."""
    return mapped_column(Key, comment=comment, **keywords)


def code(
    vocabulary: Vocabulary, comment: str | None = None, *, checked: bool = True, **keywords: Any
) -> Any:
    """A column whose values are codes of the vocabulary. Unless `checked`, it has no CHECK: what
    follows from the registry of resources is checked there, and a new kind changes no old table."""
    allowed = {"allowed": vocabulary.values} if checked else {}
    return mapped_column(
        Key,
        comment=comment or f"{vocabulary.description} Vocabulary {vocabulary.name}.",
        info={"vocabulary": vocabulary, **allowed},
        **keywords,
    )


def flag(comment: str) -> Any:
    """A boolean column."""
    return mapped_column(comment=comment)


def name_sort(**keywords: Any) -> Any:
    """The column that names are sorted by. It is cut, so that a cursor holds it."""
    comment = "The name as it is sorted: without case and accents, 60 characters of it."
    return mapped_column(Key, comment=comment, **keywords)


def position(**keywords: Any) -> Any:
    """The column that tells where a row first stands in the documents."""
    comment = "Where its first citation stands: documents in order, then characters."
    return mapped_column(BigInteger, comment=comment, **keywords)


def place(**keywords: Any) -> Any:
    """The column that tells where the row lies as rendered."""
    comment = "Where it lies as rendered: by date, then by kind and position."
    return mapped_column(BigInteger, server_default=text("0"), comment=comment, **keywords)


def number(comment: str) -> Any:
    """A column of a number that may have a fraction."""
    return mapped_column(Double, comment=comment)


def reference(table: str, comment: str, *, index: bool = True, **keywords: Any) -> Any:
    """A column with the id of a row of `table`.

    Foreign keys are checked when a load commits, so that rows may name each other in a ring.
    """
    return mapped_column(Key, _foreign(f"{table}.id"), comment=comment, index=index, **keywords)


def owner(table: str) -> Any:
    """The first half of the key of a part: the row that it is a part of."""
    return mapped_column(
        Key,
        _foreign(f"{table}.id"),
        primary_key=True,
        comment=f"The row of {table} that this is a part of.",
        info={"owner": True},
        sort_order=FIRST,
    )


def ordinal() -> Any:
    """The second half of the key of a part: its place among its like."""
    return mapped_column(
        primary_key=True,
        autoincrement=False,
        comment="Place among its like, from 0.",
        sort_order=SECOND,
    )


def _foreign(target: str) -> ForeignKey:
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def in_section() -> ForeignKeyConstraint:
    """The columns `document_id` and `section` together name a section."""
    return ForeignKeyConstraint(
        ["document_id", "section"],
        ["sections.document_id", "sections.id"],
        deferrable=True,
        initially="DEFERRED",
    )


def repeated(column: Any) -> Any:
    """The same column in a table of parts, which repeats it of its row for the indexes."""
    column.column.info["repeated"] = True
    return column


class Part(Base):
    """The base of tables whose rows are parts of a row: links, aliases, answers."""

    __abstract__ = True

    ordinal: Mapped[int] = ordinal()


class Record(Base):
    """The base of tables whose rows have an id of their own."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(
        Key,
        _foreign("entries.id"),
        primary_key=True,
        comment="Slug, unique over all tables.",
        sort_order=FIRST,
    )
    name: Mapped[str] = words("One line to show the row by.", sort_order=FIRST)
    name_sort: Mapped[str] = name_sort(sort_order=FIRST)
    note: Mapped[str | None] = words(
        "What is contradictory, doubtful or taken from context.", sort_order=FIRST
    )
    version: Mapped[str] = words(
        "Hash of the content and the citations of the row.", sort_order=FIRST
    )
    position: Mapped[int] = position(sort_order=FIRST)
    place: Mapped[int] = place(sort_order=FIRST)


class Span:
    """Columns by which a dated row is found and sorted; derived from the EDTF date."""

    date_span: Mapped[str] = mapped_column(
        Key, comment="Span class: the longest that the date may be.", info={"allowed": SPANS}
    )
    date_sort: Mapped[str] = words("Sort key of the date; 9999-99-99 if there is none.")
    date_undated: Mapped[int] = mapped_column(comment="1 if there is no date, else 0.")
    date_first: Mapped[str] = words("First day that it may cover; 0001-01-01 if open.")
    date_last: Mapped[str] = words("Last day that it may cover; 9999-12-31 if open.")
    date_start_last: Mapped[str] = words(
        "Last day by which it surely has begun; 9999-99-99 if that is never sure."
    )


class Dated(Span):
    """Columns of the date of a row (ISO 8601-2, EDTF)."""

    date_edtf: Mapped[str | None] = words("The date in EDTF, as exact as the document gives it.")
    date_earliest: Mapped[str | None] = words("First day it may be; null if open or undated.")
    date_latest: Mapped[str | None] = words("Last day it may be; null if open or undated.")
    date_certain_first: Mapped[str] = words(
        "First day on which it surely held; 9999-12-31 if there is none."
    )
    date_certain_last: Mapped[str] = words(
        "Last day on which it surely held; 0001-01-01 if there is none."
    )
    date_interval: Mapped[bool | None] = flag("Whether it lasts from one date to another.")
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
    table: str, *first: str, last: str = "id", beside: tuple[str, ...] = ()
) -> tuple[Index, ...]:
    """The indexes by which rows of `table` are found by period and walked in date order.

    They hold what a row is compared with, so that only rows that match are looked up, and where
    these lie as rendered, so that nothing else is.
    """
    key = ("date_sort", "position", last)
    reach, name = ("date_first", "date_last"), "_".join(("ix", table, *first, "date"))
    held = ("date_start_last", *beside, "place")
    return (
        Index(f"{name}_span", *first, "date_span", *key, *reach, *beside, "place"),
        Index(f"{name}_order", *first, "date_undated", *key, *reach, *held),
    )
