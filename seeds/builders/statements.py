"""Statements: from their entries to their rows."""

from typing import Annotated

from pydantic import Field

from app.resources.statements import StatementRow
from app.vocabularies.texts import STATEMENT_MODES
from seeds.builders.builder import Builder
from seeds.builders.entry_context import ANY, EntryContext
from seeds.builders.quote_offsets import CharRange
from seeds.builders.values import date_value
from seeds.faults import shown
from seeds.reading.code_fields import coded
from seeds.reading.marked import Date, Id, Marked, Words


class StatementEntry(Marked):
    mode: Annotated[str, coded(STATEMENT_MODES)]
    text: Words
    """The statement in the document's words: of direct speech the quoted words without their outer
    marks; of reported speech the clause that tells it. It must stand in the quotes."""
    speakers: Annotated[tuple[Id, ...], Field(min_length=1)]
    outlet: Id | None = None
    """The medium that the document names as publishing or reporting it."""
    date: Date | None = None
    about: tuple[Id, ...] = ()
    """Rows of any kind that it is about."""
    event: Id | None = None
    """The event that consists in, or contains, this statement."""


def build_statement(entry_context: EntryContext[StatementEntry]) -> StatementRow:
    """The row of a statement; direct speech must stand in quotation marks."""
    entry = entry_context.entry
    text = entry_context.words(entry.text, "text")
    if entry.mode == "direct":
        _refuse_unquoted(entry_context)
    return StatementRow(
        **entry_context.base(),
        speakers=entry_context.refer_all(entry.speakers, "speakers"),
        outlet=entry_context.refer_if(entry.outlet, "outlet"),
        mode=entry.mode,
        date=date_value(entry_context, entry.date),
        text=text,
        about=entry_context.refer_all(entry.about, "about", kinds=ANY),
        event=entry_context.refer_if(entry.event, "event", kinds=("event",)),
    )


def _refuse_unquoted(entry_context: EntryContext[StatementEntry]) -> None:
    places = entry_context.evidence.places(entry_context.entry.text, "text")
    quotations = [
        CharRange(item.inner_start, item.inner_end) for item in entry_context.article.quotations
    ]
    if places and not any(item.holds(places[0]) for item in quotations):
        cure = "leave out the outer marks and what is not quoted, or write `mode: reported`"
        message = f"{shown(entry_context.entry.text)} is not within one quotation"
        entry_context.fault(message, cure, "text")


BUILDER = Builder(StatementEntry, build_statement)
