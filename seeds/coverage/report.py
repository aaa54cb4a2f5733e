"""Makes the coverage report: for each passage, date, number and quotation, the rows that use it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from app.resources.coverage import (
    Coverage,
    CoverageCounts,
    DocumentCoverage,
    Finding,
    FindingCounts,
    OpenCounts,
    PassageCounts,
    PassageCoverage,
    UnlinkedMention,
)
from seeds.articles import Article
from seeds.builders.entry_context import ArticleContext
from seeds.builders.quote_offsets import CharRange
from seeds.coverage.ledger import BackgroundWords, Ledger, ledger_of
from seeds.dataset_content import LoadedRow


def coverage(
    articles: Iterable[Article],
    rows: Sequence[LoadedRow],
    context: ArticleContext,
    background: Sequence[BackgroundWords],
) -> dict[str, Any]:
    """The coverage report as data for JSON, in the form of the schema `Coverage`."""
    documents = [
        _document(ledger_of(article, rows, context, background), rows, context)
        for article in articles
    ]
    complete = all(document.complete for document in documents)
    return Coverage(complete=complete, documents=documents).model_dump()


def _document(
    ledger: Ledger, rows: Sequence[LoadedRow], context: ArticleContext
) -> DocumentCoverage:
    article = ledger.article
    passages = list(_passages(ledger))
    dates = _findings(ledger, "date", ((item.start, item.end) for item in article.dates))
    numbers = _findings(ledger, "number", ((item.start, item.end) for item in article.quantities))
    quotations = _findings(ledger, "words", ((item.start, item.end) for item in article.quotations))
    open_findings = list(_open(ledger))
    found = Counter(passage.status for passage in passages)
    counts = CoverageCounts(
        passages=PassageCounts(
            cited=found["cited"], background=found["background"], left_over=found["left-over"]
        ),
        dates=_counts(dates),
        numbers=_counts(numbers),
        quotations=_counts(quotations),
        open=OpenCounts(left_over=len(open_findings)),
    )
    findings = [*passages, *dates, *numbers, *quotations, *open_findings]
    return DocumentCoverage(
        document=ledger.references[article.source.id],
        complete=all(item.status != "left-over" for item in findings),
        counts=counts,
        passages=passages,
        dates=dates,
        numbers=numbers,
        quotations=quotations,
        open=open_findings,
        mentions=list(_mentions(ledger, rows, context)),
    )


def _passages(ledger: Ledger) -> Iterator[PassageCoverage]:
    for passage in ledger.article.document.passages:
        span = CharRange(passage.start, passage.end)
        citing_rows = ledger.citing_rows(span)
        reasons = [item.reason for item in ledger.background if item.span.overlaps(span)]
        yield PassageCoverage(
            id=ledger.passages[passage.start],
            text=passage.text,
            status="cited" if citing_rows else "background" if reasons else "left-over",
            cited_by=citing_rows,
            reason=reasons[0] if reasons and not citing_rows else None,
        )


def _findings(
    ledger: Ledger,
    what: Literal["date", "number", "words"],
    spans: Iterable[tuple[int, int]],
) -> list[Finding]:
    return [_finding(ledger, what, CharRange(*span)) for span in spans]


def _open(ledger: Ledger) -> Iterator[Finding]:
    """The open items that no row cites and that no analyst read as a value."""
    for item in ledger.article.open_items:
        span = CharRange(item.start, item.end)
        if not ledger.is_cited(span) and not ledger.rows_with_value(span, item.kind):
            yield _finding(ledger, item.kind, span)


def _finding(ledger: Ledger, what: Literal["date", "number", "words"], span: CharRange) -> Finding:
    rows_with_value = ledger.rows_with_value(span, what)
    passage = ledger.article.document.passage_at(span.start)
    status = "cited" if ledger.is_cited(span) else "left-over"
    if rows_with_value:
        status = "analyst" if ledger.is_by_analyst(span, what) else "value"
    return Finding(
        text=ledger.article.text[span.start : span.end],
        start=span.start,
        end=span.end,
        passage=ledger.passages[passage.start] if passage else None,
        status=status,
        rows=rows_with_value or ledger.citing_rows(span),
    )


def _counts(findings: Iterable[Finding]) -> FindingCounts:
    found = Counter(finding.status for finding in findings)
    return FindingCounts(
        value=found["value"],
        analyst=found["analyst"],
        cited=found["cited"],
        left_over=found["left-over"],
    )


def _mentions(
    ledger: Ledger, rows: Sequence[LoadedRow], context: ArticleContext
) -> Iterator[UnlinkedMention]:
    """Names that are mentioned in a passage without a link to the named row.

    There is a link if the named row, or a row that refers to it, cites the passage.
    """
    about: defaultdict[str, set[str]] = defaultdict(set)
    for item in rows:
        about[item.row.id] = {item.row.id, *_referred(item.row.model_dump(exclude={"citations"}))}
    seen: set[tuple[str, str]] = set()
    for mention in context.mentions.of(ledger.article):
        passage = ledger.article.document.passage_at(mention.start)
        ids = mention.id.split()
        if passage is None or (mention.id, ledger.passages[passage.start]) in seen:
            continue
        seen.add((mention.id, ledger.passages[passage.start]))
        citing_rows = ledger.citing_rows(CharRange(passage.start, passage.end))
        if not any(id in about[citer.id] for citer in citing_rows for id in ids):
            yield UnlinkedMention(
                row=ledger.references[ids[0]],
                text=ledger.article.text[mention.start : mention.end],
                passage=ledger.passages[passage.start],
            )


def _referred(value: Any) -> Iterator[str]:
    """The ids of all references in a row, at any depth."""
    if isinstance(value, dict):
        if "id" in value:
            yield value["id"]
        for item in value.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _referred(item)
    elif isinstance(value, list):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _referred(item)
