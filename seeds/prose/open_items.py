"""Finds open items: digits, number words, date words and quotation marks that no reader reads."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from seeds.prose.date_forms import MONTHS
from seeds.prose.line_ends import unwrapped
from seeds.prose.number_grammar import BLANK, ORDINAL_WORD
from seeds.prose.number_words import CARDINAL
from seeds.prose.quotations import find_stray_marks
from seeds.prose.sentences import REFERENCE

OpenKind = Literal["date", "number", "words"]

_REFERENCE = re.compile(REFERENCE)
_DIGITS = re.compile(r"(?<![^\W_])[^\W_]*[0-9](?:[\w.,:/'’–−-]*\w)?[%‰°]?|[½⅓⅔¼¾⅛⅜⅝⅞]")
_NUMBER_WORDS = re.compile(
    rf"(?i)(?<![\w-])(?!(?:one|zero)(?![\w-]|{BLANK}(?:hundred|thousand|million|billion|trillion"
    rf"|dozen)))"
    rf"(?:{CARDINAL}|dozens?|scores?{BLANK}of|hundreds|thousands|millions|billions|trillions"
    rf"|twice|thrice|\w+fold)(?!\w)"
)
_ORDINALS = re.compile(
    rf"(?<![\w-])(?:{ORDINAL_WORD}|(?i:half|halves|thirds?|quarters?|double|triple))(?!\w)"
)
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SAFE_MONTHS = "|".join(month for month in MONTHS if month not in ("May", "March"))
_DATE_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{_WEEKDAYS})s?|{_SAFE_MONTHS}|(?i:yesterday|today|tomorrow|tonight"
    rf"|(?:last|next|this|past|previous){BLANK}(?:day|week|weekend|month|quarter|year|decade"
    rf"|century|spring|summer"
    rf"|autumn|winter)|(?:end|beginning|start|middle){BLANK}of{BLANK}the{BLANK}(?:week|month|year"
    rf"|decade|century)|(?:first|second|third|fourth|last){BLANK}(?:quarter|half)(?={BLANK}(?:of{BLANK}"
    rf"the{BLANK}year|\w+s?\b))(?!{BLANK}of\b)|centur(?:y|ies)|decades?|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|noughties|millenni(?:um|a))"
    r"|Christmas|Easter|Thanksgiving|Ramadan|New Year(?:['’]s (?:Day|Eve))?)(?!\w)"
)
DATE_BOUNDS: Final = re.compile(
    r"(?i)(?<![\w-])(?:before|after|until|till|since|prior to|no (?:later|earlier|sooner) than"
    r"|not|never|minus|negative"
    r"|at the (?:latest|earliest)|about|around|circa|perhaps|possibly|probably|between|from)(?!\w)"
)


NUMBER_BOUNDS: Final = re.compile(r"(?i)(?<![\w-])(?:minus|negative)(?!\w)")


class OpenItem(NamedTuple):
    """An open item at `[start, end)`: words of a date or number, or a stray quotation mark."""

    start: int
    end: int
    kind: OpenKind


def find_open(text: str, read: Iterable[tuple[int, int]]) -> list[OpenItem]:
    """The open items of the text outside of the spans `read`, in order, without overlaps.

    The word "one", ordinals in words and reference marks are not open items.
    """
    rest = _outside(unwrapped(text), read)
    rest = _REFERENCE.sub(lambda found: "\0" * len(found[0]), rest)
    dates = [OpenItem(*found.span(), "date") for found in _DATE_WORDS.finditer(rest)]
    rest = _outside(rest, ((item.start, item.end) for item in dates))
    numbers = [
        OpenItem(*found.span(), "number")
        for pattern in (_DIGITS, _NUMBER_WORDS)
        for found in pattern.finditer(rest)
    ]
    marks = [OpenItem(mark, mark + 1, "words") for mark in find_stray_marks(text)]
    found = [*dates, *numbers, *marks]
    return _apart(sorted(found, key=lambda item: (item.start, -item.end)))


def left_in(
    words: str, read: Iterable[tuple[int, int]], bounds: re.Pattern[str] = DATE_BOUNDS
) -> str | None:
    """The first words outside of the spans `read` that belong to a date or number, or null.

    `bounds` matches words that would change a date or number ("before", "minus").
    """
    rest = _outside(unwrapped(words), read)
    found = [
        match
        for pattern in (_DIGITS, _NUMBER_WORDS, _ORDINALS, _DATE_WORDS, bounds)
        if (match := pattern.search(rest))
    ]
    return min(found, key=lambda match: match.start())[0] if found else None


def _outside(text: str, read: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in read:
        start, end = max(0, start), min(end, len(text))
        characters[start:end] = "\0" * max(0, end - start)
    return "".join(characters)


def _apart(items: Sequence[OpenItem]) -> list[OpenItem]:
    apart: list[OpenItem] = []
    for item in items:
        if not apart or item.start >= apart[-1].end:
            apart.append(item)
    return apart
