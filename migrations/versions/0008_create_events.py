"""Events, who took part in them, and the laws and agreements that they bear on."""

from alembic import op

from migrations.columns import (
    code,
    flag,
    number,
    ordinal,
    owner,
    position,
    record,
    reference,
    words,
)
from migrations.dates import dated, index_dates, span

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        *record(),
        code(
            "type",
            "legislation order agreement announcement criticism support request comment protest "
            "disclosure movement office crisis status policy economy security",
            "What sort of happening or state an event is, in plain words. Vocabulary event-types.",
        ),
        words("coding_scheme", "The scheme of the annotation, PLOVER-0.8.", nullable=True),
        code(
            "coding_category",
            "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
            "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
            "The sixteen categories by which political events are coded; an annotation, not our "
            "type. Vocabulary plover-categories.",
            nullable=True,
        ),
        code(
            "coding_mode",
            "visit third-party multilateral phone withdraw release return disarm ceasefire access "
            "resign assist change yield meet disapprove investigate allege restrict ban arrest "
            "relations expel territory violence demo riot general strike hunger boycott obstruct "
            "convict discontinue troops weapons police militia seize censor curfew martial-law "
            "deport withhold abduct beat torture execute sexual assassinate primitive firearms "
            "explosives suicide-attack heavy-weapons crowd-control cleansing unconventional drone "
            "side-ab",
            "How an event of a category was done; each mode belongs to the categories that it "
            "names. Vocabulary plover-modes.",
            nullable=True,
        ),
        code(
            "coding_quad",
            "verbal-cooperation material-cooperation verbal-conflict material-conflict",
            "Four classes of interaction: in words or in deeds, cooperating or in conflict. "
            "Vocabulary quad-classes.",
            nullable=True,
        ),
        number("coding_score", "Score of the category, from -10 to 10.", nullable=True),
        words("coding_rationale", "Why it was coded so.", nullable=True),
        code(
            "modality",
            "occurred announced planned threatened alleged",
            "How the document tells an event: as done, or only as said. Vocabulary modalities.",
        ),
        code(
            "aspect",
            "event state",
            "Whether a row tells a happening or a lasting state. Vocabulary aspects.",
        ),
        flag("negated", "The document says that it did not happen."),
        words("summary", "What the document tells, in our words."),
        reference("place_id", "actors", "The territory or city where it happened.", nullable=True),
        *dated(),
        comment="A happening or state that the document tells.",
    )
    index_dates("events")
    op.create_table(
        "event_actors",
        owner("event_id", "events"),
        ordinal(),
        reference("actor_id", "actors", "The participant."),
        code(
            "role",
            "source target party signatory recipient addressee subject victim location",
            "The part that an actor takes in an event. Vocabulary roles.",
        ),
        position(),
        *span(),
        comment="Who took which part in an event; the event's date is repeated for its indexes.",
    )
    index_dates("event_actors", "actor_id", last="event_id")
    op.create_table(
        "event_laws",
        owner("event_id", "events"),
        ordinal(),
        reference("law_id", "laws", "The law."),
        code(
            "relation",
            "proposed approved enacted signed issued in-force amended extended implemented paused "
            "suspended-in-part withdrawn concerns in-response-to under caused-by opposes violates",
            "A link that is also one of the stages of laws makes the event a step of the law's "
            "history. Vocabulary law-links.",
        ),
        comment="How an event bears on a law.",
    )
    op.create_table(
        "event_agreements",
        owner("event_id", "events"),
        ordinal(),
        reference("agreement_id", "agreements", "The agreement."),
        code(
            "relation",
            "signed joined filed in-force implemented invoked to-be-affected "
            "ordered-suspended-or-terminated concerns in-response-to under caused-by opposes "
            "violates",
            "A link that is also one of the stages of agreements makes the event a step of the "
            "agreement's history. Vocabulary agreement-links.",
        ),
        comment="How an event bears on an agreement.",
    )
    op.create_table(
        "event_according_to",
        owner("event_id", "events"),
        ordinal(),
        reference("actor_id", "actors", "Who says so."),
        comment="Who reports or claims an event.",
    )
    op.create_table(
        "event_numbers",
        owner("event_id", "events"),
        ordinal(),
        words("of", "What is counted."),
        number("value", "The number; null where the words give none.", nullable=True),
        code(
            "unit",
            "currency firms operations people rank percent days agreements things",
            "The unit of a value. Vocabulary units.",
        ),
        flag("approximate", "Whether the words say that it is not exact."),
        words("text", "The document's words for it."),
        comment="A number that belongs to an event and is not a trade figure.",
    )


def downgrade() -> None:
    op.drop_table("event_numbers")
    op.drop_table("event_according_to")
    op.drop_table("event_agreements")
    op.drop_table("event_laws")
    op.drop_table("event_actors")
    op.drop_table("events")
