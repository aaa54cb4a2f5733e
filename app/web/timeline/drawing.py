"""The drawing: axis, marks or bars, and the ways to look closer and further."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.edtf.dates import parse_period
from app.web.dates import year_words
from app.web.timeline.calendar import Step, Unit, day_number, step_for, units
from app.web.timeline.marks import LANE, Mark, mark, packed
from app.web.timeline.scale import Scale

WIDTH = 1200.0
MARGIN = 120.0
"""Room behind the last day, for labels, and for what is open to it."""
AXIS = 34.0
FULL = 245.0
"""Height of the highest bar."""
ROOM_FOR_FIGURES = 38.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A unit on the axis."""

    unit: Unit
    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many rows of one sort lie wholly in a unit."""

    unit: Unit
    sort: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows lie wholly in a unit, told above its bars where there is room."""

    count: int
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """What is drawn. Either every row is a mark, or, if they are many, they are counted by bars."""

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
        if min(self.scale.widths) < ROOM_FOR_FIGURES:
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


def of_rows(rows: Sequence[Mapping[str, Any]], period: tuple[int, int] | None) -> Drawing | None:
    """Every dated row as a mark; None if neither the rows nor the query tell a day."""
    dated = [row for row in rows if row["date"]]
    told = period or extent(dated)
    if told is None:
        return None
    first, last = told
    step = step_for(first, last)
    begins = [day for row in dated for day in _begins(row) if first <= day <= last]
    scale = Scale.elastic(list(units(first, last, step)), begins, WIDTH - MARGIN)
    marks = [mark(row, scale, WIDTH) for row in dated]
    lanes = packed(marks, WIDTH)
    return Drawing(scale, step, marks, (), AXIS + max(lanes, 3) * LANE + 8)


def of_counts(counts: Mapping[str, Mapping[str, int]], step: Step) -> Drawing | None:
    """Counts by unit and sort as bars; None if no row lies wholly in one."""
    if not counts:
        return None
    bounds = [next(units(_start_of(edtf), _start_of(edtf), step)) for edtf in counts]
    span = list(units(min(unit.first for unit in bounds), max(unit.last for unit in bounds), step))
    scale = Scale(span, [WIDTH / len(span)] * len(span))
    highest = max(sum(each.values()) for each in counts.values())
    bars = [bar for place in range(len(span)) for bar in _bars(scale, place, counts, highest)]
    return Drawing(scale, step, (), bars, AXIS + FULL + 23)


def extent(rows: Sequence[Mapping[str, Any]]) -> tuple[int, int] | None:
    """The first and the last day that dated rows tell of, if any."""
    days = [
        day_number(row["date"][end])
        for row in rows
        for end in ("earliest", "latest")
        if row["date"][end]
    ]
    return (min(days), max(days)) if days else None


def _begins(row: Mapping[str, Any]) -> Iterator[int]:
    start = row["date"]["earliest"] or row["date"]["latest"]
    if start:
        yield day_number(start)


def _start_of(edtf: str) -> int:
    return day_number(parse_period(edtf).first or "")


def _bars(
    scale: Scale, place: int, counts: Mapping[str, Mapping[str, int]], highest: int
) -> Iterator[Bar]:
    unit, x, width = scale.units[place], scale.starts[place], scale.widths[place]
    y = AXIS + FULL + 15
    for sort, count in sorted(counts.get(unit.edtf, {}).items()):
        height = FULL * count / highest
        y -= height
        yield Bar(unit, sort, count, x + width * 0.06, y, width * 0.88, height)


def _ticks(scale: Scale, step: Step) -> Iterator[Tick]:
    """Every unit; those get a label that have room for one, the widest first."""
    words = [_tick_words(unit, step, is_first=n == 0) for n, unit in enumerate(scale.units)]
    taken: list[tuple[float, float]] = []
    labelled: set[int] = set()
    least, most = min(scale.widths), max(scale.widths)
    for place in sorted(range(len(words)), key=lambda n: (-round(scale.widths[n]), n)):
        if scale.widths[place] == least < most:
            break
        start = scale.starts[place]
        end = start + len(words[place]) * 7.4 + 10
        if end <= WIDTH and all(end <= left or start >= right for left, right in taken):
            taken.append((start, end))
            labelled.add(place)
    for place, unit in enumerate(scale.units):
        label = words[place] if place in labelled else ""
        yield Tick(unit, scale.starts[place], scale.widths[place], label)


def _tick_words(unit: Unit, step: Step, *, is_first: bool) -> str:
    if step == "month" and (is_first or unit.words == "Jan"):
        return f"{unit.words} {year_words(int(unit.edtf[:-3]))}"
    if step == "day" and (is_first or unit.words == "1"):
        return unit.edtf
    return unit.words
