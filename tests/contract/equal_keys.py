"""Generated rows with equal sort keys or without any, and with every form of date."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any

from app.vocabularies.events import EVENT_TYPES
from app.vocabularies.laws import LAW_DATES, LAW_STEPS, LAW_TYPES
from app.vocabularies.trade import FLOWS, INDICATORS, MEASURES, SCOPES, UNITS
from seeds.dataset_content import LoadedRow
from tests.integration.publish.sample_content import date, loaded, ref
from tests.integration.publish.sample_rows import rows

DATES = (
    None, "2019", "2019", "2019-03", "2019-03-15", "2019-03-15", "2019-03-15/2020", "2018~", "201X",
    "[..2019-06-09]", "[2019-06-09..]", "1997-07-01/", "1997-07/", "1997-07-01/..", "../2019-05",
    "/2019-05", "2019-22", "2019?", "2019-03/2019-05", None, "2019-03-15%", "199X/..",
    "/2019-05-31", "18XX", "18XX~", "2019-33", "2019-41", "[2019-03..2019-05-31]", "-0205",
    "-0044-03-15", "-0044-03-15", "-020X", "-0205-22", "-0205/..", "-0205/", "../-0100", "0000",
    "-0044/0014-08", "0014-08-19", "-02XX?", "2019/",
)  # fmt: skip
NAMES = ("Same", "same", "Other", "Sámé")
VALUES = (None, 5, 5, 7.5, -3, None, 5)
COUNTRIES = (None, "HKG", "USA", None, "HKG")
PARTS: tuple[tuple[str, ...], ...] = ((), ("alice",), ("bob", "alice", "bob"), ("bob", "bob"))
"""Generated participants of events. An actor can appear twice in one event."""


def equal_key_rows() -> list[LoadedRow]:
    """All generated rows, and the sample rows of every kind."""
    return [*rows(), *_events(), *_figures(), *_actors(), *_laws()]


def _dated(place: int) -> dict[str, Any]:
    edtf = DATES[place % len(DATES)]
    return {"date": date(edtf) if edtf else None, "name": NAMES[place % len(NAMES)]}


def _events() -> Iterator[LoadedRow]:
    told: dict[str, Any] = {"modality": "occurred", "aspect": "event", "summary": "A tale."}
    types = cycle(EVENT_TYPES.values[:2])
    for place, type in enumerate(islice(types, 2 * len(DATES))):
        fields = {**_dated(place), **told, "type": type, "negated": False}
        fields["actors"] = list(_participants(PARTS[place % len(PARTS)]))
        yield loaded("event", f"event-{place:02}", 9 + place % 2, **fields)


def _participants(ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    for id, role in zip(ids, ("source", "target", "subject"), strict=False):
        yield {**ref("actor", id).model_dump(), "role": role}


def _figures() -> Iterator[LoadedRow]:
    for place in range(30):
        fields = {**_dated(place * 5), "value": VALUES[place % len(VALUES)], "approximate": False}
        codes = {
            "indicator": INDICATORS.values[place % 2], "measure": MEASURES.values[0],
            "flow": FLOWS.values[0], "scope": SCOPES.values[0], "unit": UNITS.values[place % 3],
            "text": "tea", "reporter": ref("actor", "alice"),
        }  # fmt: skip
        yield loaded("trade-figure", f"figure-{place:02}", 20, **fields, **codes)


def _actors() -> Iterator[LoadedRow]:
    for place in range(20):
        name, country = NAMES[place % 3], COUNTRIES[place % len(COUNTRIES)]
        yield loaded("actor", f"actor-{place:02}", 9, type="person", name=name, country=country)


def _laws() -> Iterator[LoadedRow]:
    for place in range(len(DATES)):
        codes = {
            "type": LAW_TYPES.values[place % 2], "date_of": LAW_DATES.values[0], "summary": "Law.",
            "status": (None, *LAW_STEPS.values[:2])[place % 3],
        }  # fmt: skip
        yield loaded("law", f"law-{place:02}", 12, **_dated(place), **codes)
