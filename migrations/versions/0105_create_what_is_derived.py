"""What follows from the other tables: rendered rows, counts, the index of words, and views."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from migrations.columns import owner, place, reference, rowid, whole, words

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None

FTS5 = """
    CREATE VIRTUAL TABLE search_index USING fts5(
        name, aliases, text, content='', columnsize=0, tokenize="ascii tokenchars '='"
    )
"""

QUOTES = """
    CREATE VIEW quotes AS
    SELECT entries.kind, entries.id, entries.name, entries.date_edtf, citations.fields,
        citations.exact, citations.document_id, sections.title AS section
    FROM citations
    JOIN entries ON entries.id = citations.entry_id
    JOIN sections ON sections.document_id = citations.document_id
        AND sections.id = citations.section
"""
EVENT_PARTICIPANTS = """
    CREATE VIEW event_participants AS
    SELECT events.id AS event_id, events.name AS event, events.date_edtf, event_actors.role,
        actors.id AS actor_id, actors.name AS actor
    FROM event_actors
    JOIN events ON events.id = event_actors.event_id
    JOIN actors ON actors.id = event_actors.actor_id
"""
CHRONOLOGY = """
    CREATE VIEW chronology AS
    SELECT kind, id, name, date_edtf
    FROM entries
    WHERE date_undated = 0
    ORDER BY date_sort, position, id
"""
MEANINGS = {
    "quotes": "The words of the document that prove each row.",
    "event_participants": "Who took which part in which event.",
    "chronology": "Everything that has a date, in order of date.",
}


def upgrade() -> None:
    _create_renderings()
    _create_counts()
    _create_search()
    _create_views()


def downgrade() -> None:
    for view in MEANINGS:
        op.execute(f"DROP VIEW {view}")
    if not _is_postgresql():
        op.drop_table("search_index")
    for table in (
        "common_words", "search_words", "tallies_until", "tallies", "link_counts", "renderings",
    ):  # fmt: skip
        op.drop_table(table)


def _create_renderings() -> None:
    op.create_table(
        "renderings",
        rowid("place", "Its place: by date, then by kind and position."),
        words("body", "The row as JSON."),
        words("entry", "The row as JSON, as the timeline and the search show it."),
        words("evidence", "Its citations as JSON; of a passage, what cites it.", nullable=True),
        words(
            "date_first",
            "First day that its date may cover; null if its kind has no dates.",
            nullable=True,
        ),
        words("date_certain_first", "First day on which it surely held.", nullable=True),
        words("date_certain_last", "Last day on which it surely held.", nullable=True),
        words("date_start_last", "Last day by which it surely has begun.", nullable=True),
        comment="Each row as the API serves it, in the order of dates, in which most pages read "
        "them. Derived by the loader from the other tables' content.",
    )


def _create_counts() -> None:
    op.create_table(
        "link_counts",
        owner("entry_id", "entries"),
        words("list", "Path of the list.", primary_key=True),
        words("filter", "Name of the filter.", primary_key=True),
        whole("count", "How many rows it finds."),
        comment="How many rows of a list a filter by this row finds. Derived by the loader.",
    )
    op.create_table(
        "tallies",
        words("list", "Path of the list.", primary_key=True),
        words("dimension", "The filter that has the value; empty: all rows.", primary_key=True),
        words(
            "step",
            "all, undated, decade, year or month; beyond-… are rows that no such bucket holds.",
            primary_key=True,
        ),
        words(
            "bucket",
            "What the dates lie wholly in; beyond it, the date itself.",
            primary_key=True,
        ),
        words("value", "The value.", primary_key=True),
        whole("number", "How many rows."),
        comment="How many rows of a list have a value, in all and in each bucket of the calendar. "
        "Derived by the loader, for counts.",
    )
    op.create_table(
        "tallies_until",
        words("list", "Path of the list.", primary_key=True),
        words("step", "all: rows with a date; undated: rows without.", primary_key=True),
        words("day", "The day.", primary_key=True),
        words(
            "begun",
            "Rows whose first day is not after it: in all, then with each code of each filter of "
            "codes, in the order of filters and vocabularies.",
        ),
        words("ended", "Rows whose last day is not after it, likewise."),
        comment="How many rows of a list have begun, and ended, until a day. Derived by the "
        "loader: rows that may overlap a period are those that have begun until its end but not "
        "ended before it.",
    )


def _create_search() -> None:
    vector = sa.Text().with_variant(TSVECTOR(), "postgresql")
    meaning = "Its words. Null in SQLite, whose index holds them itself."
    op.create_table(
        "search_words",
        rowid(
            "ordinal",
            "Number of the row in the index of words: by position, then by kind and id.",
        ),
        reference("entry_id", "entries", "The row."),
        place(),
        sa.Column("vector", vector, comment=meaning),
        comment="Which row each number in the index of words stands for. Derived by the loader.",
    )
    op.create_table(
        "common_words",
        words("stem", "Stem of the word.", primary_key=True),
        comment="Words that very many rows have, by stem, so that PostgreSQL is told which "
        "searches are for rare ones. Derived by the loader; empty in SQLite, which reads of no "
        "word more than it has to.",
    )
    if _is_postgresql():
        op.create_index(
            "ix_search_words_vector", "search_words", ["vector"], postgresql_using="gin"
        )
    else:
        op.execute(FTS5)


def _create_views() -> None:
    for view in (QUOTES, EVENT_PARTICIPANTS, CHRONOLOGY):
        op.execute(view)
    if _is_postgresql():
        for view, meaning in MEANINGS.items():
            op.execute(f"COMMENT ON VIEW {view} IS '{meaning}'")


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
