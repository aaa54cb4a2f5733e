"""The drawing of the timeline: an axis, and marks or bars."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.edtf.dates import parse_period
from app.web.dates import date_words, year_words
from app.web.timeline.calendar import Step, Unit, day_number, step_for, units
from app.web.timeline.marks import LANE, Mark, mark, pack
from app.web.timeline.scale import Scale

WIDTH = 1200.0
MARGIN = 120.0
"""Space after the last day, for labels and open ends."""
AXIS = 34.0
"""Height of the axis."""
BAR_HEIGHT = 245.0
"""Height of the highest bar."""
MIN_TOTAL_WIDTH = 38.0
"""Minimum width of a unit for showing the total above its bars."""
_LETTER = 7.4
"""Average width of a letter on the axis."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A unit on the axis."""

    unit: Unit
    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many rows of one kind lie entirely in a unit."""

    unit: Unit
    kind: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows lie entirely in a unit: the number above its bars."""

    count: int
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """Either a mark for each row or, for many rows, bars that count them."""

    scale: Scale
    step: Step
    marks: Sequence[Mark]
    bars: Sequence[Bar]
    height: float

    @property
    def width(self) -> float:
        return WIDTH

    @property
    def totals(self) -> list[Total]:
        """The sums of the bars, if there is room for figures."""
        if min(self.scale.widths) < MIN_TOTAL_WIDTH:
            return []
        by_unit: dict[Unit, list[Bar]] = {}
        for bar in self.bars:
            by_unit.setdefault(bar.unit, []).append(bar)
        return [
            Total(sum(bar.count for bar in bars), bars[0].x + bars[0].width / 2, bars[-1].y)
            for bars in by_unit.values()
        ]

    @property
    def ticks(self) -> list[Tick]:
        return list(_ticks(self.scale, self.step))


def draw_rows(
    rows: Sequence[Mapping[str, Any]],
    period: tuple[int, int] | None,
    repeated: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> Drawing | None:
    """A mark for each dated row; None if neither the rows nor the query have a day.

    `repeated` are rows that repeat an event, by the id of the event. The mark of the event stands
    for both. Rows that began before the period come last, so that the rows of the period are on
    top.
    """
    also = repeated or {}
    repeated_ids = {row["id"] for each in also.values() for row in each}
    dated = [row for row in rows if row["date"] and row["id"] not in repeated_ids]
    bounds = period or extent(dated)
    if bounds is None:
        return None
    first, last = bounds
    step = step_for(first, last)
    begins = [day for row in dated for day in _start_days(row) if first <= day <= last]
    scale = Scale.elastic(list(units(first, last, step)), begins, WIDTH - MARGIN)
    dated.sort(key=lambda row: any(day < first for day in _start_days(row)))
    marks = [mark(row, scale, WIDTH) for row in dated]
    for each in marks:
        each.also = also.get(each.row["id"], ())
    lanes = pack(marks, WIDTH)
    return Drawing(scale, step, marks, (), AXIS + max(lanes, 3) * LANE + 8)


def draw_counts(counts: Mapping[str, Mapping[str, int]], step: Step) -> Drawing | None:
    """Counts by unit and kind as bars; None if there are none."""
    if not counts:
        return None
    counted = [next(units(_start_of(edtf), _start_of(edtf), step)) for edtf in counts]
    first, last = min(unit.first for unit in counted), max(unit.last for unit in counted)
    span = list(units(first, last, step))
    scale = Scale.even(span, WIDTH)
    highest = max(sum(each.values()) for each in counts.values())
    bars = [bar for index in range(len(span)) for bar in _bars(scale, index, counts, highest)]
    return Drawing(scale, step, (), bars, AXIS + BAR_HEIGHT + 23)


def extent(rows: Sequence[Mapping[str, Any]]) -> tuple[int, int] | None:
    """The first and the last day in the dates of rows; None without dates."""
    days = [
        day_number(row["date"][end])
        for row in rows
        for end in ("earliest", "latest")
        if row["date"][end]
    ]
    return (min(days), max(days)) if days else None


def _start_days(row: Mapping[str, Any]) -> Iterator[int]:
    start = row["date"]["earliest"] or row["date"]["latest"]
    if start:
        yield day_number(start)


def _start_of(edtf: str) -> int:
    return day_number(parse_period(edtf).first or "")


def _bars(
    scale: Scale, index: int, counts: Mapping[str, Mapping[str, int]], highest: int
) -> Iterator[Bar]:
    unit, x, width = scale.units[index], scale.starts[index], scale.widths[index]
    y = AXIS + BAR_HEIGHT + 15
    for kind, count in sorted(counts.get(unit.edtf, {}).items()):
        height = BAR_HEIGHT * count / highest
        y -= height
        yield Bar(unit, kind, count, x + width * 0.06, y, width * 0.88, height)


def _ticks(scale: Scale, step: Step) -> Iterator[Tick]:
    """Every unit. A unit gets a label if there is room: the first one, then the widest, then, from
    left to right, every other one that fits."""
    texts = [_tick_text(unit, step, is_first=n == 0) for n, unit in enumerate(scale.units)]
    occupied: list[tuple[float, float]] = []
    labelled: set[int] = set()
    order = sorted(range(len(texts)), key=lambda n: (n > 0, -round(scale.widths[n]), n))
    for index in order:
        start = scale.starts[index]
        end = start + len(texts[index]) * _LETTER + 10
        if end <= WIDTH and all(end <= left or start >= right for left, right in occupied):
            occupied.append((start, end))
            labelled.add(index)
    for index, unit in enumerate(scale.units):
        label = texts[index] if index in labelled else ""
        yield Tick(unit, scale.starts[index], scale.widths[index], label)


def _tick_text(unit: Unit, step: Step, *, is_first: bool) -> str:
    if step == "month" and (is_first or unit.text == "Jan"):
        return f"{unit.text} {year_words(int(unit.edtf[:-3]))}"
    if step == "day" and (is_first or unit.text == "1"):
        return date_words({"edtf": unit.edtf, "modifier": None})
    return unit.text
