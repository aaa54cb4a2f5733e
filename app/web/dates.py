"""Dates in words, exactly as precise as they are."""

from collections.abc import Mapping
from typing import Any

from app.web import labels

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_PARTS_OF_YEAR = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter",
    "33": "first quarter of", "34": "second quarter of", "35": "third quarter of",
    "36": "fourth quarter of", "40": "first half of", "41": "second half of",
}  # fmt: skip
_BEFORE = {"early": "early ", "mid": "mid-", "late": "late ", "end": "end of "}


def date_words(date: Mapping[str, Any] | None) -> str:
    """`early June 2013`, `by 9 June 2019`, `since 14 July 2020`, `15 March 2019 to 2020`."""
    if date is None:
        return labels.UNDATED
    edtf: str = date["edtf"]
    words = _edtf_words(edtf)
    modifier = date["modifier"]
    if modifier in _BEFORE and "/" not in edtf:
        return f"{_BEFORE[modifier]}{words}"
    if modifier == "as-of" and not edtf.endswith("/.."):
        return f"as of {words}"
    return words


def _edtf_words(edtf: str) -> str:
    if edtf.startswith("["):
        return _one_of(*edtf.strip("[]").partition("..")[::2])
    start, is_interval, end = edtf.partition("/")
    if not is_interval:
        return point_words(start)
    if end == "..":
        return f"since {point_words(start)}"
    if not end:
        return f"from {point_words(start)}, end unknown"
    if start in ("..", ""):
        return f"until {point_words(end)}"
    return f"{point_words(start)} to {point_words(end)}"


def _one_of(start: str, end: str) -> str:
    """One day on or before, on or after, or between."""
    if start and end:
        return f"between {point_words(start)} and {point_words(end)}"
    return f"by {point_words(end)}" if end else f"{point_words(start)} or later"


def point_words(text: str) -> str:
    """`2020-07-14` is `14 July 2020`; `201X` is `2010s`; `2013~` is `about 2013`."""
    plain = text.rstrip("?~%")
    mark = text[len(plain) :]
    words = _plain_words(plain)
    if mark in ("~", "%"):
        words = f"about {words}"
    return f"{words} (uncertain)" if mark in ("?", "%") else words


def _plain_words(text: str) -> str:
    if text.endswith("XX"):
        return f"{text[:-2]}00s (century)"
    if text.endswith("X"):
        return f"{text[:-1]}0s"
    is_before_christ = text.startswith("-")
    year, _, rest = text.removeprefix("-").partition("-")
    month, _, day = rest.partition("-")
    if is_before_christ:
        year = f"{int(year) + 1} BC"
    if month in _PARTS_OF_YEAR:
        return f"{_PARTS_OF_YEAR[month]} {year}"
    if not month:
        return year
    named = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {named}" if day else named


def is_before(day: str, other: str) -> bool:
    """Whether an ISO day is before another; years before Christ have a minus sign."""
    return _year_order(day) < _year_order(other)


def _year_order(day: str) -> tuple[int, str]:
    year, _, rest = day.removeprefix("-").partition("-")
    return (-int(year) if day.startswith("-") else int(year)), rest
