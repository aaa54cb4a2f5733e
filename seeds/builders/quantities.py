"""Number values of rows. The reader reads them from the words that an entry points at."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from seeds.builders.entry_context import EntryContext
from seeds.builders.quote_offsets import CharRange
from seeds.faults import quoted
from seeds.prose.number_context import approximation
from seeds.prose.open_items import NUMBER_BOUNDS, left_in
from seeds.prose.quantities import LOOSELY, Quantity
from seeds.reading.entry import AnalystNumber

BY_ANALYST = "write the number by hand: `read_by: analyst` and `value:`"
_UNIT_CODES: Final = {
    "currency": "currency", "percent": "percent", "percentage point": "percentage-points",
    "rank": "rank", "times": "times", "hour": "hours", "day": "days", "week": "weeks",
    "month": "months", "year": "years", "m": "metres", "km": "kilometres", "mi": "miles",
    "ft": "feet",
}  # fmt: skip
"""The code of each unit that the loader reads, if the vocabulary of units has one."""
_MEASURES: Final = {
    "metres": "metres", "meters": "metres", "kilometres": "kilometres", "kilometers": "kilometres",
    "miles": "miles", "feet": "feet", "votes": "votes",
}  # fmt: skip
"""The code of each counted unit of measurement."""
_MEASURED: Final = frozenset([*_UNIT_CODES.values(), "share", "multiple"])
"""The units that words settle. An entry cannot give them to a count of things."""
NO_UNIT: Final = "no code of the vocabulary"


class UnreadableNumber(Exception):
    """The words do not give exactly one number: `message` and `cure`."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message, self.cure = message, cure


@dataclass(frozen=True, slots=True)
class NumberValueParts:
    """A number with its words. `value` is null if the words give no number."""

    text: str
    value: int | float | None = None
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False


def trade_quantity(
    entry_context: EntryContext[Any],
    entry: AnalystNumber,
    words: str,
    unit: str | None,
    measure: str,
) -> NumberValueParts:
    """The quantity of a trade figure. If the words have no number, its value is null."""
    path = ("words",)
    fields = ("value", "unit", "currency", "approximate", "text")
    span, quantity = _read(entry_context, entry, words, fields, path)
    text = _document_words(entry_context, span, words)
    if entry.read_by:
        return NumberValueParts(text, _int_or_float(entry.value), unit)
    if quantity is None:
        return NumberValueParts(text, unit=unit)
    found = _checked_unit(entry_context, quantity, unit)
    if (found == "rank") != (measure == "rank"):
        cure = "write `measure: rank` for ranks, and for nothing else"
        entry_context.fault(f"{quoted(words)} is measured in {found}", cure, "measure")
    return NumberValueParts(
        text, _int_or_float(quantity.value), found, quantity.currency, quantity.approximate
    )


def event_number(
    entry_context: EntryContext[Any],
    entry: AnalystNumber,
    words: str,
    unit: str,
    fields: tuple[str, ...],
    *path: str | int,
) -> NumberValueParts:
    """A number of an event in the unit that the entry gives. Words without a number are a fault."""
    span, quantity = _read(entry_context, entry, words, fields, path)
    text = _document_words(entry_context, span, words)
    if entry.read_by:
        return NumberValueParts(text, _int_or_float(entry.value), unit)
    if quantity is None:
        if span is not None:
            cure = f"write the words of the number, or {BY_ANALYST}"
            entry_context.fault(f"there is no number in {quoted(words)}", cure, *path)
        return NumberValueParts(text, unit=unit)
    implied_unit = _implied_unit(quantity)
    if unit != implied_unit and (implied_unit or unit in _MEASURED):
        cure = f"write `unit: {implied_unit}`" if implied_unit else "write the unit of the things"
        cure = f"leave the number out, or {BY_ANALYST}" if implied_unit == NO_UNIT else cure
        entry_context.fault(
            f"the unit {unit!r} is not that of {quoted(quantity.text)}", cure, *path
        )
    return NumberValueParts(
        text, _int_or_float(quantity.value), unit, quantity.currency, quantity.approximate
    )


def answer_percent(
    entry_context: EntryContext[Any], entry: AnalystNumber, words: str, field: str, index: int
) -> int | float:
    """The percentage of an answer; 0 after a fault."""
    path = (field, index, "words")
    span, quantity = _read(entry_context, entry, words, (field,), path)
    if entry.read_by:
        return _int_or_float(entry.value) or 0
    value = _int_or_float(quantity.value) if quantity and quantity.unit == "percent" else None
    if value is None:
        if span is not None:
            cure = f"write words such as 44%, or {BY_ANALYST}"
            entry_context.fault(f"there is no share in {quoted(words)}", cure, *path)
        return 0
    return value


def _read(
    entry_context: EntryContext[Any],
    entry: AnalystNumber,
    words: str,
    fields: tuple[str, ...],
    path: tuple[str | int, ...],
) -> tuple[CharRange | None, Quantity | None]:
    """The range of the words and the quantity in them. The range is null after a fault.

    The quantity is null if the words have no number, or if an analyst read them.
    """
    ranges = entry_context.evidence.find_spans(words, fields[0])
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
        read = [(item, _quantity_at(entry_context, item, words)) for item in ranges]
    except UnreadableNumber as error:
        entry_context.fault(error.message, error.cure, *path)
        return None, None
    meanings = {
        (item.value, item.kind, item.currency) for _, found in read for item in [found] if item
    }
    if len(meanings) > 1:
        cure = "write more words, so that only one occurrence matches"
        entry_context.fault(
            f"{quoted(words)} occurs several times in the quotes, with different meanings",
            cure,
            *path,
        )
        return None, None
    span, quantity = next(((p, q) for p, q in read if q), read[0])
    entry_context.evidence.prove(span, *fields)
    if quantity:
        entry_context.record_value("number", CharRange(quantity.start, quantity.end))
    return span, quantity


def _read_by_analyst(
    entry_context: EntryContext[Any],
    words: str,
    span: CharRange,
    fields: tuple[str, ...],
    path: tuple[str | int, ...],
) -> tuple[CharRange | None, Quantity | None]:
    """The range of the words that an analyst read. It is a fault if the loader can read them."""
    try:
        quantity = _quantity_at(entry_context, span, words)
    except UnreadableNumber:
        quantity = None
    if quantity and quantity.value is not None:
        message = f"the loader reads {quoted(words)} as {quantity.value}"
        entry_context.fault(message, "remove `read_by:` and `value:`", *path[:-1], "read_by")
        return None, None
    entry_context.evidence.prove(span, *fields)
    entry_context.record_value("number", span, by_analyst=True)
    return span, None


def _quantity_at(entry_context: EntryContext[Any], span: CharRange, words: str) -> Quantity | None:
    """The quantity in the words, or null if they have none.

    Raises `UnreadableNumber` if the words have several numbers, a part of a number, or a
    number that the loader cannot read.
    """
    article = entry_context.article
    found = [
        quantity
        for quantity in article.quantities
        if CharRange(quantity.start, quantity.end).overlaps(span)
    ]
    if len(found) > 1:
        several = " and ".join(quoted(item.text) for item in found)
        message = f"{quoted(words)} has {len(found)} numbers: {several}"
        raise UnreadableNumber(message, "write only one of them")
    quantity = found[0] if found else None
    if quantity and quantity.unread:
        raise UnreadableNumber(
            f"{quoted(quantity.text)} is not read: {quantity.unread}", BY_ANALYST
        )
    if quantity and quantity.value is None and quantity.share:
        raise UnreadableNumber(
            f"{quoted(quantity.text)} is {quantity.share}, no decimal number", BY_ANALYST
        )
    if quantity and not _has_all_of(article.plain, span, quantity):
        raise UnreadableNumber(
            f"{quoted(words)} is a part of a longer number, {quoted(quantity.text)}",
            "write all of it",
        )
    read = [(quantity.start - span.start, quantity.end - span.start)] if quantity else []
    if quantity and quantity.kind == "count" and quantity.unit:
        read.append((0, len(words)))
        unread = left_in(article.plain[quantity.end : span.end], [], NUMBER_BOUNDS)
    else:
        unread = left_in(article.plain[span.start : span.end], read, NUMBER_BOUNDS)
    if unread:
        raise UnreadableNumber(
            f"{quoted(unread)} in {quoted(words)} is not read",
            f"write fewer words, or {BY_ANALYST}",
        )
    return quantity


def _has_all_of(text: str, span: CharRange, quantity: Quantity) -> bool:
    """Whether the span has the whole number. Words of approximation may stand outside the span."""
    before = text[quantity.start : max(span.start, quantity.start)]
    after = text[min(span.end, quantity.end) : quantity.end]
    is_whole_start = (
        not before or approximation(text, max(span.start, quantity.start)) == quantity.start
    )
    return is_whole_start and (not after or LOOSELY.fullmatch(after) is not None)


def _implied_unit(quantity: Quantity) -> str | None:
    """The unit that the words settle; null for a count, whose unit the entry gives.

    `NO_UNIT` if the vocabulary has no such unit ("two fortnights").
    """
    if quantity.kind in ("share", "multiple"):
        return quantity.kind
    if quantity.kind == "count" and quantity.unit != "times":
        words = (quantity.unit or "").lower().split() or [""]
        return _MEASURES.get(words[-1]) if len(words) == 1 else None
    return _UNIT_CODES.get(quantity.unit or "", NO_UNIT)


def _checked_unit(
    entry_context: EntryContext[Any], quantity: Quantity, unit: str | None
) -> str | None:
    """The unit that follows from the words. For a count, the unit that the entry gives."""
    implied_unit = _implied_unit(quantity)
    if implied_unit is None and unit is None:
        entry_context.fault(f"{quoted(quantity.text)} is a count of what?", "add `unit:`", "words")
    if implied_unit == NO_UNIT:
        message = f"the vocabulary of units has no code for that of {quoted(quantity.text)}"
        entry_context.fault(message, f"leave the number out, or {BY_ANALYST}", "words")
        return unit
    if implied_unit is not None and unit not in (None, implied_unit):
        cure = f"remove it: the words settle the unit, {implied_unit}"
        entry_context.fault(
            f"the unit {unit!r} is not that of {quoted(quantity.text)}", cure, "unit"
        )
    return implied_unit or unit


def _document_words(entry_context: EntryContext[Any], span: CharRange | None, words: str) -> str:
    return words if span is None else entry_context.article.plain[slice(*span)]


def _int_or_float(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
