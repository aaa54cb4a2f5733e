"""Who belongs to which organisation."""

from alembic import op

from migrations.columns import code, record, reference
from migrations.dates import dated, index_dates

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "memberships",
        *record(),
        reference("member_id", "actors", "Who belongs."),
        reference("organisation_id", "actors", "To what."),
        code(
            "standing",
            "member full-member independent-member active-member participant former-employee "
            "supporter",
            "As what a member belongs, in the document's own words. Vocabulary standings.",
        ),
        *dated(),
        comment="Who belongs to which organisation, and as what.",
    )
    index_dates("memberships")


def downgrade() -> None:
    op.drop_table("memberships")
