"""Which content the database holds, and what its tables mean."""

from alembic import op

from migrations.columns import words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dataset",
        words("version", "Hash of the loaded content.", primary_key=True),
        words("rendering", "Hash of the schemas by which rows were rendered."),
        words("loaded_at", "When it was loaded, RFC 3339 in UTC."),
        words("coverage", "The coverage report as JSON."),
        words("seeds", "Hash of the files that it was read from, and of the code for it."),
        comment="The one row that says which content this database holds.",
    )
    op.create_table(
        "data_dictionary",
        words("table_name", "Table or view.", primary_key=True),
        words("column_name", "Its column; empty: the table itself.", primary_key=True),
        words("meaning", "What it holds."),
        comment="What every table and column means, for whoever reads this database by SQL.",
    )


def downgrade() -> None:
    op.drop_table("data_dictionary")
    op.drop_table("dataset")
