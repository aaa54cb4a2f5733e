"""What all entries of a reading have in common: ids, quotes, dates, relations."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.vocabularies.relations import RELATIONS
from seeds.reading.code_fields import coded

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A slug written for people: `hong-kong-autonomy-act`. Unique over all kinds."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Words exactly as they stand in the document."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Our own words."""

ONE_LINE = r"^[^\n]*$"
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True, pattern=ONE_LINE)]
"""Our own words on one line."""


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Quote(Entry):
    """Words that prove (part of) an entry; a plain string is a quote for all its fields."""

    quote: Words
    """The words, exactly as in the document, from one section. They must be found once."""
    fields: tuple[str, ...] = ()
    """The fields of the row that these words prove; empty: all that no other quote is for."""
    section: str | None = None
    """The id of the section to look in, if the words occur in several."""
    nth: Annotated[int, Field(ge=1)] | None = None
    """Which occurrence is meant, counted from 1 (within the section if one is given)."""


def _as_quote(value: object) -> object:
    return {"quote": value} if isinstance(value, str) else value


Cited = Annotated[Quote, BeforeValidator(_as_quote, json_schema_input_type=Words | Quote)]
Citations = Annotated[tuple[Cited, ...], Field(min_length=1)]


class DateWords(Entry):
    """A date that one phrase of the entry's own quotes does not give by itself."""

    words: Words | None = None
    """The words that date the entry, within its quotes: "the same day", "June 22"."""
    start: Words | None = None
    """With `end`: the words that give the start of a period."""
    end: Words | None = None
    """The words that give the end of a period."""
    context: Cited | None = None
    """Words elsewhere in the document that supply the year or the day; they are cited too. Needed
    only where the nearest year before the words, in the same section, is not the one meant, or
    where the entry's own words hold no date at all."""
    read_by: Literal["analyst"] | None = None
    """`analyst` if the reader cannot read the words; then write the date as `value`."""
    value: Annotated[str, StringConstraints(max_length=64)] | None = None
    """With `read_by: analyst`: the date that the words mean, in EDTF."""
    basis: Literal["inferred"] | None = None
    """`inferred` if the date follows only from the order in which things are told."""


def _as_date(value: object) -> object:
    return {"words": value} if isinstance(value, str) else value


Date = Annotated[DateWords, BeforeValidator(_as_date, json_schema_input_type=Words | DateWords)]
"""The words that date the entry, within its quotes; or where they are to be found."""


class ByAnalyst(Entry):
    """A number that the reader reads from the words, or else an analyst."""

    read_by: Literal["analyst"] | None = None
    """`analyst` if the reader cannot read the words; then write the number as `value`."""
    value: Annotated[Decimal, Field(allow_inf_nan=False)] | None = None
    """With `read_by: analyst`: the number that the words mean, written out."""


class Marked(Entry):
    """What every entry has."""

    id: Id
    name: Line
    """One line to show it by; our words."""
    cite: Citations
    note: Text | None = None
    """What is contradictory, doubtful or taken from context."""
    formerly: tuple[Id, ...] = ()
    """Ids that the row once had; the API sends readers of these to the new one."""


class Related(Entry):
    """A link to any other row; the inverse is added to that row by the loader."""

    id: Id
    relation: Annotated[str, coded(RELATIONS)]
    according_to: Id | None = None
    """The actor who says so, if the document does not say it itself."""
