"""Views for whoever reads the tables by SQL."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

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
    for view in (QUOTES, EVENT_PARTICIPANTS, CHRONOLOGY):
        op.execute(view)
    if op.get_context().dialect.name == "postgresql":
        for view, meaning in MEANINGS.items():
            op.execute(f"COMMENT ON VIEW {view} IS '{meaning}'")


def downgrade() -> None:
    for view in reversed(MEANINGS):
        op.execute(f"DROP VIEW {view}")
