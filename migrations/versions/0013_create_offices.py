"""Missions and posts."""

from alembic import op

from migrations.columns import code, record, reference, words
from migrations.dates import dated, index_dates

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offices",
        *record(),
        code(
            "type",
            "embassy consulate-general consulate trade-office post",
            "What sort of mission or post it is. Vocabulary office-types.",
        ),
        reference("operator_id", "actors", "Whose office it is.", nullable=True),
        reference("host_id", "actors", "The country or territory where it is.", nullable=True),
        words("city", "The city, in the document's words.", nullable=True),
        words("city_folded", "The city as it is compared.", nullable=True),
        words("address", "The address, in the document's words.", nullable=True),
        reference("holder_id", "actors", "Who holds the post.", nullable=True),
        words("rank", "The rank, in the document's words.", nullable=True),
        reference("reports_to_id", "offices", "The office that it reports to.", nullable=True),
        words("description", "What it is, in the document's words.", nullable=True),
        *dated(),
        comment="A mission or a post.",
    )
    index_dates("offices")


def downgrade() -> None:
    op.drop_table("offices")
