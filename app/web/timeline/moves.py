"""Ways to move over the timeline: closer, further, earlier, later, to where much happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.web.addresses import changed
from app.web.timeline.calendar import Step
from app.web.timeline.drawing import Drawing

_LENGTHS: dict[Step, int] = {"decade": 4, "year": 4, "month": 7, "day": 10}
_FIRST, _LAST = date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Move:
    """A way to another view."""

    name: str
    words: str
    target: str


def to_period(target: str, first: int, last: int, step: Step) -> str:
    """The address with a period of whole units."""
    start, end = (
        date.fromordinal(min(max(day, _FIRST), _LAST)).isoformat()[: _LENGTHS[step]]
        for day in (first, last)
    )
    period = start if start == end else f"{start}/{end}"
    return changed(target, {"date": period, "date_from": None, "date_to": None})


def moves(target: str, drawing: Drawing, *, has_period: bool) -> Iterator[Move]:
    """The moves that make sense from here."""
    scale, step = drawing.scale, drawing.step
    first, last = scale.first, scale.last
    days = last - first + 1
    if has_period:
        yield Move("earlier", "← Earlier", to_period(target, first - days, first - 1, step))
        yield Move("later", "Later →", to_period(target, last + 1, last + days, step))
    if len(scale.units) > 3:
        quarter = len(scale.units) // 4
        inner = scale.units[quarter : len(scale.units) - quarter]
        yield Move("closer", "+ Closer", to_period(target, inner[0].first, inner[-1].last, step))
    if has_period:
        wider = to_period(target, first - days // 2, last + days // 2, step)
        yield Move("further", "− Further", wider)
        everything = {"date": None, "date_from": None, "date_to": None, "date_match": None}
        yield Move("all", "All time", changed(target, everything))


def episodes(target: str, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Runs of units in which something begins, as words and address."""
    run: list[int] = []
    least = min(drawing.scale.widths)
    for place, width in enumerate(drawing.scale.widths):
        if width > least:
            run.append(place)
        if run and (width <= least or place == len(drawing.scale.widths) - 1):
            first, last = drawing.scale.units[run[0]], drawing.scale.units[run[-1]]
            words = first.edtf if first == last else f"{first.edtf}–{last.edtf}"
            yield words, to_period(target, first.first, last.last, drawing.step)
            run = []
