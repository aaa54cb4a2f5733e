"""The schemas that all rows share: references, dates, citations, links.

The loader renders rows by these schemas and OpenAPI shows them, so they cannot differ.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.schema import Schema
from app.vocabularies.kinds import KINDS
from app.vocabularies.relations import RELATIONS
from app.vocabularies.texts import BASES, MODIFIERS, PRECISIONS, QUALIFIERS
from app.vocabularies.vocabulary import Vocabulary

VOCABULARY = "x-vocabulary"
"""The mark of a field that holds codes; OpenAPI has the schema of that name in its place."""


def in_vocabulary(vocabulary: Vocabulary) -> Any:
    """Marks a field as holding codes of the vocabulary, which OpenAPI then lists."""
    extra: dict[str, Any] = {"enum": list(vocabulary.values), VOCABULARY: vocabulary.schema_name}
    return Field(json_schema_extra=extra)


def of_form(**keywords: str) -> Any:
    """Tells in OpenAPI what form the texts of a field have; they are not checked by it."""
    extra: dict[str, Any] = dict(keywords)
    return Field(json_schema_extra=extra)


DAY_PATTERN = "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"
"""Format `date` of JSON Schema has no years before Christ."""
Day = Annotated[str, of_form(pattern=DAY_PATTERN)]
Id = Annotated[str, of_form(pattern="^[a-z0-9-]{1,80}$")]
Hash = Annotated[str, of_form(pattern="^[0-9a-f]{16}$")]
Link = Annotated[str, of_form(format="uri-reference")]


class Reference(Schema):
    """Another row, with what is needed to show it."""

    kind: Annotated[str, in_vocabulary(KINDS)]
    """Kind of the row, such as `actor`."""
    id: Id
    """Its id."""
    name: str
    """One line to show it by."""


class Relation(Reference):
    """Another row and how this one is related to it."""

    relation: Annotated[str, in_vocabulary(RELATIONS)]
    """How this row is related to the other one; vocabulary `relations`."""
    according_to: Reference | None
    """The actor who says so, if the document does not say it itself."""


class Certain(Schema):
    """Days on which something surely held, both inclusive; null where open."""

    from_: Annotated[Day | None, Field(alias="from")]
    """First of these days, ISO 8601."""
    to: Day | None
    """Last of these days, ISO 8601."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class DateValue(Schema):
    """A date as exact as the document gives it, and no more."""

    edtf: str
    """In EDTF (ISO 8601-2): `2020-07-14`, `2013-06`, `18XX`, `2019-03-15/2020`, `[..2019-06-09]`;
    years before Christ as `-0205`, which is 206 BC."""
    earliest: Day | None
    """First day it may be, inclusive; null where open."""
    latest: Day | None
    """Last day it may be, inclusive; null where open."""
    certain: Certain | None
    """The days on which it surely held; null if there are none. If the date has no end, the last of
    these days is the day of the document."""
    interval: bool
    """Whether it lasts from one date to another."""
    precision: Annotated[str, in_vocabulary(PRECISIONS)]
    """Vocabulary `date-precisions`; of an interval, the coarser of its ends."""
    qualifier: Annotated[str, in_vocabulary(QUALIFIERS)] | None
    """Vocabulary `date-qualifiers`."""
    modifier: Annotated[str, in_vocabulary(MODIFIERS)] | None
    """Words that narrow or open the date; vocabulary `date-modifiers`."""
    basis: Annotated[str, in_vocabulary(BASES)]
    """Where the date comes from; vocabulary `date-bases`."""
    text: str
    """The document's words for it; of a period whose ends stand apart, those of its start."""


class Citation(Schema):
    """The exact words that prove fields of a row (W3C Web Annotation selectors)."""

    fields: list[str]
    """The fields of the row that the words prove."""
    document: Id
    """Id of the document."""
    section: str
    """Id of the section."""
    passage: Id
    """Id of the passage in which the words begin."""
    start: int
    """First character, in Unicode code points from 0."""
    end: int
    """Behind the last character, in Unicode code points."""
    exact: str
    """The words: `text[start:end]`."""
    prefix: str
    """Up to 32 characters before them."""
    suffix: str
    """Up to 32 characters after them."""


class RowLinks(Schema):
    """Links of a row."""

    self: Link
    """The item route of the row."""


class MatchHighlight(Schema):
    """Words of a row that a search asks for."""

    field: str
    """The field of the row: `name`, `summary`, `provisions.0.text`."""
    start: int
    """First character in that field, in Unicode code points from 0."""
    end: int
    """Behind the last character."""


class Match(Schema):
    """How a row fits the query; present if the query has a date or words."""

    date: Literal["certain", "possible"] | None
    """Whether the row surely, or only possibly, falls in the period; null without one."""
    highlights: list[MatchHighlight]
    """Where the words of the search stand; empty without one."""


class Row(Schema):
    """What every row has."""

    kind: Any
    """Kind of the row; each kind declares its own, as a literal."""
    id: Id
    """Slug, unique over all kinds, never used again."""
    name: str
    """One line to show the row by; our words."""
    note: str | None
    """What is contradictory, doubtful or taken from context."""
    version: Hash
    """Hash of the content and citations of the row: changes exactly when they do."""
    links: RowLinks
    match: Match | None = None
    """On lists that are filtered by date or words."""


class CitedRow(Row):
    """A row that cites the words that prove it."""

    citations: list[Citation] = Field(default_factory=list[Citation])
    """On item routes, and on lists with `include=citations`."""


SPLICED = {"citations", "match", "cited_by"}
"""The only optional keys: put into a rendered row when a query asks for them."""
