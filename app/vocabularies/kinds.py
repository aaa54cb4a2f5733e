"""The kinds of rows, and the types that rows of all kinds have."""

from collections.abc import Iterable

from app.vocabularies.actors import ACTOR_TYPES, OFFICE_TYPES
from app.vocabularies.events import EVENT_TYPES
from app.vocabularies.laws import AGREEMENT_TYPES, LAW_TYPES
from app.vocabularies.texts import PASSAGE_TYPES
from app.vocabularies.vocabulary import Code, Vocabulary, vocabulary

KINDS = vocabulary(
    "kinds",
    "Kinds of rows",
    "Which list a row belongs to.",
    ("event", "Event", "A happening or state that the document tells."),
    ("law", "Law", "A law or measure."),
    (
        "actor",
        "Actor",
        "A country, territory, government, body, organisation, medium, group or person.",
    ),
    ("agreement", "Agreement", "A treaty, agreement, declaration or initiative."),
    (
        "trade-figure",
        "Trade figure",
        "A statement of quantity about trade, investment or presence.",
    ),
    ("poll", "Poll", "A survey with its answers."),
    ("statement", "Statement", "A quotation or attributed claim."),
    ("office", "Office", "A mission or a post."),
    ("membership", "Membership", "Who belongs to what, and as what."),
    ("document", "Document", "A source document."),
    ("passage", "Passage", "A sentence, heading, infobox line or list item of a document."),
)


def _joined(vocabularies: Iterable[Vocabulary]) -> tuple[Code, ...]:
    """The codes of all of them; what two of them share is told by the first."""
    found: dict[str, Code] = {}
    for each in vocabularies:
        for code in each:
            found.setdefault(code.value, code)
    return tuple(found.values())


ENTRY_TYPES = Vocabulary(
    "entry-types",
    "Types of rows of all kinds",
    "The types of events, laws, agreements, actors, offices and passages together.",
    "own",
    _joined((EVENT_TYPES, LAW_TYPES, AGREEMENT_TYPES, ACTOR_TYPES, OFFICE_TYPES, PASSAGE_TYPES)),
)
