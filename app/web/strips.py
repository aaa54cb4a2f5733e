"""Strips: events as dots on a line from the first to the last year."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.web import labels
from app.web.ties import class_of

STRIP_WIDTH, STRIP_HEIGHT, EDGE = 240, 20, 12
_SHIFTS = {"cooperation": -4.0, "none": 0.0, "conflict": 4.0}
"""Dots of one year stand beside each other."""


@dataclass(frozen=True, slots=True)
class Dot:
    """The events of one year and one class on the strip of a tie."""

    x: float
    radius: float
    kind: str
    text: str


def year_of(row: Mapping[str, Any]) -> int | None:
    """The year in which an event began, if its date says one."""
    day = row["date"] and row["date"]["earliest"]
    return int(day[:-6]) if day else None


def span(rows: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """The first and the last year in which one of these events began; 0 and 0 if none is dated."""
    years = [year for row in rows if (year := year_of(row)) is not None]
    return (min(years), max(years)) if years else (0, 0)


def dots(rows: Sequence[Mapping[str, Any]], first: int, last: int) -> Iterator[Dot]:
    """The dots of these events on a strip from the first to the last year."""
    names: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        if (year := year_of(row)) is not None:
            names.setdefault((year, class_of(row)), []).append(row["name"])
    for (year, kind), each in sorted(names.items()):
        share = (year - first) / (last - first) if last > first else 0.5
        x = EDGE + share * (STRIP_WIDTH - 2 * EDGE) + _SHIFTS[kind]
        radius = min(3 + 1.6 * math.sqrt(len(each)), STRIP_HEIGHT / 2)
        yield Dot(round(x, 1), round(radius, 1), kind, labels.dot(year, kind, each))
