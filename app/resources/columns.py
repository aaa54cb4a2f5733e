"""The kinds of columns that tables have."""

from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, ForeignKeyConstraint, Text, text
from sqlalchemy.orm import mapped_column

from app.vocabularies.vocabulary import Vocabulary

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that both databases compare by code point."""

FIRST, SECOND = -2, -1
"""Sort orders that put the columns of a base before the columns of the table."""


def words(comment: str, **keywords: Any) -> Any:
    """A text column."""
    return mapped_column(Key, comment=comment, **keywords)


def code(
    vocabulary: Vocabulary, comment: str | None = None, *, checked: bool = True, **keywords: Any
) -> Any:
    """A column for codes of the vocabulary, with a CHECK unless `checked` is false.

    Codes that follow from the registry of resources are checked there instead, so that a new kind
    changes no old table.
    """
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
    """The column by which names are sorted. It is cut, so that it fits into a cursor."""
    comment = "The name as it is sorted: without case and accents, 60 characters of it."
    return mapped_column(Key, comment=comment, **keywords)


def position(**keywords: Any) -> Any:
    """The column for the position of a row: where its first citation begins in the documents."""
    comment = "Where its first citation stands: documents in order, then characters."
    return mapped_column(BigInteger, comment=comment, **keywords)


def place(**keywords: Any) -> Any:
    """The column for the rank of the rendered row."""
    comment = "Where it lies as rendered: by date, then by kind and position."
    return mapped_column(BigInteger, server_default=text("0"), comment=comment, **keywords)


def number(comment: str) -> Any:
    """A column of a number that may have a fraction."""
    return mapped_column(Double, comment=comment)


def reference(table: str, comment: str, *, index: bool = True, **keywords: Any) -> Any:
    """A column with the id of a row of `table`. References may be circular."""
    return mapped_column(Key, foreign(f"{table}.id"), comment=comment, index=index, **keywords)


def owner(table: str) -> Any:
    """The first half of the key of a child table: the row that it belongs to."""
    return mapped_column(
        Key,
        foreign(f"{table}.id"),
        primary_key=True,
        comment=f"The row of {table} that this is a part of.",
        info={"owner": True},
        sort_order=FIRST,
    )


def ordinal() -> Any:
    """The second half of the key of a child table: the index among the child rows."""
    return mapped_column(
        primary_key=True,
        autoincrement=False,
        comment="Place among its like, from 0.",
        sort_order=SECOND,
    )


def foreign(target: str) -> ForeignKey:
    """A foreign key that is checked when a load commits."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def in_section() -> ForeignKeyConstraint:
    """The columns `document_id` and `section` together name a section."""
    return ForeignKeyConstraint(
        ["document_id", "section"],
        ["sections.document_id", "sections.id"],
        deferrable=True,
        initially="DEFERRED",
    )


def denormalised(column: Any) -> Any:
    """A column of the row that a child table repeats for its indexes."""
    column.column.info["repeated"] = True
    return column
