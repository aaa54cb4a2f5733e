"""Counts that are made once, while the rows are written."""

from alembic import op

from migrations.columns import whole, words

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tallies",
        words("list", "Path of the list.", primary_key=True),
        words("dimension", "The filter that has the value; empty: all rows.", primary_key=True),
        words(
            "step",
            "all, or decade, year or month; beyond-… are rows that no such bucket holds.",
            primary_key=True,
        ),
        words(
            "bucket",
            "What the dates lie wholly in; beyond it, the date itself.",
            primary_key=True,
        ),
        words("value", "The value.", primary_key=True),
        whole("number", "How many rows."),
        comment="How many rows of a list have a value, in all and in each bucket of the calendar. "
        "Derived by the loader, for counts.",
    )
    op.create_table(
        "tallies_until",
        words("list", "Path of the list.", primary_key=True),
        words("dimension", "The filter that has the value; empty: all rows.", primary_key=True),
        words("value", "The value.", primary_key=True),
        words("day", "The day; where there is a value, the last one of a month.", primary_key=True),
        whole("begun", "Rows whose first day is not after it."),
        whole("ended", "Rows whose last day is not after it."),
        comment="How many rows of a list have begun, and ended, until a day. Derived by the "
        "loader: rows that may overlap a period are those that have begun until its end but not "
        "ended before it.",
    )


def downgrade() -> None:
    op.drop_table("tallies_until")
    op.drop_table("tallies")
