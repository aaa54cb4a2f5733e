"""The schemas that all rows share: references, dates, citations, links.

The loader renders rows with these schemas, and OpenAPI documents them.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.schema import Schema
from app.vocabularies.kinds import KINDS
from app.vocabularies.relations import RELATIONS
from app.vocabularies.texts import BASES, MODIFIERS, PRECISIONS, QUALIFIERS
from app.vocabularies.vocabulary import Vocabulary

VOCABULARY = "x-vocabulary"
"""The JSON Schema keyword that marks a field of codes. Its value is the name of the schema of the
vocabulary; OpenAPI refers to this schema."""


def in_vocabulary(vocabulary: Vocabulary) -> Any:
    """Marks a field as a code of the vocabulary. OpenAPI then lists the codes."""
    extra: dict[str, Any] = {"enum": list(vocabulary.values), VOCABULARY: vocabulary.schema_name}
    return Field(json_schema_extra=extra)


def of_form(**keywords: str) -> Any:
    """Documents the form of a text field in OpenAPI. It does not validate the field."""
    extra: dict[str, Any] = dict(keywords)
    return Field(json_schema_extra=extra)


DAY_PATTERN = "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"
"""The pattern of a day. The format `date` of JSON Schema does not allow years before Christ."""
Day = Annotated[str, of_form(pattern=DAY_PATTERN)]
Id = Annotated[str, of_form(pattern="^[a-z0-9-]{1,80}$")]
Hash = Annotated[str, of_form(pattern="^[0-9a-f]{16}$")]
Link = Annotated[str, of_form(format="uri-reference")]


class Reference(Schema):
    """Another row, with the fields that identify it."""

    kind: Annotated[str, in_vocabulary(KINDS)]
    """Kind of the row, such as `actor`."""
    id: Id
    """Its id."""
    name: str
    """Its display name, in one line."""


class Relation(Reference):
    """Another row and how this one is related to it."""

    relation: Annotated[str, in_vocabulary(RELATIONS)]
    """How this row is related to the other one; vocabulary `relations`."""
    according_to: Reference | None
    """The actor who says so; null if the document itself says it."""


class Certain(Schema):
    """The days that a date surely covers, both ends inclusive; null where open."""

    from_: Annotated[Day | None, Field(alias="from")]
    """First day, ISO 8601."""
    to: Day | None
    """Last day, ISO 8601."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class DateValue(Schema):
    """A date as exact as the document gives it, and no more."""

    edtf: str
    """In EDTF (ISO 8601-2): `2020-07-14`, `2013-06`, `18XX`, `2019-03-15/2020`, `[..2019-06-09]`;
    years before Christ as `-0205`, which is 206 BC."""
    earliest: Day | None
    """First day that the date may cover, inclusive; null if open."""
    latest: Day | None
    """Last day that the date may cover, inclusive; null if open."""
    certain: Certain | None
    """The days that the date surely covers; null if there are none. A state that lasts (`A/..`)
    surely lasts up to the day of its document."""
    interval: bool
    """Whether the date is an interval."""
    precision: Annotated[str, in_vocabulary(PRECISIONS)]
    """Vocabulary `date-precisions`; for an interval, the precision of its coarser end."""
    qualifier: Annotated[str, in_vocabulary(QUALIFIERS)] | None
    """Vocabulary `date-qualifiers`."""
    modifier: Annotated[str, in_vocabulary(MODIFIERS)] | None
    """Words that narrow or open the date; vocabulary `date-modifiers`."""
    basis: Annotated[str, in_vocabulary(BASES)]
    """Where the date comes from; vocabulary `date-bases`."""
    text: str
    """The document's words for the date. If the ends of an interval are far apart in the document,
    the words for both ends, with ` … ` between them."""


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
    """Offset of the first character, in Unicode code points from 0."""
    end: int
    """Offset after the last character, in Unicode code points."""
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
    """Words in a row that match the search."""

    field: str
    """The field of the row: `name`, `summary`, `provisions.0.text`."""
    start: int
    """Offset of the first character in that field, in Unicode code points from 0."""
    end: int
    """Offset after the last character."""


class Match(Schema):
    """How a row matches the query; present if the query has a period or a search."""

    date: Literal["certain", "possible"] | None
    """Whether the row certainly or possibly matches the period; null if the query has no period."""
    highlights: list[MatchHighlight]
    """Where the words of the search occur; empty if the query has no search."""


class Row(Schema):
    """What every row has."""

    kind: Any
    """Kind of the row; each kind declares its own, as a literal."""
    id: Id
    """Slug, unique over all kinds. An id is never reused for another row."""
    name: str
    """Display name, in one line; our words."""
    note: str | None
    """Remarks on what is contradictory, doubtful or inferred from context."""
    version: Hash
    """Hash of the content and citations of the row. It changes if and only if they change."""
    links: RowLinks
    match: Match | None = None
    """Present on lists that are filtered by a period or a search."""


class CitedRow(Row):
    """A row with citations: the words of the documents that prove it."""

    citations: list[Citation] = Field(default_factory=list[Citation])
    """Present on item routes, and on lists with `include=citations`."""


SPLICED = {"citations", "match", "cited_by"}
"""The optional keys. They are added to a rendered row if the query needs them."""
