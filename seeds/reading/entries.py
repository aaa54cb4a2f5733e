"""The models of the parts of a reading except its entries: document, sentences, background, ids.

A reading contains decisions of a person: the facts with their names, types, roles and links, and
the words that prove them. It does not contain values. For a date, a number or a quotation an entry
gives the words, and the loader reads the value from the document.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from seeds.reading.marked import Entry, Id, Ids, Line, Text, Words


class Sentence(Entry):
    """Words of the document: one sentence, or a few that belong together, a heading or an item."""

    quote: Words
    """The words, exactly as in the document. They must be found once."""
    section: str | None = None
    """The id of the section to look in, if the words occur in several."""
    nth: Annotated[int, Field(ge=1)] | None = None
    """Which occurrence is meant, counted from 1 (within the section if one is given)."""


class Background(Sentence):
    """A sentence that no row cites, and why."""

    reason: Text


class Source(Entry):
    """Where the document comes from."""

    id: Id
    name: Line
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000)]
    """Address of the page, http or https."""
    revision: str | None = None
    licence: Text
    attribution: Text
    language: str = "en"
    passages: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$", max_length=12)]
    """The prefix of the ids of its passages."""
    as_of: Annotated[str, StringConstraints(pattern=r"^-?\d{4}-\d{2}-\d{2}$")] | None = None
    """The day of the document: a state that lasts is certain up to it. Without it, the first day of
    the last date that the document names."""
    note: Text | None = None


class Reading(Entry):
    """A reading without its entries and the sentences that these stand under."""

    document: Source
    background: tuple[Background, ...] = ()
    retired: Ids = ()
    """Ids of removed rows. No other row may use them."""
