"""Tallies tell beginnings apart by how exactly they are known, so that they can be counted."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import whole, words

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STEP = "all, or begins-…: only beginnings that are known so exactly."


def upgrade() -> None:
    """The table is empty until the next load, which is due."""
    _create_anew(words("step", STEP, primary_key=True), sqlite_with_rowid=False)


def downgrade() -> None:
    _create_anew()


def _create_anew(*more: sa.Column[str], sqlite_with_rowid: bool = True) -> None:
    op.drop_table("tallies_until")
    op.create_table(
        "tallies_until",
        words("list", "Path of the list.", primary_key=True),
        words("dimension", "The filter that has the value; empty: all rows.", primary_key=True),
        *more,
        words("value", "The value.", primary_key=True),
        words("day", "The day; where there is a value, the last one of a month.", primary_key=True),
        whole("begun", "Rows whose first day is not after it."),
        whole("ended", "Rows whose last day is not after it."),
        comment="How many rows of a list have begun, and ended, until a day. Derived by the "
        "loader: rows that may overlap a period are those that have begun until its end but not "
        "ended before it.",
        sqlite_with_rowid=sqlite_with_rowid,
    )
