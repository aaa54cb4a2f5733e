"""The registry of kinds: it defines each kind of row once. Its name leads to the resource, the
list, the builder, and the group in a reading."""

from dataclasses import dataclass

from app.vocabularies.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows. `path` is the path of its list, and the name of its modules and of its group
    in a reading.

    `is_read`: readings declare the rows. Otherwise the rows are made from the document.
    """

    code: str
    path: str
    label: str
    definition: str
    is_read: bool = True

    @property
    def module(self) -> str:
        """The name of its resource's and of its builder's module, and of its group in a reading."""
        return self.path.replace("-", "_")


REGISTRY = (
    Kind("event", "events", "Event", "An event or state that the document describes."),
    Kind("law", "laws", "Law", "A law or measure."),
    Kind(
        "actor",
        "actors",
        "Actor",
        "A country, territory, government, body, organisation, medium, group or person.",
    ),
    Kind("agreement", "agreements", "Agreement", "A treaty, agreement, declaration or initiative."),
    Kind(
        "trade-figure",
        "trade-figures",
        "Trade figure",
        "A statement of quantity about trade, investment or presence.",
    ),
    Kind("poll", "polls", "Poll", "A survey with its answers."),
    Kind("statement", "statements", "Statement", "A quotation or attributed claim."),
    Kind("office", "offices", "Office", "A mission or a post."),
    Kind(
        "membership",
        "memberships",
        "Membership",
        "A member of an organisation or group, and its status.",
    ),
    Kind("document", "documents", "Document", "A source document.", is_read=False),
    Kind(
        "passage",
        "passages",
        "Passage",
        "A sentence, heading, infobox line or list item of a document.",
        is_read=False,
    ),
)
"""All kinds. Rows that are equal in all other sort keys have this order. Append new kinds before
the documents."""

READ_KINDS = tuple(kind.code for kind in REGISTRY if kind.is_read)
"""The kinds whose rows a reading declares, so that others may refer to them."""

DERIVED_KINDS = ("dyad",)
"""The kinds of derived rows. They are no entries, so no vocabulary has them."""

KINDS = vocabulary(
    "kinds",
    "Kinds of rows",
    "Which list a row belongs to.",
    *((kind.code, kind.label, kind.definition) for kind in REGISTRY),
)
