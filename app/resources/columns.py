"""Functions that declare the columns of tables, one for each kind of column."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, ForeignKeyConstraint, Text, text
from sqlalchemy.orm import mapped_column

from app.vocabularies.vocabulary import Vocabulary

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that both databases (SQLite and PostgreSQL) compare by code point."""

FIRST, SECOND = -2, -1
"""Sort orders that put the columns of a base before the columns of the table."""


def words(comment: str, **keywords: Any) -> Any:
    """A text column."""
    return mapped_column(Key, comment=comment, **keywords)


def code(
    vocabulary: Vocabulary, comment: str | None = None, *, checked: bool = True, **keywords: Any
) -> Any:
    """A column for codes of the vocabulary. It has a CHECK constraint unless `checked` is false.

    Kinds have no CHECK constraint; the registry of resources validates them. So a new kind does not
    change existing tables.
    """
    allowed = {"allowed": vocabulary.values} if checked else {}
    return mapped_column(
        Key,
        comment=comment or f"{vocabulary.description} Vocabulary {vocabulary.name}.",
        info={"vocabulary": vocabulary, **allowed},
        **keywords,
    )


def flag(comment: str, **keywords: Any) -> Any:
    """A boolean column."""
    return mapped_column(comment=comment, **keywords)


def name_sort(**keywords: Any) -> Any:
    """The sort key of the name. It is cut to a maximum length, so that it fits into a cursor."""
    comment = "Sort key of the name: its first 60 characters, without case and accents."
    return mapped_column(Key, comment=comment, **keywords)


def position(**keywords: Any) -> Any:
    """The column for the position of a row: the start of its first citation in the documents."""
    comment = "Position of its first citation: by document, then by character."
    return mapped_column(BigInteger, comment=comment, **keywords)


def render_rank(**keywords: Any) -> Any:
    """The column for the rank of the rendered row, which is the key of `renderings`."""
    comment = "Key of the rendered row: its rank in the order of date, kind and position."
    return mapped_column(BigInteger, server_default=text("0"), comment=comment, **keywords)


def number(comment: str) -> Any:
    """A column for a number that may have a fraction."""
    return mapped_column(Double, comment=comment)


def reference(table: str, comment: str, *, index: bool = True, **keywords: Any) -> Any:
    """A foreign key to the id of `table`. References between tables may be circular."""
    return mapped_column(Key, foreign(f"{table}.id"), comment=comment, index=index, **keywords)


def owner(table: str) -> Any:
    """The first key column of a child table: the id of the parent row."""
    return mapped_column(
        Key,
        foreign(f"{table}.id"),
        primary_key=True,
        comment=f"The row of {table} that this row belongs to.",
        info={"owner": True},
        sort_order=FIRST,
    )


def ordinal() -> Any:
    """The second key column of a child table: the index of the child row in its parent row."""
    return mapped_column(
        primary_key=True,
        autoincrement=False,
        comment="Index in the list of its row, from 0.",
        sort_order=SECOND,
    )


def foreign(target: str) -> ForeignKey:
    """A deferred foreign key: the database checks it when a load commits."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def in_section() -> ForeignKeyConstraint:
    """The foreign key of the columns `document_id` and `section`, which together name a section."""
    return ForeignKeyConstraint(
        ["document_id", "section"],
        ["sections.document_id", "sections.id"],
        deferrable=True,
        initially="DEFERRED",
    )


def denormalised(column: Any) -> Any:
    """Mark a column of a child table as a copy of a column of the parent row, made for indexes."""
    column.column.info["denormalised"] = True
    return column


def derived(column: Any, value: Callable[[Any, Any], Any]) -> Any:
    """Mark a column of a child table as derived: the loader calls `value` with the parent row and
    the item, and stores the result."""
    column.column.info["derived"] = value
    return column


def day_of_item(comment: str) -> Any:
    """A day of the date of an item itself, as a sort key; null if the item has no date. It stands
    behind the other columns, as a migration adds it."""
    text = f"{comment} Sort key; null if there is no date."
    return mapped_column(Key, comment=text, info={"of_item": True}, sort_order=1)
