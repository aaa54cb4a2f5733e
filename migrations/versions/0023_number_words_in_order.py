"""Numbers in the index of words have the order of rows, for which PostgreSQL needs larger ones."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NUMBER = "Number of the row in the index of words: by position, then by kind and id."
OLD_NUMBER = "Number of the row in the index."


def upgrade() -> None:
    """Rows keep the numbers that they have: the next load, which is due, gives them others."""
    _alter(sa.BigInteger(), NUMBER)


def downgrade() -> None:
    """Numbers so large find no place: the next load writes smaller ones."""
    op.execute("DELETE FROM dataset")
    op.execute("DELETE FROM search_words")
    _alter(sa.Integer(), OLD_NUMBER)


def _alter(type_: sa.Integer, comment: str) -> None:
    """SQLite has one type for all whole numbers."""
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("search_words", "ordinal", type_=type_, comment=comment)
