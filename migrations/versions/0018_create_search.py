"""The words of rows, and the index by which each database finds them."""

from alembic import op

from migrations.columns import reference, sa, words

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FTS5 = """
    CREATE VIRTUAL TABLE search_index USING fts5(
        name, aliases, text, content='search_words', content_rowid='ordinal', columnsize=0,
        tokenize="ascii tokenchars '='"
    )
"""
GIN = "CREATE INDEX ix_search_words_vector ON search_words USING gin (CAST(vector AS tsvector))"


def upgrade() -> None:
    op.create_table(
        "search_words",
        sa.Column(
            "ordinal",
            sa.Integer(),
            primary_key=True,
            autoincrement=False,
            comment="Number of the row in the index.",
        ),
        reference("entry_id", "entries", "The row."),
        words("name", "The words of its name, for FTS5."),
        words("aliases", "The words of its other names, for FTS5."),
        words("text", "The words of its other texts, for FTS5."),
        words("vector", "All of them, as a literal of a tsvector."),
        comment="The words of a row as they are indexed. Derived by the loader, for the search.",
    )
    op.execute(FTS5 if op.get_context().dialect.name == "sqlite" else GIN)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_words")
