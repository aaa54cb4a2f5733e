"""Codes of events: what happened, whether it happened, and the roles of the actors."""

from collections.abc import Mapping

from app.vocabularies.vocabulary import Code, Side, Vocabulary, vocabulary

_EVENT_TYPES: tuple[tuple[str, str, str], ...] = (
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
    ("request", "Request", "Somebody requests, demands, grants or refuses something."),
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
    (
        "arrest",
        "Arrest",
        "Somebody is arrested, detained, charged, tried, sentenced, extradited or set free.",
    ),
    ("crime", "Crime", "A crime, attack or killing that is no act of war."),
    (
        "diplomatic-relations",
        "Diplomatic relations",
        "Relations are opened, raised, reduced or broken off; a state is recognised; an envoy is "
        "sent, accredited, recalled or expelled.",
    ),
    ("visit", "Visit", "An official visits, is received, or meets others."),
    ("disaster", "Disaster", "An accident, epidemic or disaster of nature, and the help after it."),
    (
        "trade-measure",
        "Trade measure",
        "A tariff, quota, embargo, export control or trade preference is set, changed or ended.",
    ),
    ("military", "Military", "Armed forces fight, move, exercise, are stationed or withdrawn."),
)
"""Each type with its label and definition."""

ROLES_BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "legislation": ("source", "signatory", "target"),
    "order": ("source", "signatory", "target", "addressee"),
    "agreement": ("source", "signatory", "party", "target", "recipient"),
    "announcement": ("source", "target", "addressee"),
    "criticism": ("source", "target", "addressee"),
    "support": ("source", "target", "recipient"),
    "request": ("source", "target", "addressee"),
    "comment": ("source", "target", "addressee"),
    "protest": ("source", "target", "addressee"),
    "disclosure": ("source", "target", "recipient", "addressee", "victim"),
    "movement": ("source", "party", "target"),
    "office": ("source", "target", "recipient"),
    "crisis": ("source", "party", "target", "victim"),
    "status": ("party", "victim"),
    "policy": ("source", "party", "target", "recipient", "victim"),
    "economy": ("source", "party", "target"),
    "security": ("source", "party", "target", "victim"),
    "arrest": ("source", "target", "victim"),
    "crime": ("source", "target", "victim"),
    "diplomatic-relations": ("source", "party", "target", "recipient"),
    "visit": ("source", "party", "target"),
    "disaster": ("source", "victim", "recipient"),
    "trade-measure": ("source", "party", "target"),
    "military": ("source", "party", "target", "victim"),
}
"""The roles with a side that participants of each type of event can have. Roles without a side fit
all types."""

EVENT_TYPES = Vocabulary(
    "event-types",
    "Types of events",
    "What kind of action or state an event is, in plain words. Each type names the roles with a "
    "side that its participants can have.",
    "own",
    tuple(
        Code(value, label, text, {"roles": ", ".join(ROLES_BY_TYPE[value])})
        for value, label, text in _EVENT_TYPES
    ),
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
    ("recipient", "affected", "Who receives something or is informed."),
    ("addressee", "affected", "To whom words are addressed."),
    ("subject", "none", "Whom the event is about, without acting."),
    ("victim", "affected", "Who suffers it."),
    ("beneficiary", "none", "For whose good the act is meant, though it is directed to others."),
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
