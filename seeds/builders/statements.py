"""Statements: makes their rows from the entries of a reading."""

import re
from typing import Annotated

from app.resources.statements import StatementRow
from app.vocabularies.texts import STATEMENT_MODES
from seeds.builders.builder import Builder
from seeds.builders.entry_context import ANY, EntryContext
from seeds.builders.quote_offsets import CharRange
from seeds.builders.values import date_value
from seeds.faults import quoted
from seeds.reading.code_fields import coded
from seeds.reading.entry import Date, Id, Ids, RowEntry, Words


class StatementEntry(RowEntry):
    """Words that somebody said or wrote. The entry is under `statements:` of its event or in a
    list."""

    text: Words
    """The statement in words of the document, from the quotes of the entry. For direct speech, the
    words without the outer quotation marks. For reported speech, the clause that reports it."""
    mode: Annotated[str, coded(STATEMENT_MODES)] | None = None
    """By default, `direct` for words in quotation marks, and `reported` for other words."""
    speakers: Ids = ()
    """The ids of the speakers. By default, the sources of the event of the statement."""
    outlet: Id | None = None
    """The id of the medium that published or reported the statement. By default, the speaker, if
    that is a medium."""
    date: Date | None = None
    """The words of the date. By default, the date of the event of the statement."""
    about: Ids = ()
    """The ids of rows of any kind that the statement is about."""
    event: Id | None = None
    """The id of the event that contains this statement."""


def build_statement(entry_context: EntryContext[StatementEntry]) -> StatementRow:
    """The row of a statement. Direct speech must stand in quotation marks."""
    entry = entry_context.entry
    text = entry_context.words(entry.text, "text")
    if entry.mode == "direct" and not _is_quoted(entry_context):
        cure = "leave out the outer marks and what is not quoted, or write `mode: reported`"
        entry_context.fault(f"{quoted(entry.text)} is not within one quotation", cure, "text")
    _refuse_part(entry_context)
    if not entry.speakers:
        cure = "add `speakers:`, or put it into `statements:` of an event with a `source`"
        entry_context.fault("the statement has no speakers", cure)
    return StatementRow(
        **entry_context.common_fields(),
        speakers=entry_context.refer_all(entry.speakers, "speakers"),
        outlet=entry_context.refer_if(_outlet(entry_context), "outlet"),
        mode=entry.mode or ("direct" if _is_quoted(entry_context) else "reported"),
        date=date_value(entry_context, entry.date),
        text=text,
        about=entry_context.refer_all(entry.about, "about", kinds=ANY),
        event=entry_context.refer_if(entry.event, "event", kinds=("event",)),
    )


def _is_quoted(entry_context: EntryContext[StatementEntry]) -> bool:
    """Whether the text lies within one quotation.

    Also true if the text was not found: that is already a fault, and one fault is enough.
    """
    spans = entry_context.evidence.find_spans(entry_context.entry.text, "text")
    quotations = [
        CharRange(item.inner_start, item.inner_end) for item in entry_context.article.quotations
    ]
    return not spans or any(item.contains(spans[0]) for item in quotations)


def _refuse_part(entry_context: EntryContext[StatementEntry]) -> None:
    """Add a fault if the text leaves out words that belong to it.

    Of direct speech, it runs from the beginning of the quotation or of a sentence in it to the end
    of one. Of reported speech, it takes in the adverbs and auxiliary verbs of its first verb.
    """
    entry, article = entry_context.entry, entry_context.article
    spans = entry_context.evidence.find_spans(entry.text, "text")
    if not spans:
        return
    span, line = spans[0], article.one_line
    quotations = [
        CharRange(item.inner_start, item.inner_end)
        for item in article.quotations
        if CharRange(item.inner_start, item.inner_end).contains(span)
    ]
    left = None
    if quotations and not any(_is_whole(line, span, item) for item in quotations):
        left = (
            line[quotations[-1].start : span.start].strip() or line[span.end : quotations[-1].end]
        )
    elif not quotations:
        found = _LEFT_OUT.search(line, max(0, span.start - _WIDEST), span.start)
        left = found[0] if found else None
    if left and left.strip(" .,;:"):
        message = f"the text leaves out {quoted(left.strip())}, which belongs to it"
        entry_context.fault(message, "point at all of the statement", "text")


_WIDEST = 40
_LEFT_OUT = re.compile(
    r"(?:\b(?:not|never|no|has|have|had|will|would|is|are|was|were|been|[a-z]+ly)\s+)+\Z"
)
"""Words before a verb that change what it says."""


def _is_whole(line: str, span: CharRange, quotation: CharRange) -> bool:
    """Whether the words are all of a quotation, or whole sentences of it."""
    before = line[quotation.start : span.start].strip()
    behind = line[span.end : quotation.end].strip(" .,;:!?")
    ends = line[span.end - 1 : span.end + 1]
    return (not before or before[-1] in ".!?") and (not behind or any(c in ".!?" for c in ends))


def _outlet(entry_context: EntryContext[StatementEntry]) -> str | None:
    entry, known = entry_context.entry, entry_context.context.ids.known
    media = [id for id in entry.speakers if id in known and known[id].type == "medium"]
    return entry.outlet or (media[0] if len(media) == len(entry.speakers) == 1 else None)


BUILDER = Builder(StatementEntry, build_statement)
