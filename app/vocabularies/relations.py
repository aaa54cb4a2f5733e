"""How rows are related, and how an event bears on a law or an agreement."""

from collections.abc import Mapping

from app.vocabularies.vocabulary import Code, Vocabulary, vocabulary

INVERSES: Mapping[str, str] = {
    "amends": "amended-by",
    "suspends": "suspended-by",
    "suspends-in-part": "suspended-in-part-by",
    "extends": "extended-by",
    "implements": "implemented-by",
    "in-response-to": "answered-by",
    "part-of": "has-part",
    "follows": "precedes",
    "caused-by": "causes",
    "based-on": "basis-of",
    "affects": "affected-by",
    "under": "governs",
    "conflicts-with": "conflicts-with",
    "same-as": "same-as",
    "compared-with": "compared-with",
    "not-subordinate-to": "not-superior-to",
    "subordinate-to": "superior-to",
    "replaces": "replaced-by",
    "about": "subject-of",
}
"""Each relation with its inverse; a relation that is its own inverse holds both ways."""

_DEFINITIONS: Mapping[str, tuple[str, str]] = {
    "amends": ("Changes the text or reach of it.", "Is changed by it."),
    "suspends": ("Suspends or ends it.", "Is suspended or ended by it."),
    "suspends-in-part": ("Suspends parts of it.", "Has parts suspended by it."),
    "extends": ("Carries it further.", "Is carried further by it."),
    "implements": ("Puts it into practice.", "Is put into practice by it."),
    "in-response-to": ("Is told as a response to it.", "Is answered by it."),
    "part-of": ("Is a part of it.", "Has it as a part."),
    "follows": ("Is told as coming after it.", "Is told as coming before it."),
    "caused-by": ("Is told as caused by it.", "Is told as causing it."),
    "based-on": ("Rests on it.", "Is what it rests on."),
    "affects": ("Has an effect on it.", "Feels an effect of it."),
    "under": ("Is done or held under it.", "Is what it is done or held under."),
    "conflicts-with": ("Is told as contradicting it.", ""),
    "same-as": ("Seems to be the same, though the document does not say so.", ""),
    "compared-with": ("Is set beside it by the document.", ""),
    "not-subordinate-to": ("Is expressly not subordinate to it.", "Is expressly not above it."),
    "subordinate-to": ("Is subordinate to it.", "Is above it."),
    "replaces": ("Takes its place.", "Gives place to it."),
    "about": ("Is about it.", "Is what it is about."),
}


def inverse(relation: str) -> str:
    """The relation as seen from the other row."""
    return _BOTH_WAYS[relation]


_BOTH_WAYS: Mapping[str, str] = {
    **INVERSES,
    **{backward: forward for forward, backward in INVERSES.items()},
}


def _codes() -> tuple[Code, ...]:
    lines = {
        name: text
        for forward, backward in INVERSES.items()
        for name, text in zip((forward, backward), _DEFINITIONS[forward], strict=True)
        if text
    }
    return tuple(
        Code(name, name.replace("-", " ").capitalize(), text, {"inverse": _BOTH_WAYS[name]})
        for name, text in lines.items()
    )


RELATIONS = Vocabulary(
    "relations",
    "Relations between rows",
    "How one row is related to another. Each relation is told from both rows, by its inverse from "
    "the other one.",
    "own",
    _codes(),
)

_NO_STEPS = (
    ("concerns", "Concerns", "The event is about it."),
    ("in-response-to", "In response to", "The event is told as a response to it."),
    ("under", "Under", "The event takes place under it."),
    ("caused-by", "Caused by", "The event is told as caused by it."),
    ("opposes", "Opposes", "The event is directed against it."),
    ("violates", "Violates", "The event is said to violate it."),
)

_LAW_STEP_RELATIONS = (
    ("proposed", "Proposed", "The event puts it forward."),
    ("introduced", "Introduced", "The event puts it before a legislature."),
    ("referred-to-committee", "Referred to a committee", "The event gives it to a committee."),
    (
        "reported-by-committee",
        "Reported by a committee",
        "By the event a committee sends it back to the chamber.",
    ),
    ("passed-by-a-chamber", "Passed by a chamber", "By the event one chamber of two passes it."),
    ("approved", "Approved", "The event approves it."),
    ("rejected", "Rejected", "The event votes it down."),
    ("vetoed", "Vetoed", "The event is a veto against it."),
    ("enacted", "Enacted", "The event makes it law."),
    ("signed", "Signed", "The event signs it."),
    ("issued", "Issued", "The event issues it."),
    ("entered-into-force", "Entered into force", "By the event it begins to apply."),
    ("in-force", "In force", "The event tells that it applies."),
    ("amended", "Amended", "The event changes it."),
    ("extended", "Extended", "The event carries it further."),
    ("implemented", "Implemented", "The event puts it into practice."),
    ("paused", "Paused", "The event puts it off for a time."),
    ("suspended-in-part", "Suspended in part", "The event suspends parts of it."),
    ("struck-down", "Struck down", "By the event a court declares it void."),
    ("withdrawn", "Withdrawn", "The event takes it back."),
    ("expired", "Expired", "By the event it ends by its own terms."),
    ("repealed", "Repealed", "The event ends it."),
)

LAW_LINKS = vocabulary(
    "law-links",
    "How events bear on laws",
    "A link that is also one of the stages of laws makes the event a step of the law's history.",
    *_LAW_STEP_RELATIONS,
    *_NO_STEPS,
)

AGREEMENT_LINKS = vocabulary(
    "agreement-links",
    "How events bear on agreements",
    "A link that is also one of the stages of agreements makes the event a step of the agreement's "
    "history.",
    ("signed", "Signed", "The event signs it."),
    ("joined", "Joined", "The event joins it."),
    ("filed", "Filed", "The event registers it."),
    ("in-force", "In force", "The event tells that it applies."),
    ("implemented", "Implemented", "The event puts it into practice."),
    ("invoked", "Invoked", "The event relies on it."),
    ("to-be-affected", "To be affected", "The event announces that it will be affected."),
    (
        "ordered-suspended-or-terminated",
        "Ordered suspended or terminated",
        "The event orders that it be suspended or terminated.",
    ),
    ("ratified", "Ratified", "The event ratifies it."),
    ("entered-into-force", "Entered into force", "By the event it begins to apply."),
    ("suspended", "Suspended", "The event puts it out of use for a time."),
    ("expired", "Expired", "By the event it ends by its own terms."),
    ("denounced", "Denounced", "By the event a party denounces it."),
    *_NO_STEPS,
)
