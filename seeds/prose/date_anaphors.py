"""Anaphoric dates, which refer to another date: "the same day", "that year", "two weeks later"."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, get_args

from seeds.prose.date_forms import DEICTIC, MONTHS, STEPS, Form, Found
from seeds.prose.date_mention import Point, Relative
from seeds.prose.number_grammar import BLANK
from seeds.prose.number_words import CARDINAL

_UNIT = r"(?P<unit>day|date|month|year)(?![\w-])"
_STEPS: Final = {
    "following": "next", "next": "next", "subsequent": "next", "later": "next", "after": "next",
    "previous": "previous", "preceding": "previous", "earlier": "previous", "before": "previous",
}  # fmt: skip
_RELATIVES: Final[dict[str, Relative]] = {name: name for name in get_args(Relative)}

# "Over the next year" and "in the following months" are durations, not dates.
_NO_SPAN = "".join(
    rf"(?<!{word} )" for word in ("over", "for", "within", "during", "in", "of", "into")
)
_UNITS = (
    r"(?:minute|hour|day|night|week|fortnight|weekend|month|quarter|year|decade|centur(?:y|ie)"
    r"|generation)s?"
)
_NUMBER = (
    rf"(?:{CARDINAL}(?:{BLANK}and{BLANK}a{BLANK}half)?|an?(?:{BLANK}(?:few|couple{BLANK}of|half))?"
    rf"|half{BLANK}an?|(?:several|some|many|few)|another)"
)
_COUNTED = (
    rf"(?<![\w-]){_NUMBER}(?:{BLANK}(?:or{BLANK}so|full|more|further|short|long|calendar|working"
    rf"|business))*"
    rf"(?:{BLANK}|-){_UNITS}(?:{BLANK}and{BLANK}a{BLANK}half)?"
)
_STEP = (
    rf"(?:later|earlier|afterwards?|previously|beforehand|prior|before|after|ago|hence|on"
    rf"|thereafter"
    rf"|from{BLANK}now|from{BLANK}then|into{BLANK}the{BLANK}future)"
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".replace(" ", "|")
_NEAR = (
    rf"(?:week|fortnight|weekend|morning|afternoon|evening|night|quarter|decade|century"
    rf"|spring|summer|autumn|winter|{_WEEKDAYS}|{'|'.join(MONTHS)})"
)


def _read(found: re.Match[str]) -> Iterator[Found]:
    unit = found["unit"].lower().replace("date", "day")
    step = _STEPS.get(found["step"].lower(), "same")
    yield Found(*found.span(), Point(None), relative=_RELATIVES[f"{step}-{unit}"])


def _unread(reason: str) -> Callable[[re.Match[str]], Iterator[Found]]:
    def read(found: re.Match[str]) -> Iterator[Found]:
        yield Found(*found.span(), Point(None), unread=reason)

    return read


def _form(pattern: str, read: Callable[[re.Match[str]], Iterator[Found]] = _read) -> Form:
    return Form("anaphor", re.compile(pattern, re.IGNORECASE | re.MULTILINE), read)


ANAPHORS: Final = (
    _form(rf"(?<!\w)(?:the|that){BLANK}(?:very{BLANK})?(?P<step>same){BLANK}{_UNIT}"),
    _form(rf"(?<!\w)(?P<step>that){BLANK}(?:very{BLANK})?{_UNIT}"),
    _form(
        rf"(?<!\w){_NO_SPAN}the{BLANK}"
        rf"(?P<step>following|next|subsequent|previous|preceding){BLANK}{_UNIT}"
    ),
    _form(
        rf"(?<!\w)(?<!than )(?<!nearly )(?<!almost )(?<!about )(?<!over )(?<!under )(?<!half )"
        rf"(?:a|one){BLANK}{_UNIT}{BLANK}(?P<step>later|earlier)(?!\w)"
    ),
    _form(rf"(?<!\w)the{BLANK}{_UNIT}{BLANK}(?P<step>after|before)(?=[^\S\n]*(?:[,.;:)]|$))"),
    _form(rf"{_COUNTED}{BLANK}{_STEP}(?![\w-])", _unread(STEPS)),
    _form(
        rf"(?<!\w)(?:after|within|in){BLANK}(?:just{BLANK}|only{BLANK}|about{BLANK})?{_COUNTED}"
        rf"(?=[^\S\n]*,|['’]{BLANK}time)",
        _unread(STEPS),
    ),
    _form(
        rf"(?<!\w){_NO_SPAN}the{BLANK}(?:very{BLANK})?(?:same|following|next|subsequent|previous"
        rf"|preceding)"
        rf"{BLANK}{_NEAR}(?![\w-])",
        _unread(STEPS),
    ),
    _form(
        rf"(?<!\w)that{BLANK}(?:very{BLANK})?(?:week|weekend|morning|afternoon|evening"
        rf"|night)(?![\w-])",
        _unread(STEPS),
    ),
)
"""Forms of anaphoric dates. The reader cannot compute some of them; these are marked as unread and
need `read_by: analyst`."""

DEICTICS: Final = (
    _form(
        rf"(?<!\w)(?:last|next|this|past){BLANK}(?:{'|'.join(MONTHS)}|{_WEEKDAYS})(?![\w-])",
        _unread(DEICTIC),
    ),
)
"""Forms of deictic dates, which depend on the day of writing. They must be tried before the bare
months, because they contain the name of a month."""


def resolve(relative: Relative, context: Point, first: Point | None = None) -> Point:
    """The date that an anaphoric date means, computed from the date `context`.

    If the relative unit is a year, `first` can give the month and day in that year. Raises
    `ValueError` if the context is not precise enough, or if the date is out of range.
    """
    step, unit = relative.split("-")
    by = {"same": 0, "next": 1, "previous": -1}[step]
    year, month, day = context.year, context.month, context.day
    if year is None or not context.states_year or context.before_christ:
        raise ValueError(f"{relative!r} needs a context with a year, not {context.edtf!r}")
    if unit == "year":
        return Point(year + by, first.month, first.day) if first else Point(year + by)
    if month is None or month > 12:
        raise ValueError(f"{relative!r} needs a context with a month, not {context.edtf!r}")
    if unit == "month":
        months = year * 12 + month - 1 + by
        return Point(months // 12, months % 12 + 1)
    if day is None:
        raise ValueError(f"{relative!r} needs a context with a day, not {context.edtf!r}")
    try:
        moved = date(year, month, day) + timedelta(days=by)
    except OverflowError as error:
        raise ValueError(f"there is no {relative.replace('-', ' ')} to {context.edtf}") from error
    return Point(moved.year, moved.month, moved.day)
