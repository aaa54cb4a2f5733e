"""Codes of events: what happened, how surely, and who took which part."""

from collections.abc import Mapping

from app.vocabularies.vocabulary import Code, Side, Vocabulary, vocabulary

EVENT_TYPES = vocabulary(
    "event-types",
    "Types of events",
    "What sort of happening or state an event is, in plain words.",
    (
        "legislation",
        "Legislation",
        "A law, bill or legal measure is proposed, approved, signed, changed or withdrawn.",
    ),
    (
        "order",
        "Executive decision",
        "A government orders, revokes, suspends, sanctions, imposes "
        "a tariff or rule, or carries such a decision out.",
    ),
    (
        "agreement",
        "Agreement",
        "Parties conclude, join, implement, suspend or end an agreement "
        "or initiative, or negotiate about one.",
    ),
    (
        "announcement",
        "Announcement",
        "A promise, plan, warning or complaint to come is made known.",
    ),
    (
        "criticism",
        "Criticism",
        "Blame, condemnation, accusation, denial or disappointment is put into words.",
    ),
    ("support", "Support", "Approval or help is given in words or deeds short of an agreement."),
    ("request", "Request", "Somebody asks for, or demands, something."),
    ("comment", "Comment", "Somebody comments, without blame or approval."),
    ("protest", "Protest", "People demonstrate in public."),
    ("disclosure", "Disclosure", "Secret or unpublished information is made known."),
    ("movement", "Movement", "A person arrives, leaves, travels or is kept from it."),
    (
        "office",
        "Office",
        "Somebody takes, loses, resigns or stands for an office; a mission is kept.",
    ),
    ("crisis", "Crisis", "A dispute or conflict as a whole, of which other events are parts."),
    (
        "status",
        "Legal or political status",
        "A territory, treaty or right has, gains or loses a standing.",
    ),
    ("policy", "Policy", "A lasting stance, practice or treatment of one actor by another."),
    ("economy", "Economy", "A development of trade, investment, markets or their regulation."),
    ("security", "Security", "Intelligence, policing or counter-terrorism at work."),
)

MODALITIES = vocabulary(
    "modalities",
    "Modalities",
    "How the document tells an event: as done, or only as said.",
    ("occurred", "Occurred", "Told as having happened or as being so."),
    ("announced", "Announced", "Told as announced, promised or ordered to come; not as done."),
    ("planned", "Planned", "Told as planned or intended by somebody."),
    ("threatened", "Threatened", "Told as threatened or warned of."),
    ("alleged", "Alleged", "Told as claimed by somebody; the document does not vouch for it."),
)

ASPECTS = vocabulary(
    "aspects",
    "Aspects",
    "Whether a row tells a happening or a lasting state.",
    ("event", "Event", "Something that happens."),
    ("state", "State", "Something that lasts."),
)

_ROLES: tuple[tuple[str, Side, str], ...] = (
    ("source", "acting", "Who acts."),
    ("target", "affected", "Towards whom, or against whom, the act is directed."),
    ("party", "both", "Who acts together with others, so that each acts towards the others."),
    (
        "signatory",
        "acting",
        "Who signs. Who signs an agreement acts together with the others.",
    ),
    ("recipient", "affected", "To whom something is given or told."),
    ("addressee", "affected", "To whom words are addressed."),
    ("subject", "none", "Whom the event is about, without acting."),
    ("beneficiary", "none", "For whose good the act is meant, though it is directed to others."),
    ("victim", "affected", "Who suffers it."),
    ("location", "none", "Where it takes place."),
)

ROLES = Vocabulary(
    "roles",
    "Roles of participants",
    "The part that an actor takes in an event.",
    "own",
    tuple(Code(role, role.capitalize(), text, side=side) for role, side, text in _ROLES),
)

_SIDES: Mapping[str, Side] = {role: side for role, side, _ in _ROLES}


def side_of(role: str, *, signs_agreement: bool) -> Side:
    """The side of a participant. `signs_agreement`: an agreement is signed in the event; then its
    signatories act together, so they are on both sides."""
    return "both" if signs_agreement and role == "signatory" else _SIDES[role]
