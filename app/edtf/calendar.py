"""Days of the proleptic Gregorian calendar, years -9999 to 9999; year 0000 is 1 BC (ISO 8601).

A day has two text forms:

- ISO 8601 (`2020-07-14`, `-0205-03-01`): in answers, queries and texts.
- Sort key (`2020-07-14`, `/794-03-01`): in columns that databases compare. From year 0000, it is
  equal to the ISO form. Negative years in ISO form sort backwards. So in their sort keys each digit
  of the year is subtracted from 9, and the first digit is replaced by a character before "0".

Years, months, decades (`-020X` is `/79X`) and centuries have the same two forms. The sort keys of
all days have the same length, so a prefix of a day's sort key is its decade, year or month.
"""

from datetime import date
from typing import Final

MIN_DAY: Final = "-9999-01-01"
MAX_DAY: Final = "9999-12-31"

_FIRST_PYTHON_DAY = "0001-01-01"
"""The first day of `datetime.date`, which is used for later days because it is fast. Days with a
minus sign compare as smaller."""

_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
"""The calendar repeats after 400 years, which have 146,097 days."""

_TO_KEY: Final = str.maketrans("0123456789", "9876543210")
_FIRST_TO_KEY: Final = str.maketrans("0123456789", "/.-,+*)('&")
_FIRST_FROM_KEY: Final = str.maketrans("/.-,+*)('&", "0123456789")
_YEAR = 4
"""Length of a year without its sign, in characters."""


def sort_key(text: str) -> str:
    """The sort key of a day, month, year, decade or century in ISO 8601 or EDTF."""
    if text[:1] != "-":
        return text
    year, rest = text[1 : _YEAR + 1], text[_YEAR + 1 :]
    return year[0].translate(_FIRST_TO_KEY) + year[1:].translate(_TO_KEY) + rest


def from_sort_key(key: str) -> str:
    """The text in ISO 8601 or EDTF for a sort key; the inverse of `sort_key`."""
    if key[:1] >= "0":
        return key
    year, rest = key[:_YEAR], key[_YEAR:]
    return "-" + year[0].translate(_FIRST_FROM_KEY) + year[1:].translate(_TO_KEY) + rest


MIN_KEY: Final = sort_key(MIN_DAY)
MAX_KEY: Final = sort_key(MAX_DAY)


def year_text(year: int) -> str:
    """A year in ISO 8601: `0033`, `-0205`."""
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def day_number(day: str) -> int:
    """The number of a day in ISO 8601. 0001-01-01 is 1, as in `datetime.date.toordinal`."""
    if day >= _FIRST_PYTHON_DAY:
        return date.fromisoformat(day).toordinal()
    cycles, year = divmod(int(day[:-6]) - 1, _CYCLE_YEARS)
    return cycles * _CYCLE_DAYS + date(year + 1, int(day[-5:-3]), int(day[-2:])).toordinal()


def day_of(number: int) -> str:
    """The day in ISO 8601 for a number; the inverse of `day_number`."""
    if number >= 1:
        return date.fromordinal(number).isoformat()
    cycles, days = divmod(number - 1, _CYCLE_DAYS)
    day = date.fromordinal(days + 1)
    return f"{year_text(day.year + cycles * _CYCLE_YEARS)}-{day.month:02}-{day.day:02}"


MIN_NUMBER: Final = day_number(MIN_DAY)
MAX_NUMBER: Final = day_number(MAX_DAY)
