"""Tallies know what has begun and ended until each day with every code, in one text for a day."""

from alembic import op

from migrations.columns import whole, words

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

STEP = "all, undated, or begins-…: only beginnings that are known so exactly."
OLD_STEP = "all, or begins-…: only beginnings that are known so exactly."
KINDS = "all, undated, decade, year or month; beyond-… are rows that no such bucket holds."
OLD_KINDS = "all, or decade, year or month; beyond-… are rows that no such bucket holds."
TABLE = (
    "How many rows of a list have begun, and ended, until a day. Derived by the loader: rows that "
    "may overlap a period are those that have begun until its end but not ended before it."
)


def upgrade() -> None:
    """The table is empty until the next load, which is due."""
    op.drop_table("tallies_until")
    op.create_table(
        "tallies_until",
        words("list", "Path of the list.", primary_key=True),
        words("step", STEP, primary_key=True),
        words("day", "The day.", primary_key=True),
        words(
            "begun",
            "Rows whose first day is not after it: in all, then with each code of each filter of "
            "codes, in the order of filters and vocabularies.",
        ),
        words("ended", "Rows whose last day is not after it, likewise."),
        comment=TABLE,
    )
    _say(KINDS)


def downgrade() -> None:
    _say(OLD_KINDS)
    op.drop_table("tallies_until")
    op.create_table(
        "tallies_until",
        words("list", "Path of the list.", primary_key=True),
        words("dimension", "The filter that has the value; empty: all rows.", primary_key=True),
        words("step", OLD_STEP, primary_key=True),
        words("value", "The value.", primary_key=True),
        words("day", "The day; where there is a value, the last one of a month.", primary_key=True),
        whole("begun", "Rows whose first day is not after it."),
        whole("ended", "Rows whose last day is not after it."),
        comment=TABLE,
        sqlite_with_rowid=False,
    )


def _say(kinds: str) -> None:
    """SQLite keeps no comments."""
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("tallies", "step", comment=kinds)
