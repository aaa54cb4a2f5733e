"""Marks: the form of each row on the drawing depends on its date.

An exact day is a dot. A period in which the row certainly applied is a thick bar. A date of which
only the year or month is known is a thin line with ends, like an error bar. An open or approximate
end fades out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.vocabularies.kinds import KINDS
from app.web import labels
from app.web.dates import date_words
from app.web.timeline.calendar import day_number
from app.web.timeline.scale import Scale

Fade = Literal["", "left", "right", "both"]
LANE = 28.0
"""Height of a lane. With the space between lanes, a mark is at least 24 pixels high."""
RADIUS = 5.0
_LETTER = 6.2
"""Average width of a letter of a label, in the font of the pages."""
_GAP = 9.0
_UNKNOWN = 70.0
"""Length of a band whose start is not known."""
_SOFT: Mapping[str, Fade] = {"early": "right", "mid": "both", "late": "left"}


@dataclass
class Mark:
    """A row on the drawing. `solid` is when it certainly held, the band when it possibly did."""

    row: Mapping[str, Any]
    start: float
    end: float
    fade: Fade = ""
    solid: tuple[float, float] | None = None
    is_point: bool = False
    also: Sequence[Mapping[str, Any]] = ()
    """Rows that the same mark stands for, such as the law that an event signs."""
    label_at: float = 0.0
    anchor: Literal["start", "end"] = "start"
    lane: int = field(default=0)
    label: str = ""
    is_inside: bool = False
    """Whether the label lies on the band."""

    @property
    def title(self) -> str:
        """The name of the mark for people who do not see it: kind, status, date, name."""
        row = self.row
        claim = "" if row["modality"] in (None, "occurred") else labels.CLAIMS[row["modality"]]
        text = labels.mark(KINDS.label(row["kind"]), claim, date_words(row["date"]), row["name"])
        names = "; ".join(each["name"] for each in self.also)
        return f"{text} ({labels.SAME_FACT} {names})" if names else text

    @property
    def y(self) -> float:
        """The upper edge of the lane."""
        return self.lane * LANE

    def place_label(self, width: float) -> tuple[float, float]:
        """Put the label inside the band, after the mark or before it, where there is space. Returns
        the extent of both. A name is cut only if there is no space for it."""
        name: str = self.row["name"]
        left = max(self.start, 0.0)
        length = len(name) * _LETTER
        self.label = name
        if not self.is_point and self.end - left - 2 * _GAP > length:
            self.label_at, self.is_inside = left + _GAP, True
            return self.start, self.end
        if self.end + _GAP + length <= width:
            self.label_at = self.end + _GAP
            return self.start, self.label_at + length
        if self.start - _GAP - length >= 0:
            self.label_at, self.anchor = self.start - _GAP, "end"
            return self.label_at - length, self.end
        self.label_at, self.is_inside = left + _GAP, True
        characters = int((width - self.label_at) / _LETTER)
        self.label = name if len(name) <= characters else f"{name[: characters - 1].rstrip()}…"
        return self.start, max(self.end, self.label_at + len(self.label) * _LETTER)


def mark(row: Mapping[str, Any], scale: Scale, edge: float) -> Mark:
    """The mark of a dated row. An open end reaches the edge."""
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
    result = Mark(row, start, end, _fade(date, first, last, scale))
    if certain:
        from_x = start if certain["from"] is None else scale.at(day_number(certain["from"]))
        to_x = end if certain["to"] is None else scale.at(day_number(certain["to"]) + 1)
        if to_x > from_x:
            result.solid = (from_x, to_x)
    return result


def _fade(date: Mapping[str, Any], first: int | None, last: int | None, scale: Scale) -> Fade:
    """Which ends of a band are open, approximate, or outside the drawing."""
    if date["qualifier"]:
        return "both"
    left = first is None or first < scale.first
    right = last is None or last > scale.last
    if left and right:
        return "both"
    if left or right:
        return "left" if left else "right"
    return _SOFT.get(date["modifier"] or "", "")


def pack(marks: Iterable[Mark], width: float) -> int:
    """Put the marks into lanes so that they do not overlap. Returns the number of lanes."""
    ends: list[float] = []
    for each in marks:
        start, end = each.place_label(width)
        free = next(
            (lane for lane, lane_end in enumerate(ends) if lane_end + 6 <= start), len(ends)
        )
        if free == len(ends):
            ends.append(0.0)
        ends[free] = end
        each.lane = free
    return len(ends)
