"""Codes of events: what happened, whether it happened, and the roles of the actors."""

from collections.abc import Mapping

from app.vocabularies.vocabulary import Code, Side, Vocabulary, vocabulary

EVENT_TYPES = vocabulary(
    "event-types",
    "Types of events",
    "What kind of action or state an event is, in plain words.",
    (
        "legislation",
        "Legislation",
        "A law, bill or legal measure is proposed, approved, signed, changed or withdrawn.",
    ),
    (
        "order",
        "Executive decision",
        "A government orders, revokes, suspends or sanctions something, imposes "
        "a tariff or rule, or carries out such a decision.",
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
        "A promise, plan, warning or future complaint is made public.",
    ),
    (
        "criticism",
        "Criticism",
        "Blame, condemnation, accusation, denial or disappointment is expressed.",
    ),
    ("support", "Support", "Approval or help is given in words or deeds, without an agreement."),
    ("request", "Request", "Somebody requests or demands something."),
    ("comment", "Comment", "Somebody comments, without blame or approval."),
    ("protest", "Protest", "People demonstrate in public."),
    ("disclosure", "Disclosure", "Secret or unpublished information is made public."),
    ("movement", "Movement", "A person arrives, leaves, travels, or is prevented from doing so."),
    (
        "office",
        "Office",
        "Somebody takes, loses, resigns from or runs for an office; a mission exists.",
    ),
    ("crisis", "Crisis", "A complete dispute or conflict, which other events are parts of."),
    (
        "status",
        "Legal or political status",
        "A territory, treaty or right has, gains or loses a status.",
    ),
    ("policy", "Policy", "A lasting position, practice or treatment of one actor by another."),
    ("economy", "Economy", "A development of trade, investment, markets or their regulation."),
    ("security", "Security", "Work of intelligence, police or counter-terrorism."),
)

MODALITIES = vocabulary(
    "modalities",
    "Modalities",
    "How the document describes an event: as a fact, or only as announced, planned or claimed.",
    ("occurred", "Occurred", "Described as something that happened, or that is so."),
    (
        "announced",
        "Announced",
        "Described as announced, promised or ordered for the future, not as done.",
    ),
    ("planned", "Planned", "Described as planned or intended by somebody."),
    ("threatened", "Threatened", "Described as a threat or a warning."),
    ("alleged", "Alleged", "Described as somebody's claim; the document does not confirm it."),
)

ASPECTS = vocabulary(
    "aspects",
    "Aspects",
    "Whether a row describes an event or a lasting state.",
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
