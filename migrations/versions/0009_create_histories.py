"""The stages of laws and agreements, each told by an event."""

from alembic import op

from migrations.columns import code, ordinal, owner, reference, words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "law_history",
        owner("law_id", "laws"),
        ordinal(),
        code(
            "step",
            "proposed approved enacted signed issued in-force amended extended implemented "
            "paused suspended-in-part withdrawn",
            "What happened to a law, as the document tells it; the last one is its status. "
            "Vocabulary law-steps.",
        ),
        words("date_edtf", "When, in EDTF.", nullable=True),
        reference("event_id", "events", "The event that tells it."),
        reference("according_to_id", "actors", "Who says so.", nullable=True),
        comment="A stage of a law.",
    )
    op.create_table(
        "agreement_history",
        owner("agreement_id", "agreements"),
        ordinal(),
        code(
            "step",
            "signed joined filed in-force implemented invoked to-be-affected "
            "ordered-suspended-or-terminated",
            "What happened to an agreement, as the document tells it; the last one is its status. "
            "Vocabulary agreement-steps.",
        ),
        words("date_edtf", "When, in EDTF.", nullable=True),
        reference("event_id", "events", "The event that tells it."),
        reference("according_to_id", "actors", "Who says so.", nullable=True),
        comment="A stage of an agreement.",
    )


def downgrade() -> None:
    op.drop_table("agreement_history")
    op.drop_table("law_history")
