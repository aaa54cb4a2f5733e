"""Number values of rows. The reader reads them from the words that an entry points at."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from seeds.builders.entry_context import EntryContext
from seeds.builders.quote_offsets import CharRange
from seeds.faults import shown
from seeds.prose.number_context import approximation
from seeds.prose.open_items import NUMBER_BOUNDS, left_in
from seeds.prose.quantities import LOOSELY, Quantity
from seeds.reading.marked import ByAnalyst

BY_ANALYST = "write the number by hand: `read_by: analyst` and `value:`"
_UNIT_CODES: Final = {
    "currency": "currency", "percent": "percent", "percentage point": "percentage-points",
    "rank": "rank", "times": "times", "hour": "hours", "day": "days", "week": "weeks",
    "month": "months", "year": "years", "m": "metres", "km": "kilometres", "mi": "miles",
    "ft": "feet",
}  # fmt: skip
"""The code of each unit that the reader reads, if the vocabulary of units has one."""
_MEASURES: Final = {
    "metres": "metres", "meters": "metres", "kilometres": "kilometres", "kilometers": "kilometres",
    "miles": "miles", "feet": "feet", "votes": "votes",
}  # fmt: skip
"""The code of each counted unit of measurement."""
_MEASURED: Final = frozenset([*_UNIT_CODES.values(), "share", "multiple"])
"""The units that words settle. An entry cannot give them to a count of things."""
NO_UNIT: Final = "no code of the vocabulary"


class NotRead(Exception):
    """The words do not give exactly one number: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its words. `value` is null if the words give no number."""

    text: str
    value: int | float | None = None
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False


def measured(
    entry_context: EntryContext[Any], entry: ByAnalyst, words: str, unit: str | None, measure: str
) -> Measured:
    """The quantity of a trade figure. If the words have no number, its value is null."""
    path = ("words",)
    fields = ("value", "unit", "currency", "approximate", "text")
    span, quantity = _read(entry_context, entry, words, fields, path)
    text = _text(entry_context, span, words)
    if entry.read_by:
        return Measured(text, _plain(entry.value), unit)
    if quantity is None:
        return Measured(text, unit=unit)
    found = _unit(entry_context, quantity, unit)
    if (found == "rank") != (measure == "rank"):
        cure = "write `measure: rank` for ranks, and for nothing else"
        entry_context.fault(f"{shown(words)} is measured in {found}", cure, "measure")
    return Measured(text, _plain(quantity.value), found, quantity.currency, quantity.approximate)


def counted(
    entry_context: EntryContext[Any],
    entry: ByAnalyst,
    words: str,
    unit: str,
    fields: tuple[str, ...],
    *path: str | int,
) -> Measured:
    """A number of an event in the unit that the entry gives. Words without a number are a fault."""
    span, quantity = _read(entry_context, entry, words, fields, path)
    text = _text(entry_context, span, words)
    if entry.read_by:
        return Measured(text, _plain(entry.value), unit)
    if quantity is None:
        if span is not None:
            cure = f"point at the words of the number, or {BY_ANALYST}"
            entry_context.fault(f"there is no number in {shown(words)}", cure, *path)
        return Measured(text, unit=unit)
    settled = _settled_unit(quantity)
    if unit != settled and (settled or unit in _MEASURED):
        cure = f"write `unit: {settled}`" if settled else "write the unit of the thing counted"
        cure = f"leave the number out, or {BY_ANALYST}" if settled == NO_UNIT else cure
        entry_context.fault(f"the unit {unit!r} is not that of {shown(quantity.text)}", cure, *path)
    return Measured(text, _plain(quantity.value), unit, quantity.currency, quantity.approximate)


def share(
    entry_context: EntryContext[Any], entry: ByAnalyst, words: str, field: str, index: int
) -> int | float:
    """The percentage of an answer; 0 after a fault."""
    path = (field, index, "words")
    span, quantity = _read(entry_context, entry, words, (field,), path)
    if entry.read_by:
        return _plain(entry.value) or 0
    value = _plain(quantity.value) if quantity and quantity.unit == "percent" else None
    if value is None:
        if span is not None:
            cure = f"point at words such as 44%, or {BY_ANALYST}"
            entry_context.fault(f"there is no share in {shown(words)}", cure, *path)
        return 0
    return value


def _read(
    entry_context: EntryContext[Any],
    entry: ByAnalyst,
    words: str,
    fields: tuple[str, ...],
    path: tuple[str | int, ...],
) -> tuple[CharRange | None, Quantity | None]:
    """The range of the words and the quantity in them. The range is null after a fault.

    The quantity is null if the words have no number, or if an analyst read them.
    """
    ranges = entry_context.evidence.places(words, fields[0])
    if not ranges:
        return entry_context.find(words, fields[0], *path), None
    if (entry.read_by is None) != (entry.value is None):
        missing, present = ("read_by", "value") if entry.value is not None else ("value", "read_by")
        message = f"there is `{present}:` without `{missing}:`"
        entry_context.fault(message, f"write both, or remove `{present}:`", *path[:-1], present)
        return None, None
    if entry.read_by:
        return _read_by_analyst(entry_context, words, ranges[0], fields, path)
    try:
        read = [(item, _within(entry_context, item, words)) for item in ranges]
    except NotRead as error:
        entry_context.fault(error.message, error.cure, *path)
        return None, None
    meanings = {
        (item.value, item.kind, item.currency) for _, found in read for item in [found] if item
    }
    if len(meanings) > 1:
        cure = "point at more words, so that one place is meant"
        entry_context.fault(
            f"{shown(words)} stands in the quotes with several meanings", cure, *path
        )
        return None, None
    span, quantity = next(((p, q) for p, q in read if q), read[0])
    entry_context.evidence.prove(span, *fields)
    if quantity:
        entry_context.hold("number", CharRange(quantity.start, quantity.end))
    return span, quantity


def _read_by_analyst(
    entry_context: EntryContext[Any],
    words: str,
    span: CharRange,
    fields: tuple[str, ...],
    path: tuple[str | int, ...],
) -> tuple[CharRange | None, Quantity | None]:
    """The range of the words that an analyst read. It is a fault if the reader can read them."""
    try:
        quantity = _within(entry_context, span, words)
    except NotRead:
        quantity = None
    if quantity and quantity.value is not None:
        message = f"the reader reads {shown(words)} as {quantity.value}"
        entry_context.fault(message, "remove `read_by:` and `value:`", *path[:-1], "read_by")
        return None, None
    entry_context.evidence.prove(span, *fields)
    entry_context.hold("number", span, by_analyst=True)
    return span, None


def _within(entry_context: EntryContext[Any], span: CharRange, words: str) -> Quantity | None:
    """The quantity in the words, or null if they have none.

    Raises `NotRead` if the words have several numbers, a part of a number, or an unread number.
    """
    article = entry_context.article
    found = [
        quantity
        for quantity in article.quantities
        if CharRange(quantity.start, quantity.end).meets(span)
    ]
    if len(found) > 1:
        several = " and ".join(shown(item.text) for item in found)
        raise NotRead(f"{shown(words)} holds {several}", "point at one of them")
    quantity = found[0] if found else None
    if quantity and quantity.unread:
        raise NotRead(f"{shown(quantity.text)} is not read: {quantity.unread}", BY_ANALYST)
    if quantity and quantity.value is None and quantity.share:
        raise NotRead(f"{shown(quantity.text)} is {quantity.share}, no decimal number", BY_ANALYST)
    if quantity and not _is_whole(article.plain, span, quantity):
        raise NotRead(
            f"{shown(words)} is a part of a longer number, {shown(quantity.text)}",
            "point at all of it",
        )
    read = [(quantity.start - span.start, quantity.end - span.start)] if quantity else []
    if quantity and quantity.kind == "count" and quantity.unit:
        read.append((0, len(words)))
        left = left_in(article.plain[quantity.end : span.end], [], NUMBER_BOUNDS)
    else:
        left = left_in(article.plain[span.start : span.end], read, NUMBER_BOUNDS)
    if left:
        raise NotRead(
            f"{shown(left)} in {shown(words)} is not read", f"point at fewer words, or {BY_ANALYST}"
        )
    return quantity


def _is_whole(text: str, span: CharRange, quantity: Quantity) -> bool:
    """Whether the span has the whole number. Words of approximation may stand outside the span."""
    before = text[quantity.start : max(span.start, quantity.start)]
    behind = text[min(span.end, quantity.end) : quantity.end]
    about = not before or approximation(text, max(span.start, quantity.start)) == quantity.start
    return about and (not behind or LOOSELY.fullmatch(behind) is not None)


def _settled_unit(quantity: Quantity) -> str | None:
    """The unit that the words settle; null for a count, whose unit the entry gives.

    `NO_UNIT` if the vocabulary has no such unit ("two fortnights").
    """
    if quantity.kind in ("share", "multiple"):
        return quantity.kind
    if quantity.kind == "count" and quantity.unit != "times":
        words = (quantity.unit or "").lower().split() or [""]
        return _MEASURES.get(words[-1]) if len(words) == 1 else None
    return _UNIT_CODES.get(quantity.unit or "", NO_UNIT)


def _unit(entry_context: EntryContext[Any], quantity: Quantity, unit: str | None) -> str | None:
    """The unit that follows from the words. For a count, the unit that the entry gives."""
    settled = _settled_unit(quantity)
    if settled is None and unit is None:
        entry_context.fault(f"{shown(quantity.text)} is a count of what?", "add `unit:`", "words")
    if settled == NO_UNIT:
        message = f"the vocabulary of units has no code for that of {shown(quantity.text)}"
        entry_context.fault(message, f"leave the number out, or {BY_ANALYST}", "words")
        return unit
    if settled is not None and unit not in (None, settled):
        cure = f"remove it: the words settle the unit, {settled}"
        entry_context.fault(
            f"the unit {unit!r} is not that of {shown(quantity.text)}", cure, "unit"
        )
    return settled or unit


def _text(entry_context: EntryContext[Any], span: CharRange | None, words: str) -> str:
    return words if span is None else entry_context.article.plain[slice(*span)]


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
