"""The log of changes: loads, and the rows that they added, changed or removed.

The log begins with the dataset that is loaded now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROWID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BASELINE = """
    INSERT INTO loads (number, version, loaded_at, last_change)
    SELECT 1, version, loaded_at, 0 FROM dataset
"""


def upgrade() -> None:
    op.create_table(
        "loads",
        _number(),
        _words("version", "The version of the dataset that it loaded."),
        _words("loaded_at", "When it was loaded, RFC 3339 in UTC."),
        sa.Column(
            "last_change", sa.BigInteger(), nullable=False,
            comment="Number of the last change of this load and those before; 0: none.",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_loads"),
        comment="Each load that changed the dataset, since the log began.",
    )  # fmt: skip
    op.create_index("ix_loads_version", "loads", ["version"])
    op.create_table(
        "changes",
        _number(),
        _words("kind", "Kind of the row."),
        _words("entry_id", "Id of the row, which may be gone."),
        _words("change", "added, changed or removed."),
        _words("version", "Version of the row; of a removed row its last one."),
        _words("name", "Its name."),
        _words("loaded_at", "When it was loaded or removed, RFC 3339 in UTC."),
        sa.PrimaryKeyConstraint("number", name="pk_changes"),
        comment="A row that a load added, changed or removed. The first load of the log has no "
        "changes.",
    )
    op.create_index("ix_changes_entry_id", "changes", ["entry_id", "number"])
    op.execute(BASELINE)


def downgrade() -> None:
    op.drop_table("changes")
    op.drop_table("loads")


def _number() -> sa.Column[int]:
    comment = "Its number, from 1."
    return sa.Column("number", ROWID, primary_key=True, autoincrement=False, comment=comment)


def _words(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, KEY, nullable=False, comment=comment)
