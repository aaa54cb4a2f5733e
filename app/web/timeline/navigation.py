"""Links that move over the timeline: zoom in and out, earlier, later, busy periods."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.edtf.calendar import MAX_NUMBER, MIN_NUMBER
from app.web import labels
from app.web.addresses import changed
from app.web.timeline.calendar import STEPS, Unit, unit_of, units
from app.web.timeline.drawing import Drawing

_MAX_DAYS = 4_000
"""Longest period of single days that has links to an earlier and a later period."""


@dataclass(frozen=True, slots=True)
class Move:
    """A link to another view."""

    name: str
    text: str
    target: str


def to_period(target: str, first: Unit, last: Unit) -> str:
    """The address with a period of complete units."""
    period = first.edtf if first == last else f"{first.edtf}/{last.edtf}"
    return changed(target, {"date": period, "date_from": None, "date_to": None})


def moves(target: str, drawing: Drawing, period: tuple[int, int] | None) -> Iterator[Move]:
    """The links of a view. After a year comes the next year, after a month the next month."""
    current = exact_units(*period) if period else []
    if current:
        before, after = _before(current, len(current)), _after(current, len(current))
        yield Move("earlier", labels.EARLIER, to_period(target, before[0], before[-1]))
        yield Move("later", labels.LATER, to_period(target, after[0], after[-1]))
    units = drawing.scale.units
    if len(units) > 3:
        first, last = drawing.scale.busiest((len(units) + 1) // 2)
        yield Move("closer", labels.ZOOM_IN, to_period(target, first, last))
    if current:
        half = (len(current) + 1) // 2
        wider = to_period(target, _before(current, half)[0], _after(current, half)[-1])
        yield Move("further", labels.ZOOM_OUT, wider)
    if period:
        everything = {"date": None, "date_from": None, "date_to": None, "date_match": None}
        yield Move("all", labels.WHOLE_TIME, changed(target, everything))


def exact_units(first: int, last: int) -> list[Unit]:
    """The largest units that fit a period exactly; days fit any period up to `_MAX_DAYS`."""
    for step in STEPS:
        fits = unit_of(first, step).first == first and unit_of(last, step).last == last
        if fits and (step != "day" or last - first < _MAX_DAYS):
            return list(units(first, last, step))
    return []


def _before(current: list[Unit], count: int) -> list[Unit]:
    """The `count` units before these; fewer at the start of the calendar."""
    result: list[Unit] = []
    day = current[0].first - 1
    while len(result) < count and day >= MIN_NUMBER:
        result.insert(0, unit_of(day, current[0].step))
        day = result[0].first - 1
    return result or current


def _after(current: list[Unit], count: int) -> list[Unit]:
    result: list[Unit] = []
    day = current[-1].last + 1
    while len(result) < count and day <= MAX_NUMBER:
        result.append(unit_of(day, current[0].step))
        day = result[-1].last + 1
    return result or current


def episodes(target: str, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Links to the busy parts of the timeline: for each run of consecutive units (such as years) in
    which rows begin, its text (`1997–1999`) and its address."""
    scale = drawing.scale
    run: list[Unit] = []
    for unit, weight in [*zip(scale.units, scale.weights, strict=True), (None, 0)]:
        if unit and weight:
            run.append(unit)
        elif run:
            text = run[0].edtf if len(run) == 1 else f"{run[0].edtf}–{run[-1].edtf}"
            yield text, to_period(target, run[0], run[-1])
            run = []
