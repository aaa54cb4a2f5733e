"""Reads a date from the words that an entry points at. A context can supply the year or the day."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from app.edtf.dates import EdtfError, parse_edtf
from seeds.builders.entry_context import EntryContext
from seeds.builders.quote_offsets import CharRange, locate
from seeds.faults import quoted
from seeds.prose.dates import DateMention, find_dates, in_context, year_context
from seeds.prose.open_items import left_in
from seeds.reading.entry import DateWords, Quote

BY_ANALYST = "write the date by hand: `read_by: analyst` and `value:` in EDTF"
_BOUND_BY_EVENT = re.compile(r"(?i)(?:since|until)\s+the\s")
"""Matches a state that begins or ends with a dated event: "since the 1997 handover"."""


class ResolvedDate(NamedTuple):
    """A date: its EDTF, its mention in the text, and the mention that it inherits a part from."""

    edtf: str
    mention: DateMention
    inherited: DateMention | None = None


class UnreadableDate(Exception):
    """The words give no date: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def context_date(entry_context: EntryContext[Any], quote: Quote | None) -> ResolvedDate | None:
    """The date in a context quote, which may stand anywhere in the document. The row cites it.

    Raises `UnreadableDate` unless the quote has exactly one date.
    """
    if quote is None:
        return None
    article = entry_context.article
    span = locate(article, quote)
    whole_dates = [
        index for index, item in enumerate(article.dates) if span.contains(span_of(item))
    ]
    dates_in_quote = find_dates(article.plain[span.start : span.end])
    if len(whole_dates) > 1 or len(dates_in_quote) != 1:
        message = f"{quoted(quote.quote)} has {len(dates_in_quote) or 'no'} dates"
        raise UnreadableDate(message, "quote words with exactly one date")
    entry_context.evidence.prove(span, "date")
    if whole_dates:
        dated = _with_section_year(entry_context, whole_dates[0])
    else:  # The quote is a part of a longer date, such as the month of a day. Use only that part.
        date = dates_in_quote[0]
        found = replace(date, start=date.start + span.start, end=date.end + span.start)
        dated = ResolvedDate(_edtf(found, found, None), found)
    _record_value(entry_context, dated)
    return dated


def date_in_words(
    entry_context: EntryContext[Any], words: str, context: ResolvedDate | None
) -> ResolvedDate:
    """The date in the words of an entry. Raises `UnreadableDate` if there is not exactly one date.

    If the words occur several times in the quotes, every occurrence must give the same date.
    """
    spans = entry_context.evidence.find_spans(words, "date")
    if not spans:
        raise UnreadableDate(*entry_context.not_in_quotes(words))
    read = [(span, _date_at(entry_context, span, words, context)) for span in spans]
    if len({dated.edtf for _, dated in read}) > 1:
        message = f"{quoted(words)} occurs several times in the quotes, with different meanings"
        raise UnreadableDate(message, "write more words, so that only one occurrence matches")
    span, dated = read[0]
    entry_context.evidence.prove(span, "date")
    _record_value(entry_context, dated)
    return dated


def _record_value(entry_context: EntryContext[Any], dated: ResolvedDate) -> None:
    """Cite the words of the date and the words that it inherits from. Record both as values."""
    for mention in dict.fromkeys((dated.mention, dated.inherited or dated.mention)):
        entry_context.evidence.prove(span_of(mention), "date")
        entry_context.record_value("date", span_of(mention))


def _date_at(
    entry_context: EntryContext[Any], span: CharRange, words: str, context: ResolvedDate | None
) -> ResolvedDate:
    """The date in the words at this span. Raises `UnreadableDate` if it is not exactly one date."""
    dates = entry_context.article.dates
    found = [index for index, item in enumerate(dates) if span_of(item).overlaps(span)]
    if not found:
        unread = left_in(words, []) if context else None
        if unread:
            raise UnreadableDate(f"{quoted(unread)} in {quoted(words)} is not read", BY_ANALYST)
        if context is None:
            raise UnreadableDate(
                f"there is no date in {quoted(words)}", "write other words, or add `context:`"
            )
        return context._replace(inherited=context.mention)
    if len(found) > 1:
        several = " and ".join(quoted(dates[index].text) for index in found)
        message = f"{quoted(words)} has {len(found)} dates: {several}"
        raise UnreadableDate(message, "write only one of them")
    mention = dates[found[0]]
    if not span.contains(span_of(mention)) and not _same_date(words, mention):
        raise UnreadableDate(
            f"{quoted(words)} is a part of {quoted(mention.text)}", "write all of it"
        )
    unread = left_in(words, [(mention.start - span.start, mention.end - span.start)])
    if unread and not _BOUND_BY_EVENT.match(words):
        cure = f"write fewer words, or {BY_ANALYST}"
        raise UnreadableDate(f"{quoted(unread)} in {quoted(words)} is not read", cure)
    if mention.unread:
        raise UnreadableDate(f"{quoted(mention.text)} is not read: {mention.unread}", BY_ANALYST)
    if context is None or (mention.first.year is not None and not mention.relative):
        return _with_section_year(entry_context, found[0])
    return ResolvedDate(_edtf(mention, context.mention, context.edtf), mention, context.mention)


def date_by_analyst(
    entry_context: EntryContext[Any], date: DateWords, bounded: Callable[[ResolvedDate], str]
) -> str:
    """The EDTF that an analyst wrote for words that the loader cannot read. The row cites them.

    `bounded` gives the EDTF of a date that the loader reads, with its bound. Raises
    `UnreadableDate` if a field is missing, or if the loader can read the words.
    """
    if date.words is None or date.value is None or date.read_by is None:
        raise UnreadableDate(
            "a date that an analyst read has `words:`, `read_by:` and `value:`", "write all three"
        )
    ranges = entry_context.evidence.find_spans(date.words, "date")
    if not ranges:
        raise UnreadableDate(*entry_context.not_in_quotes(date.words))
    try:
        read = bounded(_date_at(entry_context, ranges[0], date.words, None))
    except (UnreadableDate, EdtfError):
        entry_context.evidence.prove(ranges[0], "date")
        entry_context.record_value("date", ranges[0], by_analyst=True)
        return parse_edtf(date.value).text
    message = f"the loader reads {quoted(date.words)} as {read}"
    raise UnreadableDate(message, "remove `read_by:` and `value:`")


def _with_section_year(entry_context: EntryContext[Any], index: int) -> ResolvedDate:
    """The date at `index` of the article, with its own year or an inherited one.

    The year is inherited from an earlier date in the same section (`year_context`).
    """
    dates, document = entry_context.article.dates, entry_context.article.document
    mention = dates[index]
    if mention.unread:
        raise UnreadableDate(f"{quoted(mention.text)} is not read: {mention.unread}", BY_ANALYST)
    if mention.relative:
        cure = "add `context:` with the words of the date meant"
        raise UnreadableDate(f"{quoted(mention.text)} does not say which date it means", cure)
    if mention.first.year is not None:
        return ResolvedDate(_edtf(mention, mention, None), mention)
    context = year_context(dates, index, document.section_at(mention.start).start)
    if context is None:
        cure = "add `context:` with the words that give the year"
        message = f"no earlier date in the section gives the year of {quoted(mention.text)}"
        raise UnreadableDate(message, cure)
    return ResolvedDate(_edtf(mention, context, None), mention, context)


def _edtf(mention: DateMention, context: DateMention, dated: str | None) -> str:
    try:
        has_year = context.first.year is not None
        return in_context(mention, context if has_year or dated is None else parse_edtf(dated))
    except EdtfError:
        raise
    except ValueError as error:
        raise UnreadableDate(
            str(error), "name a context that is as exact as the date needs"
        ) from None


def _same_date(words: str, mention: DateMention) -> bool:
    """Whether the words are the same date without its modifier: `2006` in `end of 2006`."""
    dates = find_dates(words)
    return len(dates) == 1 and (dates[0].first, dates[0].last) == (mention.first, mention.last)


def inherits(entry_context: EntryContext[Any], dated: ResolvedDate) -> bool:
    """Whether the date inherits its year or day from another sentence."""
    if dated.inherited is None:
        return False
    passage = entry_context.article.document.passage_at(dated.mention.start)
    return passage is None or not CharRange(passage.start, passage.end).contains(
        span_of(dated.inherited)
    )


def span_of(mention: DateMention) -> CharRange:
    """The span of a mention in the document."""
    return CharRange(mention.start, mention.end)
