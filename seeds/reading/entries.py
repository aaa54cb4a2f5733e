"""What an analyst writes down about a document: what every reading holds beside its entries.

Judgement stands in a reading: which facts there are, their names, types, roles and links, and the
words that prove them. Values do not: where an entry needs a date, a number or quoted words, it
points at the words of the document, and the reader takes the value from these.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from seeds.reading.marked import Entry, Id, Line, Text, Words


class Background(Entry):
    """A sentence that no row cites, and why."""

    quote: Words
    section: str | None = None
    nth: Annotated[int, Field(ge=1)] | None = None
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
    """The beginning of the ids of its passages."""
    note: Text | None = None


class Reading(Entry):
    """The whole reading of one document."""

    document: Source
    background: tuple[Background, ...] = ()
    retired: tuple[Id, ...] = ()
    """Ids of rows that were taken out; they are never used again."""
