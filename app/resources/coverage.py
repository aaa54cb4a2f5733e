"""The coverage report: how rows cover each passage, date, number and quotation of a document."""

from typing import Literal

from app.resources.rows import Reference
from app.schema import Schema


class PassageCoverage(Schema):
    """The coverage of a passage."""

    id: str
    """Id of the passage."""
    text: str
    """Its text."""
    status: Literal["cited", "background", "left-over"]
    """Cited by rows; marked as background, with a reason; or left over."""
    cited_by: list[Reference]
    """The rows that cite it."""
    reason: str | None
    """Why it is background; null for other passages."""


class Finding(Schema):
    """A date, number or quotation in a document, and its coverage."""

    text: str
    """The words."""
    start: int
    """Offset of the first character, in Unicode code points from 0."""
    end: int
    """Offset after the last character."""
    passage: str | None
    """Id of the passage in which it begins."""
    status: Literal["value", "analyst", "cited", "left-over"]
    """`value`: it is a value of a row. `analyst`: an analyst derived a value of a row from it.
    `cited`: a row cites it. `left-over`: none of these."""
    rows: list[Reference]
    """The rows that have it as a value; if there are none, the rows that cite it."""


class UnlinkedMention(Schema):
    """A known name in a passage that no row about the named actor cites. For information only."""

    row: Reference
    """The row that has the name."""
    text: str
    """The name as the document writes it."""
    passage: str
    """Id of the passage."""


class PassageCounts(Schema):
    """The number of passages of each status."""

    cited: int
    """Cited by rows."""
    background: int
    """Marked as background, with a reason."""
    left_over: int
    """Neither."""


class FindingCounts(Schema):
    """The number of dates, numbers or quotations of each status."""

    value: int
    """A value of a row."""
    analyst: int
    """A value of a row that an analyst derived from it."""
    cited: int
    """Part of a citation."""
    left_over: int
    """Neither."""


class OpenCounts(Schema):
    """The number of open items."""

    left_over: int
    """Neither read as a value nor cited."""


class CoverageCounts(Schema):
    """The number of items that were found in a document, by status."""

    passages: PassageCounts
    dates: FindingCounts
    numbers: FindingCounts
    quotations: FindingCounts
    open: OpenCounts
    """Digits, number words, date words and quotation marks that are neither read nor cited."""


class DocumentCoverage(Schema):
    """The coverage of one document."""

    document: Reference
    """The document."""
    complete: bool
    """Whether nothing is left over."""
    counts: CoverageCounts
    passages: list[PassageCoverage]
    """Every passage, in order."""
    dates: list[Finding]
    """Every date expression, in order."""
    numbers: list[Finding]
    """Every amount, share, count and rank, in order."""
    quotations: list[Finding]
    """Every quotation, in order."""
    open: list[Finding]
    """Digits, number words, date words and quotation marks that are neither read nor cited."""
    mentions: list[UnlinkedMention]
    """Known names in passages that no row about the named actor cites."""


class Coverage(Schema):
    """The coverage report."""

    complete: bool
    """Whether nothing is left over in any document."""
    documents: list[DocumentCoverage]
    """Each document, in order."""
