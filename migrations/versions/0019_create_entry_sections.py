"""The sections that rows are cited in, with all around them."""

from alembic import op

from migrations.columns import in_section, ordinal, owner, reference, words

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_sections",
        owner("entry_id", "entries"),
        ordinal(),
        reference("document_id", "documents", "The document."),
        words("section", "Id of the section, within the document."),
        in_section(),
        comment="A section in which a row is cited, or a passage stands, and each section around "
        "that.",
    )
    op.create_index("ix_entry_sections_section", "entry_sections", ["section"])


def downgrade() -> None:
    op.drop_table("entry_sections")
