"""Generate dates from 1950 to 2026, with precisions as mixed as in an article."""

from calendar import monthrange
from collections.abc import Callable
from functools import lru_cache
from random import Random

from app.edtf.dates import parse_edtf
from app.resources.rows import Certain, DateValue

FIRST_YEAR = 1950
LAST_YEAR = 2026


def drawn_date(random: Random) -> str | None:
    """A date in EDTF, or None."""
    form = random.choices(_FORMS, cum_weights=_CHANCES)[0]
    return form(random)


@lru_cache(maxsize=1 << 14)
def date_value(edtf: str) -> DateValue:
    """The date of a row whose document states it directly."""
    found = parse_edtf(edtf)
    return DateValue(
        edtf=edtf,
        earliest=found.earliest,
        latest=found.latest,
        certain=Certain(from_=found.certain[0], to=found.certain[1]) if found.certain else None,
        interval=found.interval,
        precision=found.precision,
        qualifier=found.qualifier,
        modifier=None,
        basis="stated",
        text=edtf,
    )


def _year(random: Random) -> str:
    return str(random.randint(FIRST_YEAR, LAST_YEAR))


def _month(random: Random) -> str:
    return f"{_year(random)}-{random.randint(1, 12):02}"


def _day(random: Random) -> str:
    return _day_in(_month(random), random)


def _day_in(month: str, random: Random) -> str:
    return f"{month}-{random.randint(1, monthrange(int(month[:4]), int(month[5:]))[1]):02}"


def _days(random: Random) -> str:
    month = _month(random)
    first, last = sorted((_day_in(month, random), _day_in(month, random)))
    return f"{first}/{last}"


def _years(random: Random) -> str:
    year = random.randint(FIRST_YEAR, LAST_YEAR - 4)
    return f"{year}/{year + random.randint(1, 4)}"


def _decade(random: Random) -> str:
    return f"{_year(random)[:3]}X"


def _season(random: Random) -> str:
    return f"{_year(random)}-{random.randint(21, 24)}"


def _undated(_: Random) -> None:
    return None


_MIX: dict[Callable[[Random], str | None], int] = {
    _day: 600,
    _month: 120,
    _year: 100,
    _days: 40,
    _years: 30,
    lambda random: f"{_day(random)}/..": 15,
    lambda random: f"{_year(random)}/": 5,
    lambda random: f"{_year(random)}~": 25,
    lambda random: f"{_month(random)}?": 15,
    _decade: 10,
    _season: 10,
    lambda random: f"[..{_day(random)}]": 10,
    _undated: 20,
}
"""How many of 1,000 dates have each form."""

_FORMS = tuple(_MIX)
_CHANCES = [sum(list(_MIX.values())[: n + 1]) for n in range(len(_MIX))]
