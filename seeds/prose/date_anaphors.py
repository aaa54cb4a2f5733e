"""Dates that point back: "the same day", "that year", "the following month"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, get_args

from seeds.prose.date_forms import Form, Found
from seeds.prose.date_mention import Point, Relative
from seeds.prose.number_context import BLANK

_UNIT = r"(?P<unit>day|date|month|year)(?![\w-])"
_STEPS: Final = {
    "following": "next", "next": "next", "subsequent": "next", "later": "next", "after": "next",
    "previous": "previous", "preceding": "previous", "earlier": "previous", "before": "previous",
}  # fmt: skip
_RELATIVES: Final[dict[str, Relative]] = {name: name for name in get_args(Relative)}

# "Over the next year" and "in the following months" are spans, they name no date.
_NO_SPAN = "".join(
    rf"(?<!{word} )" for word in ("over", "for", "within", "during", "in", "of", "into")
)


def _read(found: re.Match[str]) -> Iterator[Found]:
    unit = found["unit"].lower().replace("date", "day")
    step = _STEPS.get(found["step"].lower(), "same")
    yield Found(*found.span(), Point(None), relative=_RELATIVES[f"{step}-{unit}"])


def _form(pattern: str) -> Form:
    return Form("anaphor", re.compile(pattern, re.IGNORECASE | re.MULTILINE), _read)


ANAPHORS: Final = (
    _form(rf"(?<!\w)(?:the|that){BLANK}(?:very{BLANK})?(?P<step>same){BLANK}{_UNIT}"),
    _form(rf"(?<!\w)(?P<step>that){BLANK}(?:very{BLANK})?{_UNIT}"),
    _form(
        rf"(?<!\w){_NO_SPAN}the{BLANK}"
        rf"(?P<step>following|next|subsequent|previous|preceding){BLANK}{_UNIT}"
    ),
    _form(rf"(?<!\w)(?:a|one){BLANK}{_UNIT}{BLANK}(?P<step>later|earlier)(?!\w)"),
    _form(rf"(?<!\w)the{BLANK}{_UNIT}{BLANK}(?P<step>after|before)(?=[^\S\n]*(?:[,.;:)]|$))"),
)


def resolve(relative: Relative, context: Point) -> Point:
    """The date that points back to `context`; raises `ValueError` if that is too coarse."""
    step, unit = relative.split("-")
    by = {"same": 0, "next": 1, "previous": -1}[step]
    year, month, day = context.year, context.month, context.day
    if year is None or context.decade:
        raise ValueError(f"{relative!r} needs a context with a year, not {context.edtf!r}")
    if unit == "year":
        return Point(year + by)
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
