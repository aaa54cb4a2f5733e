"""Polls: makes their rows from the entries of a reading."""

from typing import Annotated

from pydantic import Field

from app.resources.polls import Answer, PollRow
from seeds.builders.builder import Builder
from seeds.builders.entry_context import ANY, EntryContext
from seeds.builders.quantities import share
from seeds.builders.values import date_value
from seeds.reading.marked import ByAnalyst, Date, Id, Marked, Text, Words


class AnswerEntry(ByAnalyst):
    answer: Text
    """approve, disapprove, uncertain ..."""
    words: Words
    """The words of the share, within the quotes: "44%"."""


class PollEntry(Marked):
    question: Text
    population: Words
    """The people in the poll, in the document's words."""
    about: Id | None = None
    """The actor, or another row, that the question is about."""
    pollster: Id | None = None
    report: Words | None = None
    """The report with the poll, in the document's words."""
    date: Date | None = None
    answers: Annotated[tuple[AnswerEntry, ...], Field(min_length=1)]


def build_poll(entry_context: EntryContext[PollEntry]) -> PollRow:
    """The row of a poll."""
    entry = entry_context.entry
    return PollRow(
        **entry_context.base(),
        question=entry.question,
        population=entry_context.words(entry.population, "population"),
        about=entry_context.refer_if(entry.about, "about", kinds=ANY),
        pollster=entry_context.refer_if(entry.pollster, "pollster"),
        report=entry_context.words_if(entry.report, "report"),
        date=date_value(entry_context, entry.date),
        answers=[
            Answer(
                answer=item.answer, percent=share(entry_context, item, item.words, "answers", index)
            )
            for index, item in enumerate(entry.answers)
        ],
    )


BUILDER = Builder(PollEntry, build_poll)
