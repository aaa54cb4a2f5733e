"""The words that prove each row."""

from alembic import op

from migrations.columns import in_section, ordinal, owner, reference, whole, words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citations",
        owner("entry_id", "entries"),
        ordinal(),
        words("fields", "The fields of the row that the words prove, joined by commas."),
        reference("document_id", "documents", "The document."),
        words("section", "Id of the section, within the document."),
        reference("passage_id", "passages", "The passage in which the words begin."),
        whole("start_offset", "First character, in Unicode code points from 0."),
        whole("end_offset", "Behind the last character."),
        words("exact", "The words."),
        words("prefix", "Up to 32 characters before them."),
        words("suffix", "Up to 32 characters after them."),
        in_section(),
        comment="The exact words of a document that prove fields of a row.",
    )


def downgrade() -> None:
    op.drop_table("citations")
