"""Relations between rows, and relations of an event to a law or an agreement."""

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
"""Each relation with its inverse. A symmetric relation is its own inverse."""

_DEFINITIONS: Mapping[str, tuple[str, str]] = {
    "amends": ("Changes its text or scope.", "Is changed by it."),
    "suspends": ("Suspends or ends it.", "Is suspended or ended by it."),
    "suspends-in-part": ("Suspends parts of it.", "Has parts suspended by it."),
    "extends": ("Extends its time or scope.", "Is extended by it."),
    "implements": ("Puts it into practice.", "Is put into practice by it."),
    "in-response-to": ("Is described as a response to it.", "Is answered by it."),
    "part-of": ("Is a part of it.", "Has it as a part."),
    "follows": ("Is described as later than it.", "Is described as earlier than it."),
    "caused-by": ("Is described as caused by it.", "Is described as its cause."),
    "based-on": ("Is based on it.", "Is its basis."),
    "affects": ("Has an effect on it.", "Is affected by it."),
    "under": ("Is done under its rules.", "Contains the rules for it."),
    "conflicts-with": ("Is described as contradicting it.", ""),
    "same-as": ("Seems to be the same, though the document does not say so.", ""),
    "compared-with": ("Is compared with it by the document.", ""),
    "not-subordinate-to": ("Is explicitly not subordinate to it.", "Is explicitly not above it."),
    "subordinate-to": ("Is subordinate to it.", "Is above it."),
    "replaces": ("Replaces it.", "Is replaced by it."),
    "about": ("Is about it.", "Is its subject."),
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
    "How one row is related to another. Both rows have the relation; the other row has the "
    "inverse relation.",
    "own",
    _codes(),
)

_OTHER_LINKS = (
    ("concerns", "Concerns", "The event is about it."),
    ("in-response-to", "In response to", "The event is described as a response to it."),
    ("under", "Under", "The event takes place under it."),
    ("caused-by", "Caused by", "The event is described as caused by it."),
    ("opposes", "Opposes", "The event is directed against it."),
    ("violates", "Violates", "The event is said to violate it."),
)

_LAW_STEP_RELATIONS = (
    ("proposed", "Proposed", "The event proposes it."),
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
    ("in-force", "In force", "The event says that it applies."),
    ("amended", "Amended", "The event changes it."),
    ("extended", "Extended", "The event extends its time or scope."),
    ("implemented", "Implemented", "The event puts it into practice."),
    ("paused", "Paused", "The event postpones it for a time."),
    ("suspended-in-part", "Suspended in part", "The event suspends parts of it."),
    ("struck-down", "Struck down", "By the event a court declares it void."),
    ("withdrawn", "Withdrawn", "The event withdraws it."),
    ("expired", "Expired", "By the event it ends by its own terms."),
    ("repealed", "Repealed", "The event ends it."),
)

LAW_LINKS = vocabulary(
    "law-links",
    "How events relate to laws",
    "A link that is also one of the stages of laws makes the event a step of the law's history.",
    *_LAW_STEP_RELATIONS,
    *_OTHER_LINKS,
)

AGREEMENT_LINKS = vocabulary(
    "agreement-links",
    "How events relate to agreements",
    "A link that is also one of the stages of agreements makes the event a step of the agreement's "
    "history.",
    ("signed", "Signed", "The event signs it."),
    ("joined", "Joined", "The event joins it."),
    ("filed", "Filed", "The event registers it."),
    ("in-force", "In force", "The event says that it applies."),
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
    *_OTHER_LINKS,
)
