"""PLOVER 0.8: categories, quad classes and modes by which events are annotated.

Source: PLOVER manual (openeventdata, draft 0.8 of 2021), CC BY-SA 4.0; CAMEO roots from its
conversion table. Definitions are our own wording.
"""

from dataclasses import dataclass

from app.vocabularies.vocabulary import Code, Vocabulary, vocabulary

SCHEME = "PLOVER-0.8"
_SOURCE = "PLOVER manual, draft 0.8 (openeventdata), CC BY-SA 4.0"


@dataclass(frozen=True, slots=True)
class Category:
    """A PLOVER category: its quad class, its Goldstein score (-10 to 10) and its modes."""

    quad: str
    score: float
    modes: tuple[str, ...]


CATEGORIES: dict[str, Category] = {
    "AGREE": Category("verbal-cooperation", 4.2, ()),
    "CONSULT": Category(
        "verbal-cooperation", 2.1, ("visit", "third-party", "multilateral", "phone")
    ),
    "SUPPORT": Category("verbal-cooperation", 4.6, ()),
    "CONCEDE": Category("verbal-cooperation", 5.0, ()),
    "COOPERATE": Category("material-cooperation", 6.8, ()),
    "AID": Category("material-cooperation", 7.4, ()),
    "RETREAT": Category(
        "material-cooperation",
        7.6,
        ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    ),
    "REQUEST": Category("verbal-conflict", -5.0, ("assist", "change", "yield", "meet")),
    "ACCUSE": Category("verbal-conflict", -2.0, ("disapprove", "investigate", "allege")),
    "REJECT": Category("verbal-conflict", -4.2, ("assist", "change", "yield", "meet")),
    "THREATEN": Category(
        "verbal-conflict",
        -5.1,
        ("restrict", "ban", "arrest", "relations", "expel", "territory", "violence"),
    ),
    "PROTEST": Category(
        "material-conflict",
        -6.6,
        ("demo", "riot", "general", "strike", "hunger", "boycott", "obstruct"),
    ),
    "SANCTION": Category(
        "material-conflict", -5.2, ("convict", "expel", "withdraw", "discontinue")
    ),
    "MOBILIZE": Category("material-conflict", -5.3, ("troops", "weapons", "police", "militia")),
    "COERCE": Category(
        "material-conflict",
        -7.2,
        (
            "seize",
            "restrict",
            "ban",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
        ),
    ),
    "ASSAULT": Category(
        "material-conflict",
        -9.3,
        (
            "abduct",
            "beat",
            "torture",
            "execute",
            "sexual",
            "assassinate",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "heavy-weapons",
            "crowd-control",
            "cleansing",
            "unconventional",
            "drone",
            "side-ab",
        ),
    ),
}

_LINES: tuple[tuple[str, str, str, str], ...] = (
    ("AGREE", "Agree", "Agree to, or promise, a future act.", "03"),
    ("CONSULT", "Consult", "Meet, visit, call or negotiate.", "04"),
    ("SUPPORT", "Support", "Praise, endorse, approve; sign an agreement or a law in favour.", "05"),
    ("CONCEDE", "Concede", "Yield in words: ease policy, accept a demand.", "08"),
    ("COOPERATE", "Cooperate", "Act together or share in a material way.", "06"),
    ("AID", "Aid", "Give material help.", "07"),
    ("RETREAT", "Retreat", "Yield in deeds: withdraw, release, return, resign.", "08"),
    ("REQUEST", "Request", "Ask for, or demand, an act.", "10"),
    ("ACCUSE", "Accuse", "Blame, disapprove, allege, investigate.", "09, 11"),
    ("REJECT", "Reject", "Refuse or decline.", "12"),
    ("THREATEN", "Threaten", "Warn of, or threaten, a hostile act.", "13"),
    ("PROTEST", "Protest", "Demonstrate, strike, boycott, riot.", "14"),
    ("SANCTION", "Sanction", "Reduce relations: withdraw, expel, discontinue.", "16 without 163"),
    ("MOBILIZE", "Mobilize", "Raise police or military readiness.", "15"),
    (
        "COERCE",
        "Coerce",
        "Use force short of violence: embargo, seize, restrict, ban, arrest.",
        "17, 163",
    ),
    ("ASSAULT", "Assault", "Use violence.", "18, 19, 20"),
)

PLOVER_CATEGORIES = Vocabulary(
    "plover-categories",
    "PLOVER categories",
    "Sixteen categories for political events. They are an annotation; `type` is our own code.",
    _SOURCE,
    tuple(
        Code(value, label, definition, {"cameo": cameo, "quad": CATEGORIES[value].quad})
        for value, label, definition, cameo in _LINES
    ),
)

QUADS = vocabulary(
    "quad-classes",
    "Quad classes",
    "Four classes of interaction: in words or in deeds, cooperating or in conflict.",
    ("verbal-cooperation", "Verbal cooperation", "Cooperating in words."),
    ("material-cooperation", "Material cooperation", "Cooperating in deeds."),
    ("verbal-conflict", "Verbal conflict", "In conflict in words."),
    ("material-conflict", "Material conflict", "In conflict in deeds."),
    source=_SOURCE,
)

PLOVER_MODES = Vocabulary(
    "plover-modes",
    "PLOVER modes",
    "How an event was done. Each mode belongs to the categories that its definition names.",
    _SOURCE,
    tuple(
        Code(
            mode,
            mode.replace("-", " ").capitalize(),
            "Mode of "
            + ", ".join(c for c, category in CATEGORIES.items() if mode in category.modes),
        )
        for mode in dict.fromkeys(m for category in CATEGORIES.values() for m in category.modes)
    ),
)
