"""Dates in words, exactly as precise as they are."""

from collections.abc import Mapping
from typing import Any

from app.edtf.dates import parse_period
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
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_BEFORE = {"early": "early ", "mid": "mid-", "late": "late ", "end": "end of "}


def date_words(date: Mapping[str, Any] | None) -> str:
    """`early June 2013`, `by 9 June 2019`, `since 14 July 2020`, `15 March 2019 to 2020`."""
    if date is None:
        return labels.UNDATED
    edtf: str = date["edtf"]
    words = period_words(edtf)
    modifier = date["modifier"]
    if modifier in _BEFORE and "/" not in edtf:
        return f"{_BEFORE[modifier]}{words}"
    if modifier == "as-of" and not edtf.endswith(("/..", "/")):
        return f"as of {words}"
    return words


def period_words(edtf: str) -> str:
    """`2019/2020` is `2019 to 2020`; `2020-07-14/..` is `since 14 July 2020`."""
    if edtf.startswith("["):
        return _one_of(*edtf.strip("[]").partition("..")[::2])
    start, is_interval, end = edtf.partition("/")
    if not is_interval:
        return point_words(start)
    if end == "..":
        return f"since {point_words(start)}"
    if start == "..":
        return f"until {point_words(end)}"
    if not end:
        return f"from {point_words(start)}, end unknown"
    if not start:
        return f"until {point_words(end)}, start unknown"
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
        return _century_words(text)
    if text.endswith("X"):
        return decade_words(text)
    sign = text[:1] == "-"
    year, _, rest = text[sign:].partition("-")
    month, _, day = rest.partition("-")
    named = year_words(-int(year) if sign else int(year))
    if month in _PARTS_OF_YEAR:
        return f"{_PARTS_OF_YEAR[month]} {named}"
    if not month:
        return named
    named = f"{MONTHS[int(month) - 1]} {named}"
    return f"{int(day)} {named}" if day else named


def year_words(year: int) -> str:
    """`2020`, `AD 33`, `206 BC`: year 0 is 1 BC (ISO 8601)."""
    if year > 0:
        return str(year) if year >= 1000 else f"AD {year}"
    return f"{1 - year} BC"


def decade_words(text: str) -> str:
    """`201X` is `2010s`; a decade before the year 1000 is named by its first and last year."""
    if text[0] not in "0-":
        return f"{text[:-1]}0s"
    period = parse_period(text)
    first, last = (year_words(int(day[:-6])) for day in (period.first, period.last) if day)
    return f"{first} to {last}"


def _century_words(text: str) -> str:
    """`18XX` is `19th century`, `-02XX` is `3rd century BC`."""
    number = int(text[:-2].removeprefix("-")) + 1
    ending = "th" if number // 10 == 1 else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending} century" + (" BC" if text.startswith("-") else "")
