"""The strip: the whole period on a true scale, so that a year has the same width everywhere. The
height of a bar is the number of items that lie entirely in a year or decade."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request

from app.edtf.calendar import day_number, day_of, year_text
from app.edtf.dates import parse_period
from app.resources.timeline import TIMELINE
from app.web.addresses import API, changed
from app.web.api_client import get_json
from app.web.dates import point_words, year_words

WIDTH, BASE = 100.0, 70.0
"""The width of the strip, in percent of the page, and the height of its base line in pixels."""
_MAX_YEARS = 240
"""The longest period whose bars stand for years. Longer ones have bars for decades."""
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_TICK_WIDTH = 9.0
"""The smallest distance of two years on the axis, in percent."""
_BUSY = 4
"""From this number of items on, a year is a chapter of its own."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or decade in which items lie."""

    edtf: str
    count: int
    x: float
    width: float
    height: float

    @property
    def y(self) -> float:
        return BASE - self.height

    @property
    def words(self) -> str:
        return point_words(self.edtf)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A year, or several years with few items."""

    edtf: str
    text: str
    count: int


@dataclass(frozen=True)
class Strip:
    """The whole period, with bars, years on the axis, chapters, and the chosen part."""

    first: int
    last: int
    bars: Sequence[Bar]
    chapters: Sequence[Chapter]
    window: tuple[float, float] | None = None
    """Start and width of the chosen period."""

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Position and text of the years on the axis."""
        years = self.last - self.first + 1
        step = next((s for s in _TICKS if WIDTH * s / years >= _TICK_WIDTH), _TICKS[-1])
        start = -(-self.first // step) * step
        return [(self.x(year), year_words(year)) for year in range(start, self.last + 1, step)]

    def x(self, year: float) -> float:
        """The position of the start of a year."""
        return WIDTH * (year - self.first) / (self.last - self.first + 1)

    def with_window(self, period: tuple[int, int] | None) -> "Strip":
        """The strip with a period chosen, given by its first and last day."""
        if period is None:
            return self
        start, end = (min(max(self.x(_year(day)), 0), WIDTH) for day in (period[0], period[1] + 1))
        window = (start, max(end - start, 0.3)) if end > start else None
        return Strip(self.first, self.last, self.bars, self.chapters, window)


def _year(day: int) -> float:
    """A day as a year with a fraction, such as 2020.5."""
    year = int(day_of(day)[:-6])
    period = parse_period(year_text(year))
    first, last = day_number(period.first or ""), day_number(period.last or "")
    return year + (day - first) / (last - first + 1)


async def strip(request: Request, query: str) -> Strip | None:
    """The strip of all items that `query`, a query string of the timeline, finds; None if no item
    lies in a year."""
    stats = changed(f"{API}/stats/{TIMELINE.path}?{query}", {"limit": "10000"})
    counts = await _counts(request, stats, "year")
    if not counts:
        return None
    years = {int(edtf): count for edtf, count in counts.items()}
    first, last = min(years), max(years)
    chapters = list(chapters_of(years))
    if last - first >= _MAX_YEARS:
        counts = await _counts(request, stats, "decade")
    return Strip(first, last, list(_bars(counts, first, last)), chapters)


async def _counts(
    request: Request, stats: str, step: Literal["year", "decade"]
) -> Mapping[str, int]:
    groups: list[Any] = (await get_json(request, changed(stats, {"by": f"date:{step}"})))["data"]
    return {
        each["values"][0]["value"]: each["count"] for each in groups if each["values"][0]["value"]
    }


def _bars(counts: Mapping[str, int], first: int, last: int) -> Iterator[Bar]:
    unit = WIDTH / (last - first + 1)
    highest = max(counts.values())
    for edtf, count in counts.items():
        period = parse_period(edtf)
        start, end = int((period.first or "")[:-6]), int((period.last or "")[:-6])
        x, right = (min(max(unit * (y - first), 0.0), WIDTH) for y in (start, end + 1))
        yield Bar(edtf, count, x, right - x, max(3.0, (BASE - 8) * count / highest))


def chapters_of(years: Mapping[int, int]) -> Iterator[Chapter]:
    """Busy years, and runs of other years between them, in order."""
    run: list[int] = []
    for year in sorted(years):
        if years[year] >= _BUSY:
            yield from _run(run, years)
            run = []
            yield _chapter(year, year, years[year])
        else:
            run.append(year)
    yield from _run(run, years)


def _run(run: Sequence[int], years: Mapping[int, int]) -> Iterator[Chapter]:
    if run:
        yield _chapter(run[0], run[-1], sum(years[year] for year in run))


def _chapter(first: int, last: int, count: int) -> Chapter:
    if first == last:
        return Chapter(year_text(first), year_words(first), count)
    words = f"{year_words(first)}–{year_words(last)}"
    return Chapter(f"{year_text(first)}/{year_text(last)}", words, count)
