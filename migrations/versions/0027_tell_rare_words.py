"""Which words are not rare, which PostgreSQL has to know before it looks for one."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Until the next load, which is due, every word passes for a rare one."""
    op.create_table(
        "common_words",
        sa.Column("stem", KEY, primary_key=True, comment="Stem of the word."),
        comment="Words that very many rows have, by stem, so that PostgreSQL is told which "
        "searches are for rare ones. Derived by the loader; empty in SQLite, which reads of no "
        "word more than it has to.",
    )


def downgrade() -> None:
    op.drop_table("common_words")
