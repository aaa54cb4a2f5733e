"""The common parts of all entries of a reading: ids, quotes, dates, relations.

A list with one item may be written without brackets: `speakers: ada-berg`.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from app.vocabularies.relations import RELATIONS
from seeds.reading.code_fields import coded

TITLE = r"^[a-z0-9]+(-[a-z0-9]+)+$"
"""The pattern of an id with hyphens. No field has such a name."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A slug written for people: `hong-kong-autonomy-act`. Unique over all kinds."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Words exactly as they stand in the document. `first words … last words` (or `...`) means all
words from the first to the last."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Our own words."""

ONE_LINE = r"^[^\n]*$"
OneLine = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True, pattern=ONE_LINE)]
"""Our own words on one line."""


def as_list(value: object) -> object:
    """The value as a list: a single text or mapping becomes a list of one item."""
    return [cast("object", value)] if isinstance(value, str | dict) else value


Ids = Annotated[
    tuple[Id, ...], BeforeValidator(as_list, json_schema_input_type=Id | tuple[Id, ...])
]
"""Ids of rows. A single id needs no brackets."""

Names = Annotated[
    tuple[Words, ...], BeforeValidator(as_list, json_schema_input_type=Words | tuple[Words, ...])
]
"""Other names that the document uses. A single name needs no brackets."""


class ReadingModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Quote(ReadingModel):
    """Words of the document that prove an entry, or some of its fields. A plain text is a quote for
    all fields."""

    quote: Words
    """The words, exactly as in the document, from one section. They must occur exactly once: in the
    sentence above the entry, or else in the document."""
    fields: Names = ()
    """The fields that these words prove. By default, all fields that no other quote proves."""
    section: str | None = None
    """The id of the section in which to search, if the words occur in several sections."""
    nth: Annotated[int, Field(ge=1)] | None = None
    """The number of the occurrence, from 1, if the words occur several times (in `section`, if it
    is given)."""


def _as_quote(value: object) -> object:
    return {"quote": value} if isinstance(value, str) else value


QuoteOrWords = Annotated[Quote, BeforeValidator(_as_quote, json_schema_input_type=Words | Quote)]
_Quotes = Annotated[tuple[QuoteOrWords, ...], Field(min_length=1)]
Citations = Annotated[
    _Quotes, BeforeValidator(as_list, json_schema_input_type=QuoteOrWords | _Quotes)
]


class DateWords(ReadingModel):
    """A date that needs more than one phrase from the entry's quotes."""

    words: Words | None = None
    """The words of the date, in the quotes of the entry: "the same day", "June 22"."""
    start: Words | None = None
    """The words of the first date of a period. It needs `end`."""
    end: Words | None = None
    """The words of the last date of a period. It needs `start`."""
    context: QuoteOrWords | None = None
    """Words elsewhere in the document that give the year or the day. The row cites them too. Write
    it only if the nearest earlier year in the same section is not the right one, or if the words of
    the entry contain no date."""
    after: QuoteOrWords | None = None
    """For a date such as "by 9 June": words with the earliest possible date, such as those of an
    earlier event, or the year of the section. The row cites them too. The date becomes `[A..B]`
    with the basis `inferred`. Without `words:` it becomes `[A..]`: on that day or later."""
    ends: Literal["unknown"] | None = None
    """Write `unknown` for a state that is told in the past tense, or by a cited voice only. Its
    date becomes `A/`, not `A/..`."""
    read_by: Literal["analyst"] | None = None
    """Write `analyst` if the loader cannot read the words, and write the date as `value`."""
    value: Annotated[str, StringConstraints(max_length=64)] | None = None
    """The date that the words mean, in EDTF. It needs `read_by: analyst`."""
    basis: Literal["inferred"] | None = None
    """Write `inferred` if no words state the date, and it follows from the order of the text."""


def _as_date(value: object) -> object:
    return {"words": value} if isinstance(value, str) else value


Date = Annotated[DateWords, BeforeValidator(_as_date, json_schema_input_type=Words | DateWords)]
"""The words of the date, in the quotes of the entry, or an object (`DateWords`)."""


class AnalystNumber(ReadingModel):
    """A number. The loader reads it from the words; if it cannot, an analyst writes it."""

    read_by: Literal["analyst"] | None = None
    """Write `analyst` if the loader cannot read the words, and write the number as `value`."""
    value: Annotated[Decimal, Field(allow_inf_nan=False)] | None = None
    """The number that the words mean, in digits. It needs `read_by: analyst`."""


def with_title(value: object) -> object:
    """The fields of an entry. A field `its-id: Its name` is split into `id` and `name`."""
    if not isinstance(value, dict) or "id" in value:
        return cast("object", value)
    fields = cast("dict[str, Any]", value)
    title = next((key for key in fields if re.match(TITLE, key)), None)
    if title is None:
        return fields
    rest = {key: item for key, item in fields.items() if key != title}
    return {"id": title, "name": fields[title]} | rest


class Titled(ReadingModel):
    """An entry with an id and a name; `its-id: Its name` gives both in one line."""

    @model_validator(mode="before")
    @classmethod
    def _split_title(cls, value: object) -> object:
        return with_title(value)


class RowEntry(Titled):
    """The fields that every entry has."""

    id: Id
    name: OneLine
    """The name of the row in our own words, on one line. By default, the words of the document that
    the id spells: `hong-kong-police` is "Hong Kong police"."""
    called: Names = ()
    """Words of the document that mean the row and are no name of it: "Sudrian", "the protests".
    They prove references to it, and are no aliases."""
    cite: Citations = ()
    """The quotes that prove the entry. By default, the sentence above the entry."""
    also: Citations = ()
    """More quotes that prove the entry, in addition to `cite` or to the sentence above it."""
    proof: dict[str, Citations] = Field(default_factory=dict)
    """Quotes that prove one field of the row each, by field: `{aliases: special status}`."""
    note: Text | None = None
    """What is contradictory, doubtful, or inferred from the context."""
    formerly: Ids = ()
    """Former ids of the row. The API redirects them to the new id."""

    def quotes(self) -> Iterator[tuple[Quote, tuple[str | int, ...]]]:
        """The quotes of the entry, each with its path in the entry."""
        for name, quotes in (("cite", self.cite), ("also", self.also)):
            for index, quote in enumerate(quotes):
                yield quote, (name, index)
        for field, quotes in self.proof.items():
            for index, quote in enumerate(quotes):
                yield quote.model_copy(update={"fields": (field,)}), ("proof", field, index)

    def implied(self) -> "Iterable[Implied]":
        """The entries that follow from this entry, such as its statements; none by default."""
        return ()


class Implied(NamedTuple):
    """An entry that follows from another entry, with its kind and its path in the other entry."""

    kind: str
    entry: RowEntry
    path: tuple[str | int, ...]


class Related(ReadingModel):
    """A link to another row of any kind. The loader adds the inverse link to that row."""

    id: Id
    according_to: Id | None = None
    """The actor who claims the relation, if the document reports it as a claim."""


def as_link(value: object) -> object:
    """The value as the fields of a link: a single id becomes the field `id`."""
    return {"id": value} if isinstance(value, str) else value


_Link = Annotated[Related, BeforeValidator(as_link, json_schema_input_type=Id | Related)]
_Links = Annotated[
    tuple[_Link, ...], BeforeValidator(as_list, json_schema_input_type=_Link | tuple[_Link, ...])
]
RelatedRows = dict[Annotated[str, coded(RELATIONS)], _Links]
"""Rows of any kind by relation: `{part-of: fish-war}`."""
