"""Date values of rows. The reader reads them from the words that an entry points at."""

import re
from dataclasses import replace
from typing import Any

from app.edtf.calendar import MAX_NUMBER, MIN_NUMBER, day_number, day_of
from app.edtf.dates import EdtfError, parse_edtf
from app.resources.rows import Certain, DateValue
from seeds.builders.dating import (
    BY_ANALYST,
    ResolvedDate,
    UnreadableDate,
    context_date,
    date_by_analyst,
    date_in_words,
    inherits,
)
from seeds.builders.entry_context import EntryContext
from seeds.builders.quote_offsets import QuoteNotFound
from seeds.faults import quoted
from seeds.prose.dates import between, closed, interval, opened
from seeds.reading.entry import DateWords

_BOUND = re.compile(r"(since|until)(?=\s)", re.IGNORECASE)


def date_of_stage(
    entry_context: EntryContext[Any], date: DateWords | None, stage: str | None
) -> DateValue | None:
    """The date of a law or agreement. It is the date of one stage, so both must be given."""
    if (date is None) != (stage is None):
        missing, present = ("date", "date_of") if date is None else ("date_of", "date")
        cure = f"add `{missing}:`, or remove `{present}:`"
        entry_context.fault(f"there is `{present}:` without `{missing}:`", cure, present)
    return date_value(entry_context, date)


def date_value(
    entry_context: EntryContext[Any], date: DateWords | None, *, is_state: bool = False
) -> DateValue | None:
    """The date of a row, or null after a fault.

    If `opens` is true, the row is a state: "as of" and "since" then start an open period.
    """
    if date is None:
        return None
    try:
        return _read(entry_context, date, is_state)
    except (UnreadableDate, QuoteNotFound) as error:
        if entry_context.evidence.complete:
            entry_context.fault(error.message, error.cure, "date")
    except EdtfError as error:
        entry_context.fault(
            f"an impossible date: {error.message}", "correct it or leave it out", "date"
        )
    return None


def _read(entry_context: EntryContext[Any], date: DateWords, is_state: bool) -> DateValue:
    if date.read_by or date.value:
        return _value(
            date_by_analyst(entry_context, date), None, date.basis or "stated", date.words or ""
        )
    context = context_date(entry_context, date.context)
    after = context_date(entry_context, date.after)
    match (date.words, date.start, date.end):
        case (None, str(start), str(end)):
            return _read_interval(entry_context, date, start, end, context)
        case (_, None, None):
            value = _read_words(entry_context, date, context, is_state)
            return value if after is None else _not_before(value, after)
        case _:
            raise UnreadableDate(
                "a date needs either `words:`, or `start:` and `end:`", "write one of the two forms"
            )


def _read_interval(
    entry_context: EntryContext[Any],
    date: DateWords,
    start: str,
    end: str,
    context: ResolvedDate | None,
) -> DateValue:
    first = date_in_words(entry_context, start, context)
    last = date_in_words(entry_context, end, context)
    for dated, words in ((first, start), (last, end)):
        if dated.mention.bound in ("before", "after", "on-or-after"):
            message = f"{quoted(words)} says before or after which date, not on which"
            raise UnreadableDate(
                message, f"write the words of the end of the period, or {BY_ANALYST}"
            )
    modifier = first.mention.modifier or last.mention.modifier
    basis = date.basis or _basis(entry_context, first, last)
    return _value(interval(first.edtf, last.edtf), modifier, basis, first.mention.text)


def _read_words(
    entry_context: EntryContext[Any], date: DateWords, context: ResolvedDate | None, is_state: bool
) -> DateValue:
    if date.words is None:
        if context is None:
            raise UnreadableDate(
                "the date has neither words nor a context", "add `words:` or `context:`"
            )
        mention = context.mention
        edtf = _state_period(context) if is_state else _with_bound(context)
        return _value(edtf, mention.modifier, date.basis or "inherited", mention.text)
    found = date_in_words(entry_context, date.words, context)
    basis = date.basis or _basis(entry_context, found)
    text, modifier = found.mention.text, found.mention.modifier
    if found.inherited is found.mention:  # The words have no date. All of it is from the context.
        text, modifier = date.words, None
    bound = _BOUND.match(date.words)
    if is_state and bound and found.mention.bound is None and not modifier:
        # "since the 1997 handover": the reader found no bound, because the year describes a noun.
        text = date.words
        found = found._replace(mention=replace(found.mention, bound=bound[0].lower()))
    return _value(_state_period(found) if is_state else _with_bound(found), modifier, basis, text)


def _with_bound(dated: ResolvedDate) -> str:
    """The date with its bound, for rows that are no states: "before June 2019" is `[..2019-05]`."""
    mention, edtf = dated.mention, dated.edtf
    if mention.bound is None or dated.inherited is mention:
        return edtf
    if mention.last is not None or mention.modifier == "by":
        message = f"{quoted(mention.text)} has two bounds"
        raise UnreadableDate(message, f"write the words of one of its dates, or {BY_ANALYST}")
    match mention.bound:
        case "since":
            return opened(edtf)
        case "until":
            return closed(edtf)
        case "on-or-after":
            return f"[{edtf}..]"
        case "before":
            return f"[..{edtf if mention.modifier else _adjacent_date(edtf, -1)}]"
        case "after":
            return f"[{edtf if mention.modifier else _adjacent_date(edtf, 1)}..]"


def _adjacent_date(edtf: str, by: int) -> str:
    """The adjacent date of the same precision; `by` is -1 or 1: 2019-05 is before 2019-06."""
    date = parse_edtf(edtf)
    edge = date.earliest if by < 0 else date.latest
    if edge is None or date.interval:
        raise UnreadableDate(f"there is no date beside {edtf}", BY_ANALYST)
    number = day_number(edge) + by
    if not MIN_NUMBER <= number <= MAX_NUMBER:
        raise UnreadableDate(f"there is no date beside {edtf}", BY_ANALYST)
    day = day_of(number)
    year, month = day[:-6], day[:-3]
    mark = edtf[-1] if edtf[-1] in "?~%" else ""
    match date.precision:
        case "century":
            return f"{year[:-2]}XX{mark}"
        case "decade":
            return f"{year[:-1]}X{mark}"
        case "year":
            return year + mark
        case "month":
            return month + mark
        case _:
            return day + mark


def _not_before(value: DateValue, after: ResolvedDate) -> DateValue:
    """The date `[A..B]`: the date "by B", and not before the date A (`after`)."""
    if not value.edtf.startswith("[.."):
        message = f"{quoted(value.text)} is no date on or before a day"
        raise UnreadableDate(message, "remove `after:`, or write words such as 'by 9 June'")
    return _value(between(after.edtf, value.edtf), value.modifier, "inferred", value.text)


def _state_period(dated: ResolvedDate) -> str:
    """The period of a state. The date is its beginning or its end, depending on the bound."""
    mention, edtf = dated.mention, dated.edtf
    if mention.last is not None or mention.modifier == "by":
        return edtf
    if mention.bound == "on-or-after":
        return f"[{edtf}..]"
    if mention.modifier == "as-of" or mention.bound in ("since", "after"):
        return opened(edtf)
    return closed(edtf) if mention.bound in ("until", "before") else edtf


def _basis(entry_context: EntryContext[Any], *dates: ResolvedDate) -> str:
    return "inherited" if any(inherits(entry_context, date) for date in dates) else "stated"


def _value(edtf: str, modifier: str | None, basis: str, text: str) -> DateValue:
    date = parse_edtf(edtf)
    certain = None if date.certain is None else Certain(from_=date.certain[0], to=date.certain[1])
    return DateValue(
        edtf=edtf,
        earliest=date.earliest,
        latest=date.latest,
        certain=certain,
        interval=date.interval,
        precision=date.precision,
        qualifier=date.qualifier,
        modifier=modifier,
        basis=basis,
        text=text,
    )
