"""The coverage report: what became of each passage, date, number and quotation of a document."""

from typing import Literal

from app.resources.rows import Reference
from app.schema import Schema


class PassageCoverage(Schema):
    """What became of a passage."""

    id: str
    """Id of the passage."""
    text: str
    """Its words."""
    status: Literal["cited", "background", "left-over"]
    """Cited by rows, set aside with a reason, or left over."""
    cited_by: list[Reference]
    """The rows that cite words of it."""
    reason: str | None
    """Why it is set aside; null unless it is background."""


class Finding(Schema):
    """A date, number or quotation that stands in a document."""

    text: str
    """The words."""
    start: int
    """First character, in Unicode code points from 0."""
    end: int
    """Behind the last character."""
    passage: str | None
    """Id of the passage in which it begins."""
    status: Literal["value", "analyst", "cited", "left-over"]
    """Held by a row as a value, held as an analyst read it, cited by a row, or left over."""
    rows: list[Reference]
    """The rows that hold it; if none does, those that cite it."""


class UnlinkedMention(Schema):
    """A known name in a passage that no row about its bearer cites. For information only."""

    row: Reference
    """The row that has the name."""
    text: str
    """The name as it stands in the document."""
    passage: str
    """Id of the passage."""


class PassageCounts(Schema):
    """How many passages there are of each status."""

    cited: int
    """Cited by rows."""
    background: int
    """Set aside with a reason."""
    left_over: int
    """Neither."""


class FindingCounts(Schema):
    """How many dates, numbers or quotations there are of each status."""

    value: int
    """Held by a row as a value."""
    analyst: int
    """Held by a row as a value that an analyst read."""
    cited: int
    """Part of the words that a row cites."""
    left_over: int
    """Neither."""


class OpenCounts(Schema):
    """How many open items there are."""

    left_over: int
    """Neither read nor cited."""


class CoverageCounts(Schema):
    """How much was found in a document, and what became of it."""

    passages: PassageCounts
    dates: FindingCounts
    numbers: FindingCounts
    quotations: FindingCounts
    open: OpenCounts
    """Digits, number words, date words and quotation marks that nothing reads or cites."""


class DocumentCoverage(Schema):
    """What became of everything in one document."""

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
    """Digits, number words, date words and quotation marks that nothing reads or cites."""
    mentions: list[UnlinkedMention]
    """Known names in passages that no row about their bearers cites."""


class Coverage(Schema):
    """The coverage report."""

    complete: bool
    """Whether nothing is left over in any document."""
    documents: list[DocumentCoverage]
    """Each document, in order."""
