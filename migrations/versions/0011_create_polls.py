"""Surveys and their answers."""

from alembic import op

from migrations.columns import number, ordinal, owner, record, reference, words
from migrations.dates import dated, index_dates

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "polls",
        *record(),
        words("question", "What was asked, in our words."),
        words("population", "Who was asked, in the document's words."),
        reference("about_id", "entries", "What it was about.", nullable=True),
        reference("pollster_id", "actors", "Who asked.", nullable=True),
        words("report", "The report that holds it, in the document's words.", nullable=True),
        *dated(),
        comment="One survey.",
    )
    index_dates("polls")
    op.create_table(
        "poll_answers",
        owner("poll_id", "polls"),
        ordinal(),
        words("answer", "The answer."),
        number("percent", "Its share in percent."),
        comment="The share of one answer.",
    )


def downgrade() -> None:
    op.drop_table("poll_answers")
    op.drop_table("polls")
