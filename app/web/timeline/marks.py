"""Marks: each row drawn as what is known of its date. A day is a point, a year a band, an open end
fades out, and what is only about then has soft edges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.web.dates import date_words
from app.web.timeline.calendar import day_number
from app.web.timeline.scale import Scale

Fade = Literal["", "left", "right", "both"]
LANE = 20.0
RADIUS = 4.6
LONGEST_LABEL = 40
_LETTER = 5.9
"""Width of a letter of a label, about; the font comes with the pages."""
_GAP = 9.0
_UNKNOWN = 70.0
"""How far a band is drawn towards an end that is not known."""
_SOFT: Mapping[str, Fade] = {"early": "right", "mid": "both", "late": "left"}


@dataclass
class Mark:
    """A row on the drawing. `solid` is where it surely held, the band where it may have been."""

    row: Mapping[str, Any]
    start: float
    end: float
    fade: Fade = ""
    solid: tuple[float, float] | None = None
    is_point: bool = False
    label_at: float = 0.0
    anchor: Literal["start", "end"] = "start"
    lane: int = field(default=0)

    label: str = ""

    @property
    def title(self) -> str:
        return f"{date_words(self.row['date'])}: {self.row['name']}"

    @property
    def y(self) -> float:
        return self.lane * LANE

    def place_label(self, width: float) -> tuple[float, float]:
        """Put the label beside the mark, or into a band that holds it; the room that both take."""
        name: str = self.row["name"]
        within = self.end - max(self.start, 0.0) - 2 * _GAP
        if not self.is_point and within > min(len(name), LONGEST_LABEL) * _LETTER:
            self.label = _cut(name, int(within / _LETTER))
            self.label_at = self.start + _GAP
            return self.start, self.end
        self.label = _cut(name, LONGEST_LABEL)
        length = len(self.label) * _LETTER
        if self.end + _GAP + length <= width:
            self.label_at = self.end + _GAP
            return self.start, self.label_at + length
        self.label_at, self.anchor = self.start - _GAP, "end"
        return self.label_at - length, self.end


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def mark(row: Mapping[str, Any], scale: Scale, edge: float) -> Mark:
    """The mark of a dated row; what is open reaches the edge."""
    date = row["date"]
    first = day_number(date["earliest"]) if date["earliest"] else None
    last = day_number(date["latest"]) if date["latest"] else None
    certain = date["certain"]
    if first is not None and first == last:
        middle = scale.at(first + 0.5)
        return Mark(row, middle - RADIUS, middle + RADIUS, is_point=True)
    end = edge if last is None else scale.at(last + 1)
    start = max(0.0, end - _UNKNOWN) if first is None else scale.at(first)
    end = max(end, start + 2 * RADIUS)
    found = Mark(row, start, end, _fade(date, first, last, scale))
    if certain:
        since = start if certain["from"] is None else scale.at(day_number(certain["from"]))
        until = end if certain["to"] is None else scale.at(day_number(certain["to"]) + 1)
        if until > since:
            found.solid = (since, until)
    return found


def _fade(date: Mapping[str, Any], first: int | None, last: int | None, scale: Scale) -> Fade:
    """Which ends of a band are not to be taken at their word."""
    if date["qualifier"]:
        return "both"
    left = first is None or first < scale.first
    right = last is None or last > scale.last
    if left and right:
        return "both"
    if left or right:
        return "left" if left else "right"
    return _SOFT.get(date["modifier"] or "", "")


def packed(marks: Iterable[Mark], width: float) -> int:
    """Put the marks into lanes, none over another; how many lanes there are."""
    ends: list[float] = []
    for each in marks:
        start, end = each.place_label(width)
        free = next((lane for lane, taken in enumerate(ends) if taken + 6 <= start), len(ends))
        if free == len(ends):
            ends.append(0.0)
        ends[free] = end
        each.lane = free
    return len(ends)
