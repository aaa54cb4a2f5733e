"""Rows of all kinds, the documents, the words of these that prove each row, and which content the
database holds."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import (
    code,
    flag,
    in_section,
    name_sort,
    ordinal,
    owner,
    place,
    position,
    record,
    reference,
    whole,
    words,
)
from migrations.dates import dated, index_dates

revision = "0101"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_entries()
    _create_documents()
    _create_citations()
    _create_dataset()


def downgrade() -> None:
    for table in (
        "data_dictionary", "dataset", "entry_sections", "citations", "passages", "see_also",
        "infobox_lines", "sections", "documents", "former_ids", "names", "entries",
    ):  # fmt: skip
        op.drop_table(table)


def _create_entries() -> None:
    op.create_table(
        "entries",
        words("id", "Slug, unique over all kinds.", primary_key=True),
        words("kind", "Which list a row belongs to. Vocabulary kinds."),
        words("name", "One line to show the row by."),
        name_sort(),
        words("type", "The type of the row, if its kind has types.", nullable=True),
        code(
            "quad",
            "verbal-cooperation material-cooperation verbal-conflict material-conflict",
            "Four classes of interaction: in words or in deeds, cooperating or in conflict. "
            "Vocabulary quad-classes.",
            nullable=True,
        ),
        code(
            "modality",
            "occurred announced planned threatened alleged",
            "How the document tells an event: as done, or only as said. Vocabulary modalities.",
            nullable=True,
        ),
        flag("datable", "Whether rows of its kind can carry a date."),
        position(),
        place(),
        *dated(),
        comment="Every row of every kind, once: its id, kind and date. Written by the loader.",
    )
    index_dates("entries", "datable")
    op.create_table(
        "names",
        owner("entry_id", "entries"),
        ordinal(),
        words("kind", "Kind of the row."),
        words("folded", "The name without case, accents and typographic forms."),
        comment="Every name and alias of a row, as it is compared; filters take these where "
        "ids are asked.",
    )
    op.create_index("ix_names_folded", "names", ["folded", "kind"])
    op.create_table(
        "former_ids",
        words("id", "The old id.", primary_key=True),
        reference("entry_id", "entries", "The row that had it."),
        comment="An id that a row once had.",
    )


def _create_documents() -> None:
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
    op.create_index("ix_passages_order", "passages", ["position", "id", "place"])


def _create_citations() -> None:
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


def _create_dataset() -> None:
    op.create_table(
        "dataset",
        words("version", "Hash of the loaded content.", primary_key=True),
        words("rendering", "Hash of the schemas by which rows were rendered."),
        words("loaded_at", "When it was loaded, RFC 3339 in UTC."),
        words("coverage", "The coverage report as JSON."),
        words("seeds", "Hash of the files that it was read from, and of the code for it."),
        comment="The one row that says which content this database holds.",
    )
    op.create_table(
        "data_dictionary",
        words("table_name", "Table or view.", primary_key=True),
        words("column_name", "Its column; empty: the table itself.", primary_key=True),
        words("meaning", "What it holds."),
        comment="What every table and column means, for whoever reads this database by SQL.",
    )
