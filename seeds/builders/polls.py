"""Polls: from their entries to their rows."""

from typing import Annotated

from pydantic import Field

from app.resources.polls import Answer, PollRow
from seeds.builders.builder import Builder
from seeds.builders.entry_context import ANY, Dossier
from seeds.builders.quantities import share
from seeds.builders.values import date_value
from seeds.reading.marked import Date, Entry, Id, Marked, Text, Words


class AnswerEntry(Entry):
    answer: Text
    """approve, disapprove, uncertain ..."""
    words: Words
    """The words of the share, within the quotes: "44%"."""


class PollEntry(Marked):
    question: Text
    population: Words
    """Who was asked, in the document's words."""
    about: Id | None = None
    """The actor that was asked about, or another row."""
    pollster: Id | None = None
    report: Words | None = None
    """The report that holds it, in the document's words."""
    date: Date | None = None
    answers: Annotated[tuple[AnswerEntry, ...], Field(min_length=1)]


def build_poll(dossier: Dossier[PollEntry]) -> PollRow:
    """The row of a poll."""
    entry = dossier.entry
    return PollRow(
        **dossier.base(),
        question=entry.question,
        population=dossier.words(entry.population, "population"),
        about=dossier.refer_if(entry.about, "about", kinds=ANY),
        pollster=dossier.refer_if(entry.pollster, "pollster"),
        report=dossier.words_if(entry.report, "report"),
        date=date_value(dossier, entry.date),
        answers=[
            Answer(answer=item.answer, percent=share(dossier, item.words, "answers", index))
            for index, item in enumerate(entry.answers)
        ],
    )


BUILDER = Builder(PollEntry, build_poll)
