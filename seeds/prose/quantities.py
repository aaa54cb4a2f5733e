"""Finds the quantities in English prose: sums, percentages, counts, ranks and durations.

A bare number is a count only where it counts something: a plural noun follows it ("726 regional
operations"), or it is written as numbers of some size are ("1.3 million", "some 300"). Dates,
street numbers, labels ("Article 23") and "one" are none.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from seeds.prose.date_forms import DASH
from seeds.prose.dates import find_dates
from seeds.prose.money import currency
from seeds.prose.number_context import BLANK, approximation, counted, is_label
from seeds.prose.number_words import Numeral, find_numerals, written_out
from seeds.prose.quantity import Kind, Quantity
from seeds.prose.ranks import find_ranks

__all__ = ["Kind", "Quantity", "find_quantities"]

_PERCENT = re.compile(
    rf"(?:[^\S\n]?%|(?:{BLANK}|-)per[^\S\n]?cent(?!\w))|{BLANK}percentage{BLANK}(?P<points>points?)\b"
)
_DURATION = re.compile(
    rf"(?i)(?:(?P<tied>-)|{BLANK}(?:(?:full|whole|consecutive|more|additional|further|calendar"
    rf"|business|working|long){BLANK})?)"
    r"(?P<unit>second|minute|hour|day|week|month|year|decade)(?P<plural>s?)(?!\w)"
)
_LOOSELY = re.compile(rf"{BLANK}or{BLANK}(?:so|more|fewer|less)\b|\+|-(?:odd|plus)\b")
_OF = re.compile(rf"[\"”’']?{BLANK}of(?={BLANK})")
_OF_THE = re.compile(rf"{BLANK}of{BLANK}(?:the|its|their|his|her|our|these|those)(?!\w)")
_ADDRESS = re.compile(
    rf"(?:{BLANK}[A-Z][\w'’.]*){{1,4}}?{BLANK}"
    r"(?:Road|Street|Avenue|Lane|Drive|Square|Boulevard|Way|Place|Terrace|Rd|St|Ave)\b"
)
_CLOCK = re.compile(r"[^\S\n]?(?:[ap]\.?m\b|o['’]clock)")
_RATIO = re.compile(rf"(?i)(?<![\w-])one{BLANK}(?:in|out{BLANK}of){BLANK}(?:every{BLANK})?\Z")
_TIED = re.compile(r"[–−-](?!odd\b|plus\b)\w")
_SHORT_SCALES: Final = {"m": 6, "k": 3}
_TO = re.compile(rf"(?:{DASH}|{BLANK}(?P<word>to|or|and){BLANK})")
_BETWEEN = re.compile(rf"(?i)\bbetween{BLANK}\Z")


def find_quantities(text: str) -> list[Quantity]:
    """All quantities, in order, none overlapping; offsets are code points into `text`."""
    dated = bytearray(len(text))
    for date in find_dates(text):
        dated[date.start : date.end] = b"\1" * (date.end - date.start)
    ranks = [
        Quantity(start, end, text[start:end], "rank", Decimal(value), None, "rank", False)
        for start, end, value in find_ranks(text)
        if not any(dated[start:end])
    ]
    numerals = [each for each in find_numerals(text) if not any(dated[each.start : each.end])]
    return sorted([*ranks, *_read_all(text, numerals)], key=lambda quantity: quantity.start)


def _read_all(text: str, numerals: list[Numeral]) -> Iterator[Quantity]:
    """What the numerals say, from the last to the first, as a range is named at its end."""
    following: tuple[Numeral, Quantity] | None = None
    for index in range(len(numerals) - 1, -1, -1):
        numeral = numerals[index]
        quantity = _read(text, numeral)
        if index and (not quantity or quantity.kind == "count"):
            quantity = _amount_behind(text, numerals[index - 1], numeral) or quantity
        if following:
            quantity = _in_range(text, numeral, quantity, *following)
        following = (numeral, quantity) if quantity else None
        if quantity:
            yield quantity


def _read(text: str, numeral: Numeral) -> Quantity | None:
    return (
        _amount(text, numeral)
        or _percent(text, numeral)
        or _duration(text, numeral)
        or _count(text, numeral)
    )


def _quantity(
    text: str, span: tuple[int, int], kind: Kind, value: Decimal | None, unit: str | None
) -> Quantity:
    """A quantity, with the words of approximation around its span."""
    start, end = span
    loosely = _LOOSELY.match(text, end)
    end = loosely.end() if loosely else end
    about = approximation(text, start)
    if about is not None and not (kind == "duration" and text[about:].lower().startswith("over")):
        start, loosely = about, True
    approximate = bool(loosely) or value is None
    return Quantity(start, end, text[start:end], kind, value, None, unit, approximate)


def _amount(text: str, numeral: Numeral) -> Quantity | None:
    found = currency(text, numeral.start, numeral.end)
    if not found:
        return None
    value, end = numeral.value, found.end
    power = _SHORT_SCALES.get(text[numeral.end : numeral.end + 1], 0)
    if value is not None and power:  # the letter is a whole word: else there were no numeral
        value, end = written_out(str(value), power), numeral.end + 1
    amount = _quantity(text, (found.start, end), "amount", value, "currency")
    return replace(amount, currency=found.code)


def _amount_behind(text: str, previous: Numeral, numeral: Numeral) -> Quantity | None:
    """The "5 billion" of "$3-5 billion", which has its sign before the first number."""
    found = currency(text, previous.start, previous.end)
    if not found or found.start == previous.start:
        return None
    if not _TO.fullmatch(text, previous.end, numeral.start):
        return None
    amount = _quantity(text, (numeral.start, numeral.end), "amount", numeral.value, "currency")
    return replace(amount, currency=found.code)


def _percent(text: str, numeral: Numeral) -> Quantity | None:
    found = _PERCENT.match(text, numeral.end)
    if not found or numeral.value is None:
        return None
    unit = "percentage point" if found["points"] else "percent"
    return _quantity(text, (numeral.start, found.end()), "percent", numeral.value, unit)


def _duration(text: str, numeral: Numeral) -> Quantity | None:
    found = _DURATION.match(text, numeral.end)
    if not found or numeral.value is None or not (found["tied"] or found["plural"]):
        return None
    span = (numeral.start, found.end())
    return _quantity(text, span, "duration", numeral.value, found["unit"].lower())


def _count(text: str, numeral: Numeral) -> Quantity | None:
    if numeral.value == 1 or (is_label(text, numeral.start) and not numeral.scaled):
        return None
    if _RATIO.search(text, max(0, numeral.start - 24), numeral.start):
        return None
    if any(other.match(text, numeral.end) for other in (_CLOCK, _ADDRESS, _TIED)):
        return None
    count = _quantity(text, (numeral.start, numeral.end), "count", numeral.value, None)
    of = (_OF if numeral.value is None else _OF_THE).match(text, count.end)
    noun = counted(text, of.end() if of else count.end)
    if noun:
        return replace(count, unit=text[slice(*noun)])
    large = text[numeral.start].isdigit() and count.approximate
    return count if numeral.scaled or large else None


def _in_range(
    text: str, numeral: Numeral, quantity: Quantity | None, last: Numeral, end: Quantity
) -> Quantity | None:
    """The first number of a range, with what only its last number says: unit and scale."""
    gap = _TO.fullmatch(text, numeral.end, end.start)
    start = quantity.start if quantity else numeral.start
    between = _BETWEEN.search(text, max(0, start - 10), start)
    if not gap or (gap["word"] == "and" and not between and end.kind != "percent"):
        return quantity
    value = numeral.value
    if value is None or end.value is None:
        return quantity
    if numeral.power == 0 and value * 10**last.power <= end.value:
        value = written_out(str(value), last.power)
    if quantity:
        return replace(quantity, value=value, unit=quantity.unit or end.unit)
    first = _quantity(text, (numeral.start, numeral.end), end.kind, value, end.unit)
    return replace(first, currency=end.currency)
