"""Comments of the columns with codes, as the vocabularies describe them now.

Only PostgreSQL has comments.
"""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None

DATED = (
    "entries", "offices", "memberships", "agreements", "laws", "events", "trade_figures", "polls",
    "statements",
)  # fmt: skip

COMMENTS = (
    (
        ("passages",),
        "type",
        "What sort of piece of the document a passage is. Vocabulary passage-types.",
        "What kind of part of the document a passage is. Vocabulary passage-types.",
    ),
    (
        ("actor_affiliations",),
        "role",
        "How an actor belongs to another one. Vocabulary affiliation-roles.",
        "How an actor belongs to another actor. Vocabulary affiliation-roles.",
    ),
    (
        ("relations",),
        "relation",
        "How one row is related to another. Each relation is told from both rows, by its "
        "inverse from the other one. Vocabulary relations.",
        "How one row is related to another. Both rows have the relation; the other row has "
        "the inverse relation. Vocabulary relations.",
    ),
    (
        ("entries", "events"),
        "modality",
        "How the document tells an event: as done, or only as said. Vocabulary modalities.",
        "How the document describes an event: as a fact, or only as announced, planned or "
        "claimed. Vocabulary modalities.",
    ),
    (
        DATED,
        "date_precision",
        "How exactly the document dates something; of an interval, the coarser of its ends. "
        "Vocabulary date-precisions.",
        "How precise a date is in the document. An interval is as precise as its less precise"
        " end. Vocabulary date-precisions.",
    ),
    (
        DATED,
        "date_qualifier",
        "How far a date is to be trusted. Vocabulary date-qualifiers.",
        "How certain a date is. Vocabulary date-qualifiers.",
    ),
    (
        DATED,
        "date_modifier",
        "Words that narrow or open a date, which EDTF does not express. Vocabulary date-modifiers.",
        "Words that make a date narrower or open. EDTF cannot express them. Vocabulary date-"
        "modifiers.",
    ),
    (
        ("actors",),
        "type",
        "What sort of actor it is. Vocabulary actor-types.",
        "What kind of actor it is. Vocabulary actor-types.",
    ),
    (
        ("offices",),
        "type",
        "What sort of mission or post it is. Vocabulary office-types.",
        "What kind of mission or post it is. Vocabulary office-types.",
    ),
    (
        ("memberships",),
        "standing",
        "As what a member belongs, in the document's own words. Vocabulary standings.",
        "The status of a member, in the document's own words. Vocabulary standings.",
    ),
    (
        ("agreements",),
        "type",
        "What sort of agreement it is. Vocabulary agreement-types.",
        "What kind of agreement it is. Vocabulary agreement-types.",
    ),
    (
        ("agreements",),
        "date_of",
        "Which stage `date` belongs to. Vocabulary agreement-dates.",
        "The stage that `date` belongs to. Vocabulary agreement-dates.",
    ),
    (
        ("laws",),
        "type",
        "What sort of law or measure it is. Vocabulary law-types.",
        "What kind of law or measure it is. Vocabulary law-types.",
    ),
    (
        ("laws",),
        "date_of",
        "Which stage `date` belongs to. Vocabulary law-dates.",
        "The stage that `date` belongs to. Vocabulary law-dates.",
    ),
    (
        ("events",),
        "type",
        "What sort of happening or state an event is, in plain words. Vocabulary event-types.",
        "What kind of action or state an event is, in plain words. Each type names the roles "
        "with a side that its participants can have. Vocabulary event-types.",
    ),
    (
        ("events",),
        "coding_category",
        "The sixteen categories by which political events are coded; an annotation, not our "
        "type. Vocabulary plover-categories.",
        "Sixteen categories for political events. They are an annotation; `type` is our own "
        "code. Vocabulary plover-categories.",
    ),
    (
        ("events",),
        "coding_mode",
        "How an event of a category was done; each mode belongs to the categories that it "
        "names. Vocabulary plover-modes.",
        "How an event was done. Each mode belongs to the categories that its definition "
        "names. Vocabulary plover-modes.",
    ),
    (
        ("events",),
        "aspect",
        "Whether a row tells a happening or a lasting state. Vocabulary aspects.",
        "Whether a row describes an event or a lasting state. Vocabulary aspects.",
    ),
    (
        ("trade_figures",),
        "measure",
        "What sort of quantity a figure is. Vocabulary measures.",
        "What kind of quantity a figure is. Vocabulary measures.",
    ),
)
"""Tables, a column that they have, and its old and new comment."""


def upgrade() -> None:
    _comment(new=True)


def downgrade() -> None:
    _comment(new=False)


def _comment(*, new: bool) -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    for tables, column, *comments in COMMENTS:
        quoted = comments[new].replace("'", "''")
        for table in tables:
            statement = f"COMMENT ON COLUMN {table}.{column} IS '{quoted}'"
            op.execute(sa.text(statement.replace(":", "\\:")))
