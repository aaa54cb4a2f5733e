"""How rows are related to each other."""

from alembic import op

from migrations.columns import code, ordinal, owner, reference

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relations",
        owner("source_id", "entries"),
        ordinal(),
        code(
            "relation",
            "amends amended-by suspends suspended-by suspends-in-part suspended-in-part-by extends"
            " extended-by implements implemented-by in-response-to answered-by part-of has-part "
            "follows precedes caused-by causes based-on basis-of affects affected-by under governs"
            " conflicts-with same-as compared-with not-subordinate-to not-superior-to "
            "subordinate-to superior-to replaces replaced-by about subject-of",
            "How one row is related to another. Each relation is told from both rows, by its "
            "inverse from the other one. Vocabulary relations.",
        ),
        reference("target_id", "entries", "The other row."),
        reference("according_to_id", "actors", "Who says so.", nullable=True),
        comment="How one row is related to another; each relation stands here from both sides.",
    )


def downgrade() -> None:
    op.drop_table("relations")
