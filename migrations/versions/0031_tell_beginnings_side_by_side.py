"""Tallies know what begins of all rows in one text for a day, too."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

STEP = (
    "all, undated, or begins-…: only beginnings that are known so exactly; begins: of all rows, a "
    "number of each of these kinds."
)
OLD_STEP = "all, undated, or begins-…: only beginnings that are known so exactly."


def upgrade() -> None:
    """The rows come with the next load, which is due."""
    _say(STEP)


def downgrade() -> None:
    _say(OLD_STEP)


def _say(steps: str) -> None:
    """SQLite keeps no comments."""
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("tallies_until", "step", comment=steps)
