"""Quotations and attributed claims, with speakers and subjects."""

from alembic import op

from migrations.columns import code, ordinal, owner, record, reference, words
from migrations.dates import dated, index_dates

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statements",
        *record(),
        reference(
            "outlet_id",
            "actors",
            "The medium that published or reported it.",
            nullable=True,
        ),
        code(
            "mode",
            "direct reported",
            "Whose words a statement is given in. Vocabulary statement-modes.",
        ),
        words("text", "The document's words for what was said."),
        reference("event_id", "events", "The event that it is a part of.", nullable=True),
        *dated(),
        comment="One quotation or attributed claim.",
    )
    index_dates("statements")
    op.create_table(
        "statement_speakers",
        owner("statement_id", "statements"),
        ordinal(),
        reference("actor_id", "actors", "Who said it."),
        comment="Who said it.",
    )
    op.create_table(
        "statement_about",
        owner("statement_id", "statements"),
        ordinal(),
        reference("about_id", "entries", "The row that it is about."),
        comment="What a statement is about.",
    )


def downgrade() -> None:
    op.drop_table("statement_about")
    op.drop_table("statement_speakers")
    op.drop_table("statements")
