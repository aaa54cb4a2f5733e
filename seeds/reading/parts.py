"""The models of the parts of a reading except its entries: document, sentences, background, ids.

A reading contains decisions of a person: the facts with their names, types, roles and links, and
the words that prove them. It does not contain values. For a date, a number or a quotation an entry
gives the words, and the loader reads the value from the document.
"""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.edtf.dates import EdtfError, parse_edtf
from seeds.reading.entry import Id, Ids, OneLine, ReadingModel, Text, Words


class Sentence(ReadingModel):
    """Words of the document: one sentence, or a few that belong together, a heading or an item."""

    quote: Words
    """The words, exactly as in the document. They must occur exactly once."""
    section: str | None = None
    """The id of the section in which to search, if the words occur in several sections."""
    nth: Annotated[int, Field(ge=1)] | None = None
    """The number of the occurrence, from 1, if the words occur several times (in `section`, if it
    is given)."""


class Background(Sentence):
    """A sentence that no row needs to cite, with the reason."""

    reason: Text


def _as_day(value: object) -> object:
    """A day that YAML has read as a date, as text."""
    return value.isoformat() if isinstance(value, date) else value


def _checked(day: str) -> str:
    try:
        found = parse_edtf(day)
    except EdtfError:
        found = None
    if found is None or found.precision != "day" or found.text != found.earliest:
        cure = "write a day of the calendar as YYYY-MM-DD"
        raise PydanticCustomError("reading", "{day} is not a day", {"day": repr(day), "cure": cure})
    return day


Day = Annotated[
    str,
    BeforeValidator(_as_day, json_schema_input_type=str),
    AfterValidator(_checked),
]
"""A day in ISO 8601."""


class Source(ReadingModel):
    """The document and its origin."""

    id: Id
    name: OneLine
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000)]
    """Address of the page, http or https."""
    revision: str | None = None
    licence: Text
    attribution: Text
    language: str = "en"
    passages: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$", max_length=12)]
    """The prefix of the ids of the passages: small letters and digits, at most 12."""
    as_of: Day | None = None
    """The day of the document, such as that of its revision. A state that lasts is certain up to
    it. By default, the first day of the last date that the document names."""
    note: Text | None = None


class Reading(ReadingModel):
    """A reading without its sentences and entries."""

    document: Source
    background: tuple[Background, ...] = ()
    retired: Ids = ()
    """Ids of removed rows. No other row may ever use them."""
