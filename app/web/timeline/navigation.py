"""Links that move over the timeline: zoom in and out, earlier, later, busy periods."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.edtf.calendar import MAX_NUMBER, MIN_NUMBER
from app.web import labels
from app.web.addresses import changed
from app.web.timeline.calendar import STEPS, Unit, unit_of, units
from app.web.timeline.drawing import Drawing

_MOST_DAYS = 4_000
"""A longer period of odd days has no way to an earlier or later one: its days are too many."""


@dataclass(frozen=True, slots=True)
class Move:
    """A link to another view."""

    name: str
    text: str
    target: str


def to_period(target: str, first: Unit, last: Unit) -> str:
    """The address with a period of whole units."""
    period = first.edtf if first == last else f"{first.edtf}/{last.edtf}"
    return changed(target, {"date": period, "date_from": None, "date_to": None})


def moves(target: str, drawing: Drawing, period: tuple[int, int] | None) -> Iterator[Move]:
    """The moves that are possible from a view. A year is followed by a year, a month by a month."""
    here = whole(*period) if period else []
    if here:
        before, after = _before(here, len(here)), _after(here, len(here))
        yield Move("earlier", labels.EARLIER, to_period(target, before[0], before[-1]))
        yield Move("later", labels.LATER, to_period(target, after[0], after[-1]))
    units = drawing.scale.units
    if len(units) > 3:
        first, last = drawing.scale.busiest((len(units) + 1) // 2)
        yield Move("closer", labels.ZOOM_IN, to_period(target, first, last))
    if here:
        half = (len(here) + 1) // 2
        wider = to_period(target, _before(here, half)[0], _after(here, half)[-1])
        yield Move("further", labels.ZOOM_OUT, wider)
    if period:
        everything = {"date": None, "date_from": None, "date_to": None, "date_match": None}
        yield Move("all", labels.WHOLE_TIME, changed(target, everything))


def whole(first: int, last: int) -> list[Unit]:
    """The largest units that fit a period exactly; days fit any period up to `_MOST_DAYS`."""
    for step in STEPS:
        fits = unit_of(first, step).first == first and unit_of(last, step).last == last
        if fits and (step != "day" or last - first < _MOST_DAYS):
            return list(units(first, last, step))
    return []


def _before(here: list[Unit], count: int) -> list[Unit]:
    """The `count` units before these; fewer at the start of the calendar."""
    found: list[Unit] = []
    day = here[0].first - 1
    while len(found) < count and day >= MIN_NUMBER:
        found.insert(0, unit_of(day, here[0].step))
        day = found[0].first - 1
    return found or here


def _after(here: list[Unit], count: int) -> list[Unit]:
    found: list[Unit] = []
    day = here[-1].last + 1
    while len(found) < count and day <= MAX_NUMBER:
        found.append(unit_of(day, here[0].step))
        day = found[-1].last + 1
    return found or here


def episodes(target: str, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Runs of units in which something begins, as text and address."""
    scale = drawing.scale
    run: list[Unit] = []
    for unit, weight in [*zip(scale.units, scale.weights, strict=True), (None, 0)]:
        if unit and weight:
            run.append(unit)
        elif run:
            text = run[0].edtf if len(run) == 1 else f"{run[0].edtf}–{run[-1].edtf}"
            yield text, to_period(target, run[0], run[-1])
            run = []
