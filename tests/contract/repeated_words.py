"""Generated rows and searches in them. The rows repeat few words in names, aliases and texts, and
many have the same position. The expected hits are computed from the definition of the search."""

from collections.abc import Iterator
from random import Random
from typing import Any

from app.resources.resource import Resource
from app.resources.searched_texts import texts_of
from app.search.query import parse_query
from app.sql.fulltext import TIERS
from app.vocabularies.events import EVENT_TYPES
from app.vocabularies.kinds import KINDS
from app.vocabularies.laws import LAW_DATES, LAW_TYPES
from seeds.dataset_content import LoadedRow
from tests.integration.publish.sample_content import date, loaded
from tests.integration.publish.sample_rows import rows
from tests.unit.search.engines import expected

WORDS = ("treaty", "treaties", "tale", "king", "queen", "met", "Hong Kong", "U.S.", "tea")
DATES = (None, "2018", "2019-03", "2019-03-15", "2019/2020", "1997/..")
_LAW = {"type": LAW_TYPES.values[0], "date_of": LAW_DATES.values[0]}


def repeated_word_rows() -> list[LoadedRow]:
    """All generated rows, and the sample rows of every kind."""
    random = Random(4)
    return [*rows(), *_events(random), *_laws(random), *_actors(random)]


def found_by(q: str, among: list[LoadedRow]) -> list[str]:
    """The ids of the rows that have all words, sorted by tier, position, kind and id."""
    query = parse_query(q)
    texts = [texts_of(row.resource, row.row) for row in among]
    tiers: dict[int, int] = {}
    for tier, parts in enumerate(TIERS):
        for number in expected(query, texts, parts):
            tiers.setdefault(number, tier)
    kinds = KINDS.values

    def key(number: int) -> tuple[Any, ...]:
        row = among[number]
        return tiers[number], row.position, kinds.index(row.row.kind), row.row.id

    return [among[number].row.id for number in sorted(tiers, key=key)]


def of_list(resource: Resource, among: list[LoadedRow]) -> list[LoadedRow]:
    """The rows of one list."""
    kinds = resource.kinds or (resource.kind,)
    return [row for row in among if row.row.kind in kinds]


def _words(random: Random, most: int) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, most)))


def _dated(random: Random) -> dict[str, Any]:
    edtf = random.choice(DATES)
    return {"date": date(edtf) if edtf else None, "name": _words(random, 3)}


def _events(random: Random) -> Iterator[LoadedRow]:
    fields: dict[str, Any] = {"modality": "occurred", "aspect": "event", "negated": False}
    for number in range(60):
        type_ = random.choice(EVENT_TYPES.values[:3])
        fields = {
            **_dated(random),
            **fields,
            "type": type_,
            "summary": _words(random, 5),
        }
        yield loaded("event", f"telling-event-{number:02}", number // 9, **fields)


def _laws(random: Random) -> Iterator[LoadedRow]:
    for number in range(30):
        fields = {**_LAW, **_dated(random), "summary": _words(random, 4)}
        yield loaded("law", f"a-telling-law-{number:02}", number // 8,
                     aliases=[_words(random, 2)], **fields)  # fmt: skip


def _actors(random: Random) -> Iterator[LoadedRow]:
    for number in range(20):
        name, aliases = (
            _words(random, 1),
            [_words(random, 2), _words(random, 1)],
        )
        yield loaded("actor", f"telling-actor-{number:02}", number // 7, type="person",
                     name=name, aliases=aliases, description=_words(random, 3))  # fmt: skip
