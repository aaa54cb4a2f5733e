"""Column types for the tables of the baseline (revisions 0101 to 0105).

Do not change them for a later migration: it must define its own columns in full.
"""

from collections.abc import Iterator

import sqlalchemy as sa

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Type of text that both databases compare and sort by code point."""

ROWID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Type of an integer primary key. In SQLite, only the type INTEGER makes the key the rowid, which
orders the rows on disk."""


def words(
    name: str, comment: str, *, nullable: bool = False, primary_key: bool = False
) -> sa.Column[str]:
    """A column of text."""
    return sa.Column(name, KEY, nullable=nullable, primary_key=primary_key, comment=comment)


def code(name: str, codes: str, comment: str, *, nullable: bool = False) -> sa.Column[str]:
    """A column of codes, with a CHECK constraint. `codes` are the allowed codes, separated by
    spaces."""
    listed = ", ".join(f"'{value}'" for value in codes.split())
    rule = sa.CheckConstraint(f"{name} IN ({listed})", name=name)
    return sa.Column(name, KEY, rule, nullable=nullable, comment=comment)


def flag(name: str, comment: str, *, nullable: bool = False) -> sa.Column[bool]:
    """A Boolean column."""
    return sa.Column(name, sa.Boolean(), nullable=nullable, comment=comment)


def whole(name: str, comment: str) -> sa.Column[int]:
    """An integer column."""
    return sa.Column(name, sa.Integer(), nullable=False, comment=comment)


def number(name: str, comment: str, *, nullable: bool = False) -> sa.Column[float]:
    """A floating-point column."""
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def rowid(name: str, comment: str) -> sa.Column[int]:
    """An integer primary key. The loader sets the value."""
    return sa.Column(name, ROWID, primary_key=True, autoincrement=False, comment=comment)


def position() -> sa.Column[int]:
    """The position of the first citation of a row in the documents."""
    comment = "Where its first citation stands: documents in order, then characters."
    return sa.Column("position", sa.BigInteger(), nullable=False, comment=comment)


def place() -> sa.Column[int]:
    """The rank of a rendered row: the number by which it is stored."""
    comment = "Where it lies as rendered: by date, then by kind and position."
    zero = sa.text("0")
    return sa.Column("place", sa.BigInteger(), nullable=False, server_default=zero, comment=comment)


def name_sort() -> sa.Column[str]:
    """The sort key of a name."""
    return words(
        "name_sort", "The name as it is sorted: without case and accents, 60 characters of it."
    )


def reference(
    name: str, table: str, comment: str, *, nullable: bool = False, index: bool = True
) -> sa.Column[str]:
    """A foreign key: the id of a row of `table`."""
    key = _foreign(table)
    return sa.Column(name, KEY, key, nullable=nullable, index=index, comment=comment)


def owner(name: str, table: str) -> sa.Column[str]:
    """The foreign key from a child table to its row in `table`; first column of the primary key."""
    comment = f"The row of {table} that this is a part of."
    return sa.Column(name, KEY, _foreign(table), primary_key=True, comment=comment)


def ordinal() -> sa.Column[int]:
    """The index of an item in the list of its row; second column of the primary key."""
    comment = "Place among its like, from 0."
    return sa.Column(
        "ordinal", sa.Integer(), primary_key=True, autoincrement=False, comment=comment
    )


def in_section() -> sa.ForeignKeyConstraint:
    """A foreign key to a section, from the two columns `document_id` and `section`."""
    return sa.ForeignKeyConstraint(
        ["document_id", "section"],
        ["sections.document_id", "sections.id"],
        deferrable=True,
        initially="DEFERRED",
    )


def record() -> Iterator[sa.Column[str] | sa.Column[int]]:
    """The columns that every table of rows with an id has."""
    comment = "Slug, unique over all tables."
    yield sa.Column("id", KEY, _foreign("entries"), primary_key=True, comment=comment)
    yield words("name", "One line to show the row by.")
    yield name_sort()
    yield words("note", "What is contradictory, doubtful or taken from context.", nullable=True)
    yield words("version", "Hash of the content and the citations of the row.")
    yield position()
    yield place()


def _foreign(table: str) -> sa.ForeignKey:
    """A foreign key to `table`. It is checked at the commit, so rows may refer to each other in a
    cycle."""
    return sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
