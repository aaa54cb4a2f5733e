"""Reads a date from the words that an entry points at. A context can supply the year or the day."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from app.edtf.dates import EdtfError, parse_edtf
from seeds.builders.entry_context import EntryContext
from seeds.builders.quote_offsets import CharRange, locate
from seeds.faults import shown
from seeds.prose.dates import DateMention, find_dates, in_context, year_context
from seeds.prose.open_items import left_in
from seeds.reading.marked import DateWords, Quote

BY_ANALYST = "write the date by hand: `read_by: analyst` and `value:` in EDTF"
_DESCRIBED = re.compile(r"(?i)(?:since|until)\s+the\s")
"""Matches a state that begins or ends with a dated event: "since the 1997 handover"."""


class Dated(NamedTuple):
    """A date: its EDTF, its mention in the text, and the mention that it inherits a part from."""

    edtf: str
    mention: DateMention
    inherited: DateMention | None = None


class Unreadable(Exception):
    """The words give no date: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


def date_elsewhere(entry_context: EntryContext[Any], quote: Quote | None) -> Dated | None:
    """The date in a context quote, which may stand anywhere in the document. The row cites it.

    Raises `Unreadable` unless the quote has exactly one date.
    """
    if quote is None:
        return None
    article = entry_context.article
    span = locate(article, quote)
    whole = [index for index, item in enumerate(article.dates) if span.holds(span_of(item))]
    part = find_dates(article.plain[span.start : span.end])
    if len(whole) > 1 or len(part) != 1:
        message = f"{shown(quote.quote)} holds {len(part) or 'no'} dates"
        raise Unreadable(message, "quote words with exactly one date")
    entry_context.evidence.prove(span, "date")
    if whole:
        dated = _in_its_section(entry_context, whole[0])
    else:  # The quote is a part of a longer date, such as the month of a day. Use only that part.
        found = replace(part[0], start=part[0].start + span.start, end=part[0].end + span.start)
        dated = Dated(_edtf(found, found, None), found)
    _hold(entry_context, dated)
    return dated


def date_in_words(entry_context: EntryContext[Any], words: str, context: Dated | None) -> Dated:
    """The date in the words of an entry. Raises `Unreadable` if there is not exactly one date.

    If the words occur several times in the quotes, every occurrence must give the same date.
    """
    places = entry_context.evidence.places(words, "date")
    if not places:
        raise Unreadable(*entry_context.unquoted(words))
    read = [(place, _in(entry_context, place, words, context)) for place in places]
    if len({dated.edtf for _, dated in read}) > 1:
        message = f"{shown(words)} stands in the quotes with several meanings"
        raise Unreadable(message, "point at more words, so that one place is meant")
    place, dated = read[0]
    entry_context.evidence.prove(place, "date")
    _hold(entry_context, dated)
    return dated


def _hold(entry_context: EntryContext[Any], dated: Dated) -> None:
    """Cite the words of the date and the words that it inherits from. Record both as values."""
    for mention in dict.fromkeys((dated.mention, dated.inherited or dated.mention)):
        entry_context.evidence.prove(span_of(mention), "date")
        entry_context.hold("date", span_of(mention))


def _in(
    entry_context: EntryContext[Any], place: CharRange, words: str, context: Dated | None
) -> Dated:
    """The date in the words at this span. Raises `Unreadable` if it is not exactly one date."""
    dates = entry_context.article.dates
    found = [index for index, item in enumerate(dates) if span_of(item).meets(place)]
    if not found:
        left = left_in(words, []) if context else None
        if left:
            raise Unreadable(f"{shown(left)} in {shown(words)} is not read", BY_ANALYST)
        if context is None:
            raise Unreadable(
                f"there is no date in {shown(words)}", "point at other words, or add `context:`"
            )
        return context._replace(inherited=context.mention)
    if len(found) > 1:
        several = " and ".join(shown(dates[index].text) for index in found)
        raise Unreadable(f"{shown(words)} holds {several}", "point at one of them")
    mention = dates[found[0]]
    if not place.holds(span_of(mention)) and not _same_date(words, mention):
        raise Unreadable(f"{shown(words)} is a part of {shown(mention.text)}", "point at all of it")
    left = left_in(words, [(mention.start - place.start, mention.end - place.start)])
    if left and not _DESCRIBED.match(words):
        cure = f"point at fewer words, or {BY_ANALYST}"
        raise Unreadable(f"{shown(left)} in {shown(words)} is not read", cure)
    if mention.unread:
        raise Unreadable(f"{shown(mention.text)} is not read: {mention.unread}", BY_ANALYST)
    if context is None or (mention.first.year is not None and not mention.relative):
        return _in_its_section(entry_context, found[0])
    return Dated(_edtf(mention, context.mention, context.edtf), mention, context.mention)


def date_by_analyst(
    entry_context: EntryContext[Any], date: DateWords, bounded: Callable[[Dated], str]
) -> str:
    """The EDTF that an analyst wrote for words that the reader cannot read. The row cites them.

    `bounded` gives the EDTF of a date that the reader reads, with its bound. Raises `Unreadable` if
    a field is missing, or if the reader can read the words.
    """
    if date.words is None or date.value is None or date.read_by is None:
        raise Unreadable(
            "a date that an analyst read has `words:`, `read_by:` and `value:`", "write all three"
        )
    ranges = entry_context.evidence.places(date.words, "date")
    if not ranges:
        raise Unreadable(*entry_context.unquoted(date.words))
    try:
        read = bounded(_in(entry_context, ranges[0], date.words, None))
    except (Unreadable, EdtfError):
        entry_context.evidence.prove(ranges[0], "date")
        entry_context.hold("date", ranges[0], by_analyst=True)
        return parse_edtf(date.value).text
    message = f"the reader reads {shown(date.words)} as {read}"
    raise Unreadable(message, "remove `read_by:` and `value:`")


def _in_its_section(entry_context: EntryContext[Any], index: int) -> Dated:
    """The date at `index` of the article, with its own year or an inherited one.

    The year is inherited from an earlier date in the same section (`year_context`).
    """
    dates, document = entry_context.article.dates, entry_context.article.document
    mention = dates[index]
    if mention.unread:
        raise Unreadable(f"{shown(mention.text)} is not read: {mention.unread}", BY_ANALYST)
    if mention.relative:
        cure = "add `context:` with the words of the date meant"
        raise Unreadable(f"{shown(mention.text)} does not say which date it means", cure)
    if mention.first.year is not None:
        return Dated(_edtf(mention, mention, None), mention)
    context = year_context(dates, index, document.section_at(mention.start).start)
    if context is None:
        cure = "add `context:` with the words that give the year"
        message = (
            f"no year stands before {shown(mention.text)} in its section that is surely its own"
        )
        raise Unreadable(message, cure)
    return Dated(_edtf(mention, context, None), mention, context)


def _edtf(mention: DateMention, context: DateMention, dated: str | None) -> str:
    try:
        whole = context.first.year is not None
        return in_context(mention, context if whole or dated is None else parse_edtf(dated))
    except EdtfError:
        raise
    except ValueError as error:
        raise Unreadable(str(error), "name a context that is as exact as the date needs") from None


def _same_date(words: str, mention: DateMention) -> bool:
    """Whether the words are the same date without its modifier: `2006` in `end of 2006`."""
    alone = find_dates(words)
    return len(alone) == 1 and (alone[0].first, alone[0].last) == (mention.first, mention.last)


def inherits(entry_context: EntryContext[Any], dated: Dated) -> bool:
    """Whether the date inherits its year or day from another sentence."""
    if dated.inherited is None:
        return False
    passage = entry_context.article.document.passage_at(dated.mention.start)
    return passage is None or not CharRange(passage.start, passage.end).holds(
        span_of(dated.inherited)
    )


def span_of(mention: DateMention) -> CharRange:
    """The span of a mention in the document."""
    return CharRange(mention.start, mention.end)
