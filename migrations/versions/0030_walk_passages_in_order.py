"""Passages, which are as many as all sentences, are walked in their order and not sorted for it."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_passages_order", "passages", ["position", "id", "place"])


def downgrade() -> None:
    op.drop_index("ix_passages_order", "passages")
