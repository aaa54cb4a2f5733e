"""Date values of rows. The reader reads them from the words that an entry points at."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.edtf.calendar import MAX_NUMBER, MIN_NUMBER, day_number, day_of, sort_key
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

    An open end is certain up to the day of the document. If `is_state` is true, the row is a state:
    "as of" and "since" then start an open period.
    """
    if date is None:
        return None
    try:
        return _up_to(_read(entry_context, date, is_state), entry_context.article.as_of)
    except (UnreadableDate, QuoteNotFound) as error:
        if entry_context.evidence.complete:
            entry_context.fault(error.message, error.cure, "date")
    except EdtfError as error:
        cure = "correct it or leave it out" if date.read_by else f"leave it out, or {BY_ANALYST}"
        entry_context.fault(f"an impossible date: {error.message}", cure, "date")
    return None


def _up_to(value: DateValue, day: str | None) -> DateValue:
    """The date, whose open end is certain up to the day. If the period may have begun after that
    day, none is certain."""
    certain = value.certain
    if day is None or certain is None or not value.edtf.endswith("/.."):
        return value
    if certain.from_ and sort_key(certain.from_) > sort_key(day):
        return value.model_copy(update={"certain": None})
    return value.model_copy(update={"certain": Certain(from_=certain.from_, to=day)})


def _read(entry_context: EntryContext[Any], date: DateWords, is_state: bool) -> DateValue:
    if date.read_by or date.value:
        edtf = date_by_analyst(entry_context, date, _state_period if is_state else _with_bound)
        return _value(edtf, None, date.basis or "stated", date.words or "")
    context = context_date(entry_context, date.context)
    after = context_date(entry_context, date.after)
    match (date.words, date.start, date.end):
        case (None, str(start), str(end)):
            return _read_interval(entry_context, date, start, end, context)
        case (_, None, None):
            if after is not None and date.words is None and context is None:
                return _value(f"[{after.edtf}..]", None, "inferred", after.mention.text)
            value = _read_words(entry_context, date, context, is_state)
            value = value if after is None else _not_before(value, after)
            return value if date.ends is None else _without_end(value)
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
    text = first.mention.text
    if text != last.mention.text:
        text = f"{text} \N{HORIZONTAL ELLIPSIS} {last.mention.text}"
    return _value(interval(first.edtf, last.edtf), modifier, basis, text)


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
    edtf = between(after.edtf, value.edtf)
    return _value(edtf, value.modifier, "inferred", value.text)


def _without_end(value: DateValue) -> DateValue:
    """The date `A/`: the state began at A, and the text does not say whether it ended."""
    edtf = value.edtf.removesuffix("/..")
    if parse_edtf(edtf).interval or edtf.startswith("["):
        message = f"{quoted(value.text)} is no beginning of a state"
        raise UnreadableDate(message, "remove `ends:`, or point at words such as 'since 1992'")
    return _value(f"{edtf}/", value.modifier, value.basis, value.text)


_VERB = re.compile(
    r"\b(?:is|are|has|have|remains?|maintains?|requires?|holds?|does|do)\b"
    r"|\b(?P<past>was|were|had|did|[a-z]{3,}ed)\b(?! by\b)"
)
"""A verb that is in the present, or else in the past tense."""


def refuse_lasting(
    entry_context: EntryContext[Any], date: DateValue | None, *, reported: bool = False
) -> None:
    """Add a fault if a state is said to last (`A/..`) that the text does not tell as lasting."""
    if date is None or not date.edtf.endswith("/.."):
        return
    past = next(filter(None, (_past_tense(item) for item in _sentences(entry_context))), None)
    if reported or past:
        how = f"in the past tense ({past!r})" if past else "by a cited voice only"
        text = quoted(date.text)
        message = f"the state is told {how}, and {text} would make it last: {date.edtf}"
        cure = "add `ends: unknown` to its date, or cite the words that say that it lasts"
        entry_context.fault(message, cure, "date")


def _sentences(entry_context: EntryContext[Any]) -> Iterator[str]:
    """The quotes of the entry itself."""
    for cited in entry_context.evidence.cited:
        if cited.is_default and not cited.aside:
            yield entry_context.article.one_line[slice(*cited.span)]


def _past_tense(words: str) -> str | None:
    """The verb that puts the words in the past tense, or null.

    The first verb that the patterns know decides: "enjoyed", "was", but not "is" or "has been".
    """
    found = _VERB.search(words)
    return found["past"] if found else None


def _state_period(dated: ResolvedDate) -> str:
    """The period of a state. The date is its beginning or its end, depending on the bound."""
    mention, edtf = dated.mention, dated.edtf
    if mention.last is not None or mention.modifier == "by":
        return edtf
    if mention.bound == "on-or-after":
        return f"[{edtf}..]"
    if mention.bound == "before":
        return _with_bound(dated)
    if mention.modifier == "as-of" or mention.bound in ("since", "after"):
        return opened(edtf)
    return closed(edtf) if mention.bound == "until" else edtf


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
