"""Words of rows are held by the index itself, in the form of each database, and nowhere else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from migrations.columns import reference, words

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FTS5 = """
    CREATE VIRTUAL TABLE search_index USING fts5(
        name, aliases, text, content={content}, columnsize=0, tokenize="ascii tokenchars '='"
    )
"""
COPY = """
    INSERT INTO search_index (rowid, name, aliases, text)
    SELECT ordinal, name, aliases, text FROM search_words
"""
OF_ITS_OWN = "''"
OF_THE_TABLE = "'search_words', content_rowid='ordinal'"

TABLE = "Which row each number in the index of words stands for. Derived by the loader."
VECTOR = "Its words. Null in SQLite, whose index holds them itself."
OLD_TABLE = "The words of a row as they are indexed. Derived by the loader, for the search."
OLD_VECTOR = "All of them, as a literal of a tsvector."

PARTS = {
    "name": "The words of its name, for FTS5.",
    "aliases": "The words of its other names, for FTS5.",
    "text": "The words of its other texts, for FTS5.",
}


def upgrade() -> None:
    (_upgrade_postgresql if _is_postgresql() else _upgrade_sqlite)()


def downgrade() -> None:
    """No index gives words back as they were: the next load writes them."""
    op.execute("DELETE FROM dataset")
    op.execute("DELETE FROM search_words")
    (_downgrade_postgresql if _is_postgresql() else _downgrade_sqlite)()


def _upgrade_sqlite() -> None:
    op.execute("DROP TABLE search_index")
    op.execute(FTS5.format(content=OF_ITS_OWN))
    op.execute(COPY)
    _put_aside()
    _create_table(words("vector", VECTOR, nullable=True), comment=TABLE)
    op.execute("INSERT INTO search_words (ordinal, entry_id) SELECT ordinal, entry_id FROM old")
    op.drop_table("old")


def _upgrade_postgresql() -> None:
    op.drop_index("ix_search_words_vector", "search_words")
    op.alter_column(
        "search_words", "vector", type_=TSVECTOR(), nullable=True, comment=VECTOR,
        postgresql_using="CAST(vector AS tsvector)",
    )  # fmt: skip
    for part in PARTS:
        op.drop_column("search_words", part)
    op.create_index("ix_search_words_vector", "search_words", ["vector"], postgresql_using="gin")
    op.create_table_comment("search_words", TABLE)


def _downgrade_sqlite() -> None:
    op.execute("DROP TABLE search_index")
    _put_aside()
    parts = (words(part, comment) for part, comment in PARTS.items())
    _create_table(*parts, words("vector", OLD_VECTOR), comment=OLD_TABLE)
    op.drop_table("old")
    op.execute(FTS5.format(content=OF_THE_TABLE))


def _put_aside() -> None:
    op.drop_index("ix_search_words_entry_id", "search_words")
    op.rename_table("search_words", "old")


def _create_table(*more: sa.Column[str], comment: str) -> None:
    number = "Number of the row in the index."
    op.create_table(
        "search_words",
        sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False, comment=number),
        reference("entry_id", "entries", "The row."),
        *more,
        comment=comment,
    )


def _downgrade_postgresql() -> None:
    op.drop_index("ix_search_words_vector", "search_words")
    for part, comment in PARTS.items():
        op.add_column("search_words", words(part, comment))
    op.alter_column(
        "search_words", "vector", type_=sa.Text(collation="C"), nullable=False, comment=OLD_VECTOR,
        postgresql_using="CAST(vector AS text)",
    )  # fmt: skip
    op.execute(
        "CREATE INDEX ix_search_words_vector ON search_words USING gin (CAST(vector AS tsvector))"
    )
    op.create_table_comment("search_words", OLD_TABLE)


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
