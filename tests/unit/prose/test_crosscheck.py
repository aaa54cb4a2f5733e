"""Dates and quantities compared with other libraries; each difference is explained.

The lists in this module contain all differences to Microsoft's recognizers and datefinder in the
shipped article: other spans or other values. A new difference or a missing one fails the test.
"""

import warnings
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any, NamedTuple

import pytest

from seeds.prose.dates import DateMention, find_dates
from seeds.prose.quantities import Quantity, find_quantities
from tests.unit.prose import ARTICLE


class Read(NamedTuple):
    """The value that a library gives to `ARTICLE[start:end]`. Null values are not compared."""

    start: int
    end: int
    value: str | None

    @property
    def words(self) -> str:
        return ARTICLE[self.start : self.end]


class Differences(NamedTuple):
    """The spans that only one of two libraries finds, and those with two different values."""

    only_theirs: list[str]
    only_ours: list[str]
    otherwise: list[tuple[str, str | None, str, str | None]]


def compared(ours: list[Read], theirs: list[Read]) -> Differences:
    pairs = [(a, b) for a in ours for b in theirs if a.start < b.end and b.start < a.end]
    return Differences(
        [b.words for b in theirs if b not in [pair[1] for pair in pairs]],
        [a.words for a in ours if a not in [pair[0] for pair in pairs]],
        [
            (a.words, a.value, b.words, b.value)
            for a, b in pairs
            if a.value != b.value and a.value is not None and b.value is not None
        ],
    )


def explained(reasons: dict[str, list[str]]) -> list[str]:
    return sorted(words for each in reasons.values() for words in each)


@pytest.fixture(scope="module")
def recognizers() -> dict[str, Any]:
    """Microsoft's models for English. They are from 2019 and cause warnings, which are ignored."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dates: Any = import_module("recognizers_date_time").DateTimeRecognizer("en-us")
        numbers: Any = import_module("recognizers_number").NumberRecognizer("en-us")
        units: Any = import_module("recognizers_number_with_unit").NumberWithUnitRecognizer("en-us")
        return {
            "dates": dates.get_datetime_model(),
            "numbers": numbers.get_number_model(),
            "ordinals": numbers.get_ordinal_model(),
            "percentages": numbers.get_percentage_model(),
            "sums": units.get_currency_model(),
        }


def recognised(model: Any) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The results of a model. It gets one line at a time, because it ignores paragraph breaks."""
    position = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for line in ARTICLE.splitlines(keepends=True):
            for found in model.parse(line):
                yield position + found.start, position + found.end + 1, found.resolution
            position += len(line)


def timex(mention: DateMention) -> str:
    """A date in the notation of the recognizers, which write X for unknown digits."""
    parts = ["XXXX" if mention.year is None else f"{mention.year:04}"]
    parts += [f"{part:02}" for part in (mention.month, mention.day) if part is not None]
    return "-".join(parts)


def test_dates_differ_from_the_recognizers_only_as_explained(recognizers: dict[str, Any]) -> None:
    theirs = [
        Read(start, end, found["values"][0].get("timex"))
        for start, end, found in recognised(recognizers["dates"])
    ]
    ours = [Read(each.start, each.end, timex(each)) for each in find_dates(ARTICLE)]
    found = compared(ours, theirs)
    assert sorted(found.only_theirs) == explained(
        {
            'a rally ("a march to the US Consulate")': ["march"],
            'part of a name ("The South China Morning Post")': ["Morning"],
            "no date, the time of speaking": ["now", "now"],
            "a holiday that is the object of celebrations": ["Independence Day"],
            "a duration, with us a quantity": ["90-day"],
        }
    )
    assert sorted(found.only_ours) == explained(
        {
            "they read no range with a short year": ["2019–20"],
            "they read no anaphor": ["the same day"],
        }
    )
    assert found.otherwise == [
        # They split the month from its year, and find two dates.
        ("early September 2019", "2019-09", "early September", "XXXX-09"),
        ("early September 2019", "2019-09", "2019", "2019"),
    ]


def test_dates_differ_from_datefinder_only_as_explained() -> None:
    extract: Any = import_module("datefinder").extract
    encoded = ARTICLE.encode()
    theirs = [
        Read(
            len(encoded[: found.start].decode()),  # its offsets count bytes of UTF-8
            len(encoded[: found.end].decode()),
            str(found.value.datetime_value.date()),
        )
        for found in extract(ARTICLE)
    ]
    ours = [
        Read(each.start, each.end, each.edtf if each.precision == "day" else None)
        for each in find_dates(ARTICLE)
    ]
    found = compared(ours, theirs)
    assert found.only_theirs == []
    assert sorted(found.only_ours) == explained(
        {
            'it reads a year alone only after "in"': [
                *["Before 1997", "After 1997", "1992", "1997", "2012", "As of 2020", "2019–20"],
                *["2019", "until 2020", "since 1992", "1984", "1992", "end of 2006", "1997"],
            ],
            "it reads a month alone, or a day before one, only with a year": [
                *["early June", "By 9 June"],
            ],
            "it reads no anaphor": ["the same day"],
        }
    )
    assert found.otherwise == []


def measured(quantity: Quantity) -> Read:
    value = None if quantity.value is None else str(quantity.value)
    return Read(quantity.start, quantity.end, value)


def test_numbers_differ_from_the_recognizers_only_as_explained(
    recognizers: dict[str, Any],
) -> None:
    dates = find_dates(ARTICLE)
    theirs = [
        Read(start, end, str(Decimal(found["value"].rstrip("%"))))
        for name in ("numbers", "ordinals", "percentages", "sums")
        for start, end, found in recognised(recognizers[name])
        if not any(each.start < end and start < each.end for each in dates)
    ]
    found = compared([measured(each) for each in find_quantities(ARTICLE)], theirs)
    assert sorted(found.only_theirs) == explained(
        {
            '"one of" counts nothing': ["one", "one", "one"],
            '"One country, two systems" and "one-party" are no counts': ["One", "two", "one"],
            "a street number": ["26"],
            'an ordinal in a name, not a rank ("Second Trump administration")': ["Second"],
            "no ordinal at all": ["current"],
        }
    )
    assert found.only_ours == ["tens of thousands"]  # words without an exact value
    assert found.otherwise == []
