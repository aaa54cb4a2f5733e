"""Dates in words: as exact as they are, and no more."""

from collections.abc import Mapping
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_BEFORE = {"early": "early ", "mid": "mid-", "late": "late ", "end": "end of "}


def date_words(date: Mapping[str, Any] | None) -> str:
    """`early June 2013`, `by 9 June 2019`, `since 14 July 2020`, `15 March 2019 to 2020`."""
    if date is None:
        return "undated"
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
        inner = edtf.strip("[]")
        if inner.startswith(".."):
            return f"by {point_words(inner[2:])}"
        return f"{point_words(inner.removesuffix('..'))} or later"
    start, _, end = edtf.partition("/")
    if not end:
        return point_words(start)
    if end in ("..", ""):
        return f"since {point_words(start)}"
    if start in ("..", ""):
        return f"until {point_words(end)}"
    return f"{point_words(start)} to {point_words(end)}"


def point_words(text: str) -> str:
    """`2020-07-14` is `14 July 2020`; `201X` is `2010s`; `2013~` is `about 2013`."""
    plain = text.rstrip("?~%")
    mark = text[len(plain) :]
    words = _plain_words(plain)
    if mark in ("~", "%"):
        words = f"about {words}"
    return f"{words} (uncertain)" if mark in ("?", "%") else words


def _plain_words(text: str) -> str:
    if text.endswith("X"):
        return f"{text[:-1]}0s"
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if month in _SEASONS:
        return f"{_SEASONS[month]} {year}"
    if not month:
        return year
    named = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {named}" if day else named
