"""Dates as people write them, for the fields of a form: `July 2020` becomes `2020-07`.

Only forms with one meaning are read. `3/4/2020` stays as it is, so the API refuses it.
"""

import re
from datetime import date, timedelta

from app.edtf.dates import parse_period
from app.web.dates import MONTHS, period_words

_MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
_NAMES = "|".join(
    dict.fromkeys(
        [*(name.casefold() for name in MONTHS), "sept", *(name[:3].casefold() for name in MONTHS)]
    )
)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_FRACTIONS = {
    **{f"q{number}": 32 + number for number in range(1, 5)},
    **{f"{word} quarter": 33 + n for n, word in enumerate(("first", "second", "third", "fourth"))},
    **{f"{word} half": 40 + number for number, word in enumerate(("first", "second"))},
}
"""The codes of quarters and halves of a year (ISO 8601-2)."""
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{_NAMES})\.?"
_YEAR = r"(?P<year>\d{4})"
_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}",
        r"(?:the )?(?P<decade>\d{3})0s",
        rf"{_MONTH} (?:of )?{_YEAR}",
        rf"{_YEAR} {_MONTH}",
        rf"(?:the )?{_DAY} (?:of )?{_MONTH} {_YEAR}",
        rf"{_MONTH} (?:the )?{_DAY} {_YEAR}",
        rf"{_YEAR} {_MONTH} {_DAY}",
        rf"(?:the )?(?P<season>{'|'.join([*_SEASONS, *_FRACTIONS])}) (?:of )?{_YEAR}",
        rf"{_YEAR} (?P<season>q[1-4])",
        r"(?:the )?(?P<century>\d{1,2})(?:st|nd|rd|th) century",
        rf"{_YEAR}-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?",
        rf"(?P<month>\d{{1,2}})/{_YEAR}",
        rf"(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{{1,2}})/{_YEAR}",
        rf"(?P<month>\d{{1,2}})/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",
    )
)
_OPEN_END = re.compile(r"(?:since|from|after the start of) (.+)|(.+?)(?: onwards?| or later|-)")
_OPEN_START = re.compile(r"(?:until|till|up to|to) (.+)|(.+?) or earlier")
_BEFORE_OR_AFTER = re.compile(r"(before|after) (.+)")
_BETWEEN = re.compile(
    r"(?:between )?(.+) and (.+)|(?:from )?(.+?) (?:to|until|till) (.+)|(.+) - (.+)"
)
_IN = re.compile(r"(?:in|during|on) (?=.)")
_YEARS = re.compile(r"(\d{4})-(\d{4}|\d{2})")
_SHORT_START = re.compile(rf"(?P<day>\d{{1,2}})?(?:st|nd|rd|th)? ?(?P<month>{_NAMES})?")


def to_edtf(text: str) -> str:
    """The EDTF form of a date or period; a text that cannot be read is returned unchanged."""
    plain = " ".join(re.sub(r"\s*[–—]\s*", "-", text).casefold().replace(",", " ").split())
    plain = _IN.sub("", plain, count=1) if _IN.match(plain) else plain
    for read in (_point, _years, _between, _open_period, _before_or_after):
        if found := read(plain):
            return found
    return text


def _point(text: str) -> str | None:
    for pattern in _POINTS:
        if match := pattern.fullmatch(text):
            return _edtf(match.groupdict())
    return None


def _edtf(parts: dict[str, str | None]) -> str | None:
    """The parts of a date as EDTF; None if there is no such month."""
    if parts.get("decade"):
        return f"{parts['decade']}X"
    if century := parts.get("century"):
        return f"{int(century) - 1:02}XX" if int(century) else None
    year, month, day = parts["year"], parts.get("month"), parts.get("day")
    if season := parts.get("season"):
        return f"{year}-{_SEASONS.get(season) or _FRACTIONS[season]}"
    if not month:
        return year
    number = int(month) if month.isdigit() else _MONTHS[month[:3]]
    is_season = bool(not day and 21 <= number <= 41)
    if not 1 <= number <= 12 and not is_season:
        return None
    return f"{year}-{number:02}-{int(day):02}" if day else f"{year}-{number:02}"


def _years(text: str) -> str | None:
    """`2019-2020` and `2019-20`."""
    match = _YEARS.fullmatch(text)
    if not match:
        return None
    first, end = match.groups()
    last = f"{first[: 4 - len(end)]}{end}"
    return f"{first}/{last}" if last > first else None


def _between(text: str) -> str | None:
    """`May 2019 to June 2020`, `2019-07 - 2020`, `14-20 July 2020`, `May-July 2020`."""
    match = _BETWEEN.fullmatch(text)
    pair = [each for each in match.groups() if each] if match else text.split("-")
    if len(pair) != 2:
        return None
    last = _point(pair[1])
    first = _point(pair[0]) or (_complete_start(pair[0], last) if last else None)
    return f"{first}/{last}" if first and last else None


def _complete_start(start: str, last: str) -> str | None:
    """The start of a period that leaves out what its end says: `14` of `14-20 July 2020`."""
    match = _SHORT_START.fullmatch(start)
    year, month, day = (*last.split("-"), "", "")[:3]
    if not match or not start:
        return None
    if match["month"] and bool(match["day"]) == bool(day):
        return _edtf({"year": year, "month": match["month"], "day": match["day"]})
    if match["day"] and day and not match["month"]:
        return _edtf({"year": year, "month": month, "day": match["day"]})
    return None


def _open_period(text: str) -> str | None:
    if match := _OPEN_END.fullmatch(text):
        start = _point(match[1] or match[2])
        return f"{start}/.." if start else None
    if match := _OPEN_START.fullmatch(text):
        end = _point(match[1] or match[2])
        return f"../{end}" if end else None
    return None


def _before_or_after(text: str) -> str | None:
    """`before 2019` ends with the day before 2019; `after 2019` starts with the day behind it."""
    match = _BEFORE_OR_AFTER.fullmatch(text)
    point = _point(match[2]) if match else None
    if match is None or point is None:
        return None
    try:
        period = parse_period(point)
        if match[1] == "before":
            return f"../{_neighbour(period.first, -1)}"
        return f"{_neighbour(period.last, 1)}/.."
    except (ValueError, OverflowError):  # no such day, or outside of the years 1 to 9999
        return None


def _neighbour(day: str | None, days: int) -> str:
    return (date.fromisoformat(day or "") + timedelta(days)).isoformat()


def to_words(edtf: str) -> str:
    """A date or period as people write it, if `to_edtf` reads these words back; else unchanged."""
    try:
        words = period_words(edtf)
    except (ValueError, IndexError):
        return edtf
    return words if to_edtf(words) == edtf else edtf
