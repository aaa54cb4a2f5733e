"""The columns of which the baseline (revisions 0101 to 0105) makes its tables.

A later migration does not change them: it writes out the columns that it adds.
"""

from collections.abc import Iterator

import sqlalchemy as sa

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that both databases compare and sort by code point."""

ROWID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""The key of a table whose rows lie in its order; in SQLite no other type can be the rowid."""


def words(
    name: str, comment: str, *, nullable: bool = False, primary_key: bool = False
) -> sa.Column[str]:
    """A text."""
    return sa.Column(name, KEY, nullable=nullable, primary_key=primary_key, comment=comment)


def code(name: str, codes: str, comment: str, *, nullable: bool = False) -> sa.Column[str]:
    """One of the codes, which are given with blanks between them."""
    listed = ", ".join(f"'{value}'" for value in codes.split())
    rule = sa.CheckConstraint(f"{name} IN ({listed})", name=name)
    return sa.Column(name, KEY, rule, nullable=nullable, comment=comment)


def flag(name: str, comment: str, *, nullable: bool = False) -> sa.Column[bool]:
    """True or false."""
    return sa.Column(name, sa.Boolean(), nullable=nullable, comment=comment)


def whole(name: str, comment: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=False, comment=comment)


def number(name: str, comment: str, *, nullable: bool = False) -> sa.Column[float]:
    """A number that may have a fraction."""
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def rowid(name: str, comment: str) -> sa.Column[int]:
    """A number that is the key of its table, and is given by the loader."""
    return sa.Column(name, ROWID, primary_key=True, autoincrement=False, comment=comment)


def position() -> sa.Column[int]:
    """Where a row first stands in the documents."""
    comment = "Where its first citation stands: documents in order, then characters."
    return sa.Column("position", sa.BigInteger(), nullable=False, comment=comment)


def place() -> sa.Column[int]:
    """Where a row lies as rendered."""
    comment = "Where it lies as rendered: by date, then by kind and position."
    zero = sa.text("0")
    return sa.Column("place", sa.BigInteger(), nullable=False, server_default=zero, comment=comment)


def name_sort() -> sa.Column[str]:
    """What names are sorted by."""
    return words(
        "name_sort", "The name as it is sorted: without case and accents, 60 characters of it."
    )


def reference(
    name: str, table: str, comment: str, *, nullable: bool = False, index: bool = True
) -> sa.Column[str]:
    """The id of a row of `table`."""
    key = _foreign(table)
    return sa.Column(name, KEY, key, nullable=nullable, index=index, comment=comment)


def owner(name: str, table: str) -> sa.Column[str]:
    """The row that this is a part of: the first half of the key."""
    comment = f"The row of {table} that this is a part of."
    return sa.Column(name, KEY, _foreign(table), primary_key=True, comment=comment)


def ordinal() -> sa.Column[int]:
    """The second half of the key."""
    comment = "Place among its like, from 0."
    return sa.Column(
        "ordinal", sa.Integer(), primary_key=True, autoincrement=False, comment=comment
    )


def in_section() -> sa.ForeignKeyConstraint:
    """The columns `document_id` and `section` together name a section."""
    return sa.ForeignKeyConstraint(
        ["document_id", "section"],
        ["sections.document_id", "sections.id"],
        deferrable=True,
        initially="DEFERRED",
    )


def record() -> Iterator[sa.Column[str] | sa.Column[int]]:
    """What every row with an id of its own has."""
    comment = "Slug, unique over all tables."
    yield sa.Column("id", KEY, _foreign("entries"), primary_key=True, comment=comment)
    yield words("name", "One line to show the row by.")
    yield name_sort()
    yield words("note", "What is contradictory, doubtful or taken from context.", nullable=True)
    yield words("version", "Hash of the content and the citations of the row.")
    yield position()
    yield place()


def _foreign(table: str) -> sa.ForeignKey:
    """Checked when a load commits, so that rows may name each other in a ring."""
    return sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
