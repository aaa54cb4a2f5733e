"""Generated rows for the tests of formats, rendered like the loader renders them."""

from typing import Any

from hypothesis import strategies as st

from app.formats.format import Feed, Selection
from app.rendering import render
from app.resources.events import Coding, EventRow, NumberValue, Participant
from app.resources.rows import Certain, DateValue, Reference, Relation, RowLinks
from app.vocabularies.events import EVENT_TYPES, ROLES
from app.vocabularies.plover import PLOVER_CATEGORIES, QUADS
from app.vocabularies.relations import RELATIONS
from app.vocabularies.texts import PRECISIONS
from app.vocabularies.trade import UNITS

FEED = Feed("Events", "/v1/events?format=ics&type=order", "0a1b2c", "2026-11-22T10:15:30Z", 2)
EVENTS = Selection(EventRow)

TEXTS = st.text(max_size=120) | st.text("=+-@\t\r\n\"'\\;, a\x85\u2028\u2029\x0b", max_size=12)
"""Any text, and texts with many characters that are special in the formats."""


def date(earliest: str | None, latest: str | None, **other: Any) -> DateValue:
    """A date with these bounds."""
    values: dict[str, Any] = {
        "edtf": "2020", "certain": Certain(from_=earliest, to=latest), "interval": False,
        "precision": PRECISIONS.values[0], "qualifier": None, "modifier": None, "basis": "stated",
        "text": "in 2020",
    }  # fmt: skip
    return DateValue(earliest=earliest, latest=latest, **values | other)


def event(id: str = "a-thing", **other: Any) -> str:
    """An event as JSON."""
    values: dict[str, Any] = {
        "name": "A thing", "note": None, "version": "0", "links": RowLinks(self=f"/v1/events/{id}"),
        "type": EVENT_TYPES.values[0], "coding": None, "modality": "occurred", "aspect": "event",
        "negated": False, "summary": "It happened.", "date": date("2020-07-14", "2020-07-15"),
        "place": None, "actors": [], "laws": [], "agreements": [], "according_to": [],
        "numbers": [], "related": [],
    }  # fmt: skip
    return render(EventRow(id=id, **values | other))


def with_additions(row: str, **additions: str) -> str:
    """A row with further keys, whose values are JSON."""
    return row[:-1] + "".join(f',"{key}":{value}' for key, value in additions.items()) + "}"


def actor(name: str) -> Reference:
    """A reference to an actor."""
    return Reference(kind="actor", id="somebody", name=name)


def participant(name: str) -> Participant:
    """A participant of an event."""
    return Participant(kind="actor", id="somebody", name=name, role=ROLES.values[0])


def number(value: float | None, of: str = "arrests") -> NumberValue:
    """A number of an event."""
    return NumberValue(
        of=of, value=value, unit=UNITS.values[0], currency=None, approximate=True, text="some"
    )


def relation(according_to: Reference | None) -> Relation:
    """A relation of an event."""
    relation = RELATIONS.values[0]
    return Relation(kind="law", id="a-law", name="A law", relation=relation,
                    according_to=according_to)  # fmt: skip


def coding(score: float) -> Coding:
    """An annotation of an event."""
    category, quad = PLOVER_CATEGORIES.values[0], QUADS.values[0]
    return Coding(scheme="PLOVER-0.8", category=category, mode=None, quad=quad, score=score,
                  rationale="So.")  # fmt: skip


def _many(items: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, max_size=3)


ANY_EVENT = st.builds(
    event,
    name=TEXTS,
    note=st.none() | TEXTS,
    summary=TEXTS,
    negated=st.booleans(),
    modality=st.sampled_from(["occurred", "alleged"]),
    coding=st.none() | st.builds(coding, st.floats(-10, 10)),
    date=st.none() | st.builds(date, st.none() | st.just("2020-07-14"), st.just("2020-08-01")),
    place=st.none() | st.builds(actor, TEXTS),
    actors=_many(st.builds(participant, TEXTS)),
    according_to=_many(st.builds(actor, TEXTS)),
    numbers=_many(st.builds(number, st.none() | st.integers() | st.floats(-1e9, 1e9), of=TEXTS)),
    related=_many(st.builds(relation, st.none() | st.builds(actor, TEXTS))),
)
"""Any event as JSON."""
