"""Numbers of rows, read by the reader from the words that an entry points at."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from seeds.builders.entry_context import EntryContext
from seeds.builders.quote_offsets import CharRange
from seeds.faults import shown
from seeds.prose.quantities import Quantity

_SETTLED = {"amount": "currency", "percent": "percent", "rank": "rank"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its words; the value is null where these give none."""

    text: str
    value: int | float | None = None
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False


def measured(
    entry_context: EntryContext[Any], words: str, unit: str | None, measure: str
) -> Measured:
    """The quantity of a trade figure; words without a number give a null value."""
    path = ("words",)
    fields = ("value", "unit", "currency", "approximate", "text")
    span, quantity = _read(entry_context, words, fields, path)
    text = _text(entry_context, span, words)
    if quantity is None:
        return Measured(text, unit=unit)
    found = _unit(entry_context, quantity, unit)
    if (found == "rank") != (measure == "rank"):
        cure = "write `measure: rank` for ranks, and for nothing else"
        entry_context.fault(f"{shown(words)} is measured in {found}", cure, "measure")
    return Measured(text, _plain(quantity.value), found, quantity.currency, quantity.approximate)


def counted(
    entry_context: EntryContext[Any],
    words: str,
    unit: str,
    fields: tuple[str, ...],
    *path: str | int,
) -> Measured:
    """A number of an event, in the unit that the entry gives."""
    span, quantity = _read(entry_context, words, fields, path)
    text = _text(entry_context, span, words)
    if quantity is None:
        if span is not None:
            cure = "point at the words of the number"
            entry_context.fault(f"there is no number in {shown(words)}", cure, *path)
        return Measured(text, unit=unit)
    return Measured(text, _plain(quantity.value), unit, None, quantity.approximate)


def share(entry_context: EntryContext[Any], words: str, field: str, index: int) -> int | float:
    """The percent of an answer."""
    path = (field, index, "words")
    span, quantity = _read(entry_context, words, (field,), path)
    value = _plain(quantity.value) if quantity and quantity.kind == "percent" else None
    if value is None:
        if span is not None:
            entry_context.fault(
                f"there is no share in {shown(words)}", "point at words such as 44%", *path
            )
        return 0
    return value


def _read(
    entry_context: EntryContext[Any],
    words: str,
    fields: tuple[str, ...],
    path: tuple[str | int, ...],
) -> tuple[CharRange | None, Quantity | None]:
    """The place of the words and the one quantity in them; no place if a fault was found."""
    places = entry_context.evidence.places(words, fields[0])
    if not places:
        return entry_context.find(words, fields[0], *path), None
    read = [(place, _within(entry_context, place)) for place in places]
    for _, quantities in read:
        if len(quantities) > 1:
            several = " and ".join(shown(item.text) for item in quantities)
            entry_context.fault(f"{shown(words)} holds {several}", "point at one of them", *path)
            return None, None
    told = {(item.value, item.kind, item.currency) for _, items in read for item in items}
    if len(told) > 1:
        cure = "point at more words, so that one place is meant"
        entry_context.fault(
            f"{shown(words)} stands in the quotes with several meanings", cure, *path
        )
        return None, None
    place, quantities = next(((p, q) for p, q in read if q), read[0])
    entry_context.evidence.prove(place, *fields)
    for quantity in quantities:
        entry_context.hold("number", CharRange(quantity.start, quantity.end))
    return place, quantities[0] if quantities else None


def _within(entry_context: EntryContext[Any], place: CharRange) -> list[Quantity]:
    return [
        quantity
        for quantity in entry_context.article.quantities
        if CharRange(quantity.start, quantity.end).meets(place)
    ]


def _unit(entry_context: EntryContext[Any], quantity: Quantity, unit: str | None) -> str | None:
    """The unit that the words settle; of a count, the one that the entry names."""
    settled = _SETTLED.get(quantity.kind)
    if settled is None and unit is None:
        entry_context.fault(f"{shown(quantity.text)} is a count of what?", "add `unit:`", "words")
    if settled is not None and unit not in (None, settled):
        cure = f"remove it: the words settle the unit, {settled}"
        entry_context.fault(
            f"the unit {unit!r} is not that of {shown(quantity.text)}", cure, "unit"
        )
    return settled or unit


def _text(entry_context: EntryContext[Any], span: CharRange | None, words: str) -> str:
    return words if span is None else entry_context.article.text[slice(*span)]


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
