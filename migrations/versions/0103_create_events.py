"""Agreements, laws, events, and the stages of agreements and laws, each told by an event."""

from alembic import op

from migrations.columns import (
    code,
    flag,
    number,
    ordinal,
    owner,
    place,
    position,
    record,
    reference,
    words,
)
from migrations.dates import dated, index_dates, span

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

AGREEMENT_STEPS = (
    "signed joined filed in-force implemented invoked to-be-affected "
    "ordered-suspended-or-terminated"
)
AGREEMENT_STEP = (
    "What happened to an agreement, as the document tells it; the last one is its status. "
    "Vocabulary agreement-steps."
)
LAW_STEPS = (
    "proposed approved enacted signed issued in-force amended extended implemented paused "
    "suspended-in-part withdrawn"
)
LAW_STEP = (
    "What happened to a law, as the document tells it; the last one is its status. "
    "Vocabulary law-steps."
)
BEARINGS = "concerns in-response-to under caused-by opposes violates"
"""How an event bears on a law or an agreement, if it is no step of its history."""
EVENT_TYPES = (
    "legislation order agreement announcement criticism support request comment protest disclosure "
    "movement office crisis status policy economy security"
)


def upgrade() -> None:
    _create_agreements()
    _create_laws()
    _create_events()
    _create_parts_of_events()
    _create_histories()


def downgrade() -> None:
    for table in (
        "agreement_history", "law_history", "event_numbers", "event_according_to",
        "event_agreements", "event_laws", "event_actors", "events", "law_provisions",
        "law_issued_by", "law_signed_by", "law_aliases", "laws", "agreement_parties",
        "agreement_aliases", "agreements",
    ):  # fmt: skip
        op.drop_table(table)


def _create_agreements() -> None:
    op.create_table(
        "agreements",
        *record(),
        code(
            "type",
            "treaty agreement declaration initiative framework",
            "What sort of agreement it is. Vocabulary agreement-types.",
        ),
        code(
            "date_of",
            "signed named",
            "Which stage `date` belongs to. Vocabulary agreement-dates.",
            nullable=True,
        ),
        code("status", AGREEMENT_STEPS, AGREEMENT_STEP, nullable=True),
        words("summary", "What it is, in our words."),
        *dated(),
        comment="A treaty, agreement, declaration or initiative.",
    )
    index_dates("agreements")
    op.create_table(
        "agreement_aliases",
        owner("agreement_id", "agreements"),
        ordinal(),
        words("alias", "The name."),
        comment="Another name that the document uses for an agreement.",
    )
    op.create_table(
        "agreement_parties",
        owner("agreement_id", "agreements"),
        ordinal(),
        reference("actor_id", "actors", "The party."),
        comment="A party to an agreement.",
    )


def _create_laws() -> None:
    op.create_table(
        "laws",
        *record(),
        code(
            "type",
            "statute bill executive-order decision regulation legislation",
            "What sort of law or measure it is. Vocabulary law-types.",
        ),
        reference("jurisdiction_id", "actors", "Whose law it is.", nullable=True),
        code(
            "date_of",
            "signed enacted approved issued named",
            "Which stage `date` belongs to. Vocabulary law-dates.",
            nullable=True,
        ),
        code("status", LAW_STEPS, LAW_STEP, nullable=True),
        words("summary", "What it is, in our words."),
        *dated(),
        comment="A law or measure: statute, bill, executive order, decision, rule.",
    )
    index_dates("laws")
    op.create_table(
        "law_aliases",
        owner("law_id", "laws"),
        ordinal(),
        words("alias", "The name."),
        comment="Another name that the document uses for a law.",
    )
    op.create_table(
        "law_signed_by",
        owner("law_id", "laws"),
        ordinal(),
        reference("actor_id", "actors", "Who signed it."),
        comment="Who signed a law.",
    )
    op.create_table(
        "law_issued_by",
        owner("law_id", "laws"),
        ordinal(),
        reference("actor_id", "actors", "Who issued it."),
        comment="Who issued a law or measure.",
    )
    op.create_table(
        "law_provisions",
        owner("law_id", "laws"),
        ordinal(),
        code(
            "type",
            "treatment sanctions ban permission suspension duty disqualification aim protection "
            "scope",
            "What a provision of a law does. Vocabulary provision-types.",
        ),
        words("text", "The document's words for it."),
        comment="What a law provides.",
    )


def _create_events() -> None:
    op.create_table(
        "events",
        *record(),
        code(
            "type",
            EVENT_TYPES,
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
    index_dates("events", beside=("type",))


def _create_parts_of_events() -> None:
    op.create_table(
        "event_actors",
        owner("event_id", "events"),
        ordinal(),
        reference("actor_id", "actors", "The participant.", index=False),
        code(
            "role",
            "source target party signatory recipient addressee subject victim location",
            "The part that an actor takes in an event. Vocabulary roles.",
        ),
        position(),
        place(),
        code("type", EVENT_TYPES, "The type of the event, repeated for the indexes."),
        flag("again", "Whether an earlier participant of the event is the same actor."),
        *span(),
        comment="Who took which part in an event; its date and type are repeated for the indexes.",
    )
    index_dates("event_actors", "actor_id", last="event_id", beside=("type", "again"))
    index_dates("event_actors", "actor_id", "type", last="event_id", beside=("again",))
    op.create_table(
        "event_laws",
        owner("event_id", "events"),
        ordinal(),
        reference("law_id", "laws", "The law."),
        code(
            "relation",
            f"{LAW_STEPS} {BEARINGS}",
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
            f"{AGREEMENT_STEPS} {BEARINGS}",
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


def _create_histories() -> None:
    op.create_table(
        "law_history",
        owner("law_id", "laws"),
        ordinal(),
        code("step", LAW_STEPS, LAW_STEP),
        words("date_edtf", "When, in EDTF.", nullable=True),
        reference("event_id", "events", "The event that tells it."),
        reference("according_to_id", "actors", "Who says so.", nullable=True),
        comment="A stage of a law.",
    )
    op.create_table(
        "agreement_history",
        owner("agreement_id", "agreements"),
        ordinal(),
        code("step", AGREEMENT_STEPS, AGREEMENT_STEP),
        words("date_edtf", "When, in EDTF.", nullable=True),
        reference("event_id", "events", "The event that tells it."),
        reference("according_to_id", "actors", "Who says so.", nullable=True),
        comment="A stage of an agreement.",
    )
