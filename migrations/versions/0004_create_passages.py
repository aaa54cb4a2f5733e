"""The sentences, headings, infobox lines and list items of the documents."""

from alembic import op

from migrations.columns import code, in_section, record, reference, whole, words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passages",
        *record(),
        code(
            "type",
            "heading infobox sentence list-item",
            "What sort of piece of the document a passage is. Vocabulary passage-types.",
        ),
        reference("document_id", "documents", "The document."),
        words("section", "Id of the innermost section, within the document."),
        whole("start_offset", "First character, in Unicode code points from 0."),
        whole("end_offset", "Behind the last character."),
        words("text", "The words."),
        in_section(),
        comment="One sentence, heading, infobox line or list item of a document.",
    )


def downgrade() -> None:
    op.drop_table("passages")
