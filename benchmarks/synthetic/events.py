"""Generate one event per sentence, with about two and a half participants on average."""

from collections.abc import Iterator
from functools import lru_cache
from random import Random

from app.resources.events import Coding, EventRow, Participant
from app.resources.registry import BY_KIND
from app.resources.rows import Citation, Reference, RowLinks
from app.vocabularies.events import EVENT_TYPES, MODALITIES
from app.vocabularies.plover import CATEGORIES, SCHEME
from benchmarks.synthetic.actors import (
    drawn_actor,
    drawn_medium,
    drawn_place,
    participant,
    reference,
)
from benchmarks.synthetic.articles import SyntheticArticle, SyntheticSentence, event_id, passage_id
from benchmarks.synthetic.dates import date_value
from seeds.dataset_content import LoadedRow

_TYPES = EVENT_TYPES.values
_TYPE_WEIGHTS = [1 / (rank + 3) for rank in range(len(_TYPES))]
_MODALITIES = MODALITIES.values
_MODALITY_WEIGHTS = [16, *[1] * (len(_MODALITIES) - 1)]
_PARTICIPANTS = (1, 2, 3, 4, 5)
_PARTICIPANT_WEIGHTS = (20, 35, 25, 15, 5)
_ROLES = ("source", "target", "party", "recipient", "subject")


def event_rows(article: SyntheticArticle, seed: int, version: str) -> Iterator[LoadedRow]:
    """The events that the sentences of the article describe."""
    random = Random(f"{seed} events {article.number}")
    for sentence in article.sentences:
        row = _event(sentence, random, version)
        citations = (_citation(article, sentence),)
        yield LoadedRow(
            BY_KIND["event"],
            row,
            article.position(sentence.start),
            citations=citations,
            evidence=citations,
            names=(row.name,),
            in_sections=article.around(sentence),
        )


def _event(sentence: SyntheticSentence, random: Random, version: str) -> EventRow:
    id = event_id(sentence.number)
    return EventRow(
        id=id,
        name=sentence.name,
        note=None,
        version=version,
        links=RowLinks(self=f"/v1/events/{id}"),
        type=random.choices(_TYPES, _TYPE_WEIGHTS)[0],
        coding=_coding(random.choice(_CATEGORIES)) if random.random() < 0.8 else None,
        modality=random.choices(_MODALITIES, _MODALITY_WEIGHTS)[0],
        aspect="event" if random.random() < 0.9 else "state",
        negated=random.random() < 0.02,
        summary=sentence.summary,
        date=date_value(sentence.date) if sentence.date else None,
        place=reference(drawn_place(random)) if random.random() < 0.6 else None,
        actors=_participants(random),
        laws=[],
        agreements=[],
        according_to=_reporters(random),
        numbers=[],
        related=[],
    )


def _participants(random: Random) -> list[Participant]:
    """Distinct actors, each in one role."""
    count = random.choices(_PARTICIPANTS, _PARTICIPANT_WEIGHTS)[0]
    found: dict[int, Participant] = {}
    while len(found) < count:
        rank = drawn_actor(random)
        found.setdefault(rank, participant(rank, _ROLES[len(found)]))
    return list(found.values())


def _reporters(random: Random) -> list[Reference]:
    return [reference(drawn_medium(random))] if random.random() < 0.1 else []


_CATEGORIES = tuple(CATEGORIES)


@lru_cache(maxsize=len(_CATEGORIES))
def _coding(category: str) -> Coding:
    coded = CATEGORIES[category]
    return Coding(
        scheme=SCHEME,
        category=category,
        mode=coded.modes[0] if coded.modes else None,
        quad=coded.quad,
        score=coded.score,
        rationale="Made up.",
    )


def _citation(article: SyntheticArticle, sentence: SyntheticSentence) -> Citation:
    exact = sentence.text
    end = sentence.start + len(exact)
    return Citation(
        fields=["name", "type", "modality", "aspect", "negated", "summary", "date", "actors"],
        document=article.id,
        section=sentence.section,
        passage=passage_id(sentence.number),
        start=sentence.start,
        end=end,
        exact=exact,
        prefix=article.text[max(sentence.start - 32, 0) : sentence.start],
        suffix=article.text[end : end + 32],
    )
