"""The coverage report as a table in plain text."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.resources.coverage import (
    Coverage,
    DocumentCoverage,
    Finding,
    FindingCounts,
    PassageCoverage,
)
from app.resources.rows import Reference

WIDTH = 100
_TEXT = 46
_REST = WIDTH - _TEXT - 4
_RELATION = {"value": "held by", "analyst": "read by hand in", "cited": "cited by", "left-over": ""}
_MARKS = {"cited": " ", "value": " ", "analyst": "*", "background": "-", "left-over": "!"}


def coverage_table(coverage: Mapping[str, Any]) -> str:
    """The report as text. For each document: its counts, its passages, then all findings."""
    report = Coverage.model_validate(coverage)
    lines = [line for document in report.documents for line in _document(document)]
    verdict = "Nothing is left over." if report.complete else "Something is left over (marked !)."
    return "\n".join([*lines, verdict]) + "\n"


def _document(document: DocumentCoverage) -> Iterator[str]:
    yield document.document.name
    yield "=" * min(len(document.document.name), WIDTH)
    counts = document.counts
    passages = counts.passages
    yield (
        f"passages    {passages.cited:5} cited  {passages.background:5} background"
        f"  {passages.left_over:5} left over"
    )
    yield _counted("dates", counts.dates)
    yield _counted("numbers", counts.numbers)
    yield _counted("quotations", counts.quotations)
    yield f"{'open':11} {counts.open.left_over:5} read by nothing and cited by no row"
    yield ""
    for passage in document.passages:
        yield _passage(passage)
    yield ""
    for title, findings in (
        ("Dates", document.dates),
        ("Numbers", document.numbers),
        ("Quotations", document.quotations),
        ("Open: digits, number words, date words and marks that nothing reads", document.open),
    ):
        yield title
        yield from (_finding(finding) for finding in findings)
        yield ""
    if document.mentions:
        yield "For information: names in passages that no row about their bearers cites"
        yield from (
            f"  {mention.text} ({mention.row.id}) in {mention.passage}"
            for mention in document.mentions
        )
        yield ""


def _counted(title: str, counts: FindingCounts) -> str:
    return (
        f"{title:11} {counts.value:5} held   {counts.analyst:5} read by an analyst"
        f"  {counts.cited:5} cited  {counts.left_over:5} left over"
    )


def _passage(passage: PassageCoverage) -> str:
    by = _ids(passage.cited_by) or passage.reason or "LEFT OVER"
    return _line(_MARKS[passage.status], passage.text, by)


def _finding(finding: Finding) -> str:
    relation = _RELATION[finding.status]
    by = f"{relation} {_ids(finding.rows, len(relation) + 1)}"
    if finding.status == "left-over":
        by = f"LEFT OVER in {finding.passage}"
    return _line(_MARKS[finding.status], finding.text, by)


def _ids(rows: list[Reference], before: int = 0) -> str:
    """The id of the first row and the number of further rows: `some-long-i… +3`.

    Only the id is cut, so that everything fits into the column. `before` is the number of
    characters that the cell already has.
    """
    more = f" +{len(rows) - 1}" if rows[1:] else ""
    return _cut(rows[0].id, _REST - len(more) - before) + more if rows else ""


def _line(mark: str, text: str, by: str) -> str:
    return f"{mark} {_cut(text, _TEXT):{_TEXT}}  {_cut(by, _REST)}".rstrip()


def _cut(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "\N{HORIZONTAL ELLIPSIS}"
