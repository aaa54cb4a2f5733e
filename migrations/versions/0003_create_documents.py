"""The source documents with their sections, infobox and see-also list."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ordinal, owner, record, whole, words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        *record(),
        words("url", "Where it comes from."),
        words("revision", "Which revision of it, if known.", nullable=True),
        words("licence", "Its licence."),
        words("attribution", "To whom it is owed."),
        words("language", "Its language, BCP 47."),
        words("sha256", "SHA-256 of its text in UTF-8."),
        whole("characters", "Its length in Unicode code points."),
        words("text", "The text itself."),
        comment="A source document.",
    )
    op.create_table(
        "sections",
        owner("document_id", "documents"),
        ordinal(),
        words("id", "Id of the section, unique in its document."),
        words("title", "Its title."),
        whole("level", "1 is the whole document."),
        words("parent", "Id of the section that it is in.", nullable=True),
        whole("start_offset", "First character of its heading."),
        whole("end_offset", "Behind its last character."),
        sa.UniqueConstraint("document_id", "id"),
        comment="A section of a document; sections nest.",
    )
    op.create_table(
        "infobox_lines",
        owner("document_id", "documents"),
        ordinal(),
        words("key", "What it says something about."),
        words("value", "What it says."),
        comment="A line of the infobox.",
    )
    op.create_table(
        "see_also",
        owner("document_id", "documents"),
        ordinal(),
        words("title", "The title of the page to see."),
        comment="An item of the see-also list.",
    )


def downgrade() -> None:
    op.drop_table("see_also")
    op.drop_table("infobox_lines")
    op.drop_table("sections")
    op.drop_table("documents")
