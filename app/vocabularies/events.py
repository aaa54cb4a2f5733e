"""Codes of events: what happened, how surely, and who took which part."""

from app.vocabularies.vocabulary import vocabulary

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

ROLES = vocabulary(
    "roles",
    "Roles of participants",
    "The part that an actor takes in an event.",
    ("source", "Source", "Who acts."),
    ("target", "Target", "Towards whom, or against whom, the act is directed."),
    ("party", "Party", "Who acts mutually with others."),
    ("signatory", "Signatory", "Who signs."),
    ("recipient", "Recipient", "Who is given or told something."),
    ("addressee", "Addressee", "To whom words are addressed."),
    ("subject", "Subject", "Whom the event is about, without acting."),
    ("victim", "Victim", "Who suffers it."),
    ("beneficiary", "Beneficiary", "Whom it serves, without taking part in it."),
    ("location", "Location", "Where it takes place."),
)
