"""The rows of all kinds, their names, and what the loader derives of them."""

from alembic import op

from migrations.columns import (
    code,
    flag,
    name_sort,
    ordinal,
    owner,
    position,
    reference,
    whole,
    words,
)
from migrations.dates import dated, index_dates

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entries",
        words("id", "Slug, unique over all kinds.", primary_key=True),
        code(
            "kind",
            "event law actor agreement trade-figure poll statement office membership document "
            "passage",
            "Which list a row belongs to. Vocabulary kinds.",
        ),
        words("name", "One line to show the row by."),
        name_sort(),
        code(
            "type",
            "legislation order agreement announcement criticism support request comment "
            "protest disclosure movement office crisis status policy economy security statute "
            "bill executive-order decision regulation treaty declaration initiative framework "
            "country territory city government body organisation medium group person embassy "
            "consulate-general consulate trade-office post heading infobox sentence list-item",
            "The type of the row, if its kind has types.",
            nullable=True,
        ),
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
    op.create_table(
        "link_counts",
        owner("entry_id", "entries"),
        words("list", "Path of the list.", primary_key=True),
        words("filter", "Name of the filter.", primary_key=True),
        whole("count", "How many rows it finds."),
        comment="How many rows of a list a filter by this row finds. Derived by the loader.",
    )
    op.create_table(
        "renderings",
        words("id", "The row.", primary_key=True),
        words("body", "The row as JSON."),
        words("entry", "The row as JSON, as the timeline and the search show it."),
        words("evidence", "Its citations as JSON; of a passage, what cites it.", nullable=True),
        comment="Each row as the API serves it. Derived by the loader from the other tables' "
        "content.",
    )


def downgrade() -> None:
    op.drop_table("renderings")
    op.drop_table("link_counts")
    op.drop_table("former_ids")
    op.drop_table("names")
    op.drop_table("entries")
