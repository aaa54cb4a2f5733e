"""Laws and measures, who signed and issued them, and what they provide."""

from alembic import op

from migrations.columns import code, ordinal, owner, record, reference, words
from migrations.dates import dated, index_dates

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "laws",
        *record(),
        code(
            "type",
            "statute bill executive-order decision regulation legislation",
            "What sort of law or measure it is. Vocabulary law-types.",
        ),
        reference("jurisdiction_id", "actors", "Whose law it is.", nullable=True),
        code(
            "date_of",
            "signed enacted approved issued named",
            "Which stage `date` belongs to. Vocabulary law-dates.",
            nullable=True,
        ),
        code(
            "status",
            "proposed approved enacted signed issued in-force amended extended implemented "
            "paused suspended-in-part withdrawn",
            "What happened to a law, as the document tells it; the last one is its status. "
            "Vocabulary law-steps.",
            nullable=True,
        ),
        words("summary", "What it is, in our words."),
        *dated(),
        comment="A law or measure: statute, bill, executive order, decision, rule.",
    )
    index_dates("laws")
    op.create_table(
        "law_aliases",
        owner("law_id", "laws"),
        ordinal(),
        words("alias", "The name."),
        comment="Another name that the document uses for a law.",
    )
    op.create_table(
        "law_signed_by",
        owner("law_id", "laws"),
        ordinal(),
        reference("actor_id", "actors", "Who signed it."),
        comment="Who signed a law.",
    )
    op.create_table(
        "law_issued_by",
        owner("law_id", "laws"),
        ordinal(),
        reference("actor_id", "actors", "Who issued it."),
        comment="Who issued a law or measure.",
    )
    op.create_table(
        "law_provisions",
        owner("law_id", "laws"),
        ordinal(),
        code(
            "type",
            "treatment sanctions ban permission suspension duty disqualification aim protection "
            "scope",
            "What a provision of a law does. Vocabulary provision-types.",
        ),
        words("text", "The document's words for it."),
        comment="What a law provides.",
    )


def downgrade() -> None:
    op.drop_table("law_provisions")
    op.drop_table("law_issued_by")
    op.drop_table("law_signed_by")
    op.drop_table("law_aliases")
    op.drop_table("laws")
