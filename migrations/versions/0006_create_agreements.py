"""Agreements, their names and parties."""

from alembic import op

from migrations.columns import code, ordinal, owner, record, reference, words
from migrations.dates import dated, index_dates

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreements",
        *record(),
        code(
            "type",
            "treaty agreement declaration initiative framework",
            "What sort of agreement it is. Vocabulary agreement-types.",
        ),
        code(
            "date_of",
            "signed named",
            "Which stage `date` belongs to. Vocabulary agreement-dates.",
            nullable=True,
        ),
        code(
            "status",
            "signed joined filed in-force implemented invoked to-be-affected "
            "ordered-suspended-or-terminated",
            "What happened to an agreement, as the document tells it; the last one is its status. "
            "Vocabulary agreement-steps.",
            nullable=True,
        ),
        words("summary", "What it is, in our words."),
        *dated(),
        comment="A treaty, agreement, declaration or initiative.",
    )
    index_dates("agreements")
    op.create_table(
        "agreement_aliases",
        owner("agreement_id", "agreements"),
        ordinal(),
        words("alias", "The name."),
        comment="Another name that the document uses for an agreement.",
    )
    op.create_table(
        "agreement_parties",
        owner("agreement_id", "agreements"),
        ordinal(),
        reference("actor_id", "actors", "The party."),
        comment="A party to an agreement.",
    )


def downgrade() -> None:
    op.drop_table("agreement_parties")
    op.drop_table("agreement_aliases")
    op.drop_table("agreements")
