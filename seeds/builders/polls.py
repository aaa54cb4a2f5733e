"""Polls: makes their rows from the entries of a reading."""

from typing import Annotated

from pydantic import Field

from app.resources.polls import Answer, PollRow
from seeds.builders.builder import Builder
from seeds.builders.entry_context import ANY, EntryContext
from seeds.builders.quantities import answer_percent
from seeds.builders.values import date_value
from seeds.reading.entry import AnalystNumber, Date, Id, RowEntry, Text, Words


class AnswerEntry(AnalystNumber):
    answer: Text
    """The answer in our own words: "approve", "disapprove"."""
    words: Words
    """The words of the percentage, from the quotes of the entry: "44%"."""


class PollEntry(RowEntry):
    question: Text
    population: Words
    """The people who were asked, in words of the document."""
    about: Id | None = None
    """The id of the actor, or of another row, that the question is about."""
    pollster: Id | None = None
    report: Words | None = None
    """The report that contains the poll, in words of the document."""
    date: Date | None = None
    answers: Annotated[tuple[AnswerEntry, ...], Field(min_length=1)]


def build_poll(entry_context: EntryContext[PollEntry]) -> PollRow:
    """The row of a poll."""
    entry = entry_context.entry
    return PollRow(
        **entry_context.common_fields(),
        question=entry.question,
        population=entry_context.words(entry.population, "population"),
        about=entry_context.refer_if(entry.about, "about", kinds=ANY),
        pollster=entry_context.refer_if(entry.pollster, "pollster"),
        report=entry_context.words_if(entry.report, "report"),
        date=date_value(entry_context, entry.date),
        answers=[
            Answer(
                answer=item.answer,
                percent=answer_percent(entry_context, item, item.words, "answers", index),
            )
            for index, item in enumerate(entry.answers)
        ],
    )


BUILDER = Builder(PollEntry, build_poll)
