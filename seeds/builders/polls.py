"""Polls: from their entries to their rows."""

from app.resources.polls import Answer, PollRow
from seeds.builders.entry_context import ANY, Dossier
from seeds.builders.quantities import share
from seeds.builders.values import date_value
from seeds.reading.entries import PollEntry


def load_poll(dossier: Dossier[PollEntry]) -> PollRow:
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
