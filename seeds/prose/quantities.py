"""Finds the quantities in English prose: amounts, percentages, counts, ranks, durations, shares.

A bare number is a count only in these cases: a plural noun follows it ("726 regional operations"),
a verb is next to it ("162 voted"), or it is written like a large or rounded number ("1.3 million",
"some 300"). Dates, street numbers, labels ("Article 23"), names and "one" are not quantities.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from seeds.prose.dates import DateMention, find_dates
from seeds.prose.line_ends import unwrapped
from seeds.prose.money import DollarCountries, currency, dollar_countries, owner_behind
from seeds.prose.number_context import approximation, counted, follows_word, is_label
from seeds.prose.number_grammar import BLANK, DASH
from seeds.prose.number_names import find_set_phrases, is_named
from seeds.prose.number_words import CARDINAL, Numeral, find_numerals, written_out
from seeds.prose.quantity import Kind, Quantity
from seeds.prose.ranks import find_ranks
from seeds.prose.shares import find_shares

__all__ = ["Kind", "Quantity", "find_quantities"]

_PERCENT = re.compile(
    rf"(?:[^\S\n]?[%٪]|(?:{BLANK}|-)(?:per[^\S\n]?cent|pct\.?)(?!\w))|{BLANK}percentage{BLANK}"
    rf"(?P<points>points?)\b"
)
_OTHER_PART = re.compile(r"[^\S\n]?[‰‱]|[^\S\n]+basis[^\S\n]+points?\b")
_DURATION = re.compile(
    rf"(?i)(?:(?P<tied>-)|{BLANK}(?:(?:full|whole|consecutive|more|additional|further|calendar"
    rf"|successive|straight"
    rf"|business|working|long|short|turbulent){BLANK})?)"
    r"(?P<unit>second|minute|hour|day|night|week|fortnight|month|year|decade"
    r"|centur)(?P<plural>y?|s|ies)(?!\w)"
)
_OLD = re.compile(r"-old\b|[^\S\n]+old\b|[^\S\n]+of[^\S\n]+age\b")
_AGE = re.compile(
    rf"(?i)\b(?:aged?s?|ages{BLANK}of|ages?{BLANK}of|age{BLANK}(?:limit|was|is)|turned|turning"
    rf"|under-?age{BLANK}of)"
    rf"(?:{BLANK}(?:of|from|about|between|over|under|above|below|at{BLANK}least))*(?:{BLANK}"
    rf"|-)(?:[0-9]{{1,3}}(?:{BLANK}(?:to|and|or){BLANK}|[–−-]))?\Z|\b(?:under|over)[-–]\Z"
)
_LENGTH = re.compile(
    r"(?:(?P<tied>)|[^\S\n]|-)(?P<unit>m|km|cm|mm|mi|ft|yd|nmi)(?P<square>[²³2]?)(?![\w’'])"
)
LOOSELY = re.compile(
    rf"{BLANK}or{BLANK}(?:so|more|fewer|less|thereabouts|over|under)\b|\+|-(?:odd|plus|ish)\b"
    rf"|-?ish\b"
    rf"|{BLANK}(?:at{BLANK}(?:most|least)|approximately|approx\.|plus|odd|or{BLANK}"
    rf"thereabouts)(?!\w)(?!{BLANK}[0-9])"
)
_OF = re.compile(rf"[\"”’']?{BLANK}of(?={BLANK})")
_OF_THE = re.compile(
    rf"(?i){BLANK}of{BLANK}(?:the|its|their|his|her|our|these|those)(?!\w)(?:{BLANK}{CARDINAL}"
    rf"(?!\w))?"
)
_ADDRESS = re.compile(
    rf"(?:{BLANK}[A-Z][\w'’.]*){{1,4}}?{BLANK}"
    r"(?:Road|Street|Avenue|Lane|Drive|Square|Boulevard|Way|Place|Terrace|Rd|St|Ave)\b"
)
_CLOCK = re.compile(r"[^\S\n]?(?:[ap]\.?m\b|o['’]clock)")
_TIED = re.compile(r"[–−-](?!odd\b|plus\b)(?P<word>\w[\w-]*)")
_TIED_NOUNS: Final = frozenset(
    [
        "strong",
        "member",
        "members",
        "man",
        "men",
        "woman",
        "person",
        "people",
        "seat",
        "seats",
        "seater",
        "page",
        "pages",
        "storey",
        "story",
        "room",
        "bed",
        "nation",
        "country",
        "state",
        "party",
        "point",
        "points",
        "ship",
        "vessel",
        "boat",
        "gun",
        "mile",
        "miles",
        "kilometre",
        "kilometer",
        "km",
        "metre",
        "meter",
        "foot",
        "acre",
        "hectare",
        "ton",
        "tonne",
        "pound",
        "kilogram",
        "kg",
        "watt",
        "megawatt",
        "volume",
        "part",
        "act",
        "article",
        "judge",
        "player",
        "team",
        "stage",
        "lane",
        "track",
        "car",
        "aircraft",
        "soldier",
        "troop",
        "delegate",
        "deputy",
        "company",
        "firm",
        "island",
        "village",
        "city",
        "province",
        "bedroom",
        "storeyed",
        "horsepower",
        "barrel",
        "gallon",
        "litre",
        "liter",
        "degree",
        "stop",
        "station",
        "floor",
        "course",
        "hole",
        "goal",
        "vote",
        "medal",
        "country-wide",
        "nm",
        "inch",
        "centimetre",
    ]
)
_SHORT_SCALES: Final = {"m": 6, "k": 3}
_SUM_LETTERS: Final = {"m": 6, "k": 3, "b": 9, "t": 12}
_SUM_SCALES = re.compile(
    r"[^\S\n]?(?:(?P<stop>(?i:mil|bil|tril|mill|bill))\.?|(?P<letter>[BM]))(?![\w’'])"
)
_OTHER_SCALE = re.compile(
    r"[^\S\n]?(?:(?i:crore|lakh|lac|grand|gross|myriad|score|quadrillion|mil|bil|tril)\b)"
)
_NEGATIVE = re.compile(r"(?i)(?<![\w-])(?:minus|negative)[^\S\n]+\Z|(?<![^\s(\[“‘\"'])[−-]\Z")
_TO = re.compile(rf"(?:{DASH}|{BLANK}(?P<word>to|or|and|through){BLANK})")
_BETWEEN = re.compile(rf"(?i)\bbetween{BLANK}\Z")
_VERB = re.compile(
    rf"{BLANK}(?:(?:had|have|has|were|was|are|did|would|could|also|later|then|more|others?"
    rf"|further|already|never){BLANK})*"
    r"(?:[a-z]{2,}ed|was|were|are|died|fell|fled|left|won|lost|went|came|had|have|took|gave"
    r"|stood|chose|met|made"
    r"|got|sat|spoke|held|ran|rose|said|did|fought|thought|drowned|dead|injured|missing|against"
    r"|for(?=[^\S\n]+and))(?![\w-])"
)
_SHOWN = re.compile(
    rf"(?i)\b(?:kill|wound|injur|arrest|detain|employ|number|total|execut|evacuat|deport|releas"
    rf"|expel|disqualif|jail|sentenc"
    rf"|elect|appoint|recruit|hir|sack|dismiss|displac|affect|leav|left|claim|captur|count"
    rf"|includ)(?:s|ed|ing|e|es|ied|led|ling|ring|red)?{BLANK}\Z"
)
_ENDS = re.compile(r"[^\S\n]*(?:[.,;:)]|\Z)")
_LARGE: Final = 100
"""From this value on, words of approximation alone make a number a count: "about 300". A smaller
number may be an age or a time: "under 12", "about 11"."""
UNCLEAR_SCALE: Final = "the scale of the number is not clear"
_YEAR_BEFORE = re.compile(r"(?<![0-9.,'’])(?<![0-9][^\S\n])[12][0-9]{3}[^\S\n]\Z")
_DIGITS_BEFORE = re.compile(r"[0-9]+[–−-]\Z")
_PER = re.compile(rf"/[A-Za-z]|{BLANK}per(?!{BLANK}cent)(?!\w)|{BLANK}to{BLANK}the{BLANK}\w")
RATE: Final = "a number per something is a rate"
_LEADING_GROUP = re.compile(r"([1-9][0-9]{0,2})(?:[,'’ \u00a0\u2009\u202f][0-9]{3})+")
DOT: Final = "the dot may separate thousands or decimals"
_THOUSANDS_BY_DOT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
UNCLEAR_UNIT: Final = "the letter m may mean metres or millions"
PARTS_OF_THOUSAND: Final = "parts of a thousand or ten thousand are not percents"
LEFT_OVER: Final = "digits or signs that touch the number are not read"


def find_quantities(text: str, dates: Sequence[DateMention] | None = None) -> list[Quantity]:
    """All quantities, in order, without overlaps. Offsets are code points in `text`.

    `dates` are the dates of the text, if the caller has found them.
    """
    text = unwrapped(text)
    taken = list(text)
    others = [
        date
        for date in (find_dates(text) if dates is None else dates)
        if not _is_counted(text, date.start, date.end, date.unread)
    ]
    spans = [(date.start, date.end) for date in others]
    for start, end in [*spans, *find_set_phrases(text)]:
        _mask(taken, start, end)
    shares = [
        each for each in find_shares("".join(taken)) if not is_named(text, each.start, each.end)
    ]
    shares = [_with_words(text, each) for each in shares]
    for share in shares:
        _mask(taken, share.start, share.end)
    ranks = [
        Quantity(start, end, text[start:end], "rank", Decimal(value), None, "rank", False)
        for start, end, value in find_ranks("".join(taken))
    ]
    for rank in ranks:
        _mask(taken, rank.start, rank.end)
    numerals = [
        each for each in find_numerals("".join(taken)) if not is_named(text, each.start, each.end)
    ]
    named = dollar_countries(text)
    found = sorted(
        [*shares, *ranks, *_read_all(text, numerals, named)], key=lambda each: each.start
    )
    return list(_apart(found))


def _is_counted(text: str, start: int, end: int, unread: str | None) -> bool:
    """Whether an unread date counts units of time ("two weeks later"). It is also a duration."""
    return (
        unread is not None
        and re.search(r"(?i)(?:day|week|month|year|decade|hour)s?\b", text[start:end]) is not None
        and not re.search(r"[12][0-9]{3}", text[start:end])
    )


def _mask(characters: list[str], start: int, end: int) -> None:
    characters[start:end] = "\0" * (end - start)


def _apart(found: list[Quantity]) -> Iterator[Quantity]:
    end = 0
    for quantity in found:
        if quantity.start >= end:
            yield quantity
            end = quantity.end


def _with_words(text: str, share: Quantity) -> Quantity:
    """The share, extended by words of approximation. Its unit becomes the noun after "of"."""
    about = approximation(text, share.start)
    loosely = LOOSELY.match(text, share.end)
    start = share.start if about is None else about
    end = loosely.end() if loosely else share.end
    unit = share.unit
    if share.kind == "share":
        of = re.compile(rf"{BLANK}of(?:{BLANK}(?:all|the|its|their))?").match(text, end)
        noun = counted(text, of.end() if of else end)
        unit = text[slice(*noun)] if noun else unit
    if share.kind == "multiple" and re.search(
        r"(?i)\b(?:two|three|four|\d)\Z", text[max(0, start - 6) : start]
    ):
        return share
    approximate = about is not None or loosely is not None
    return replace(
        share, start=start, end=end, text=text[start:end], unit=unit, approximate=approximate
    )


def _read_all(text: str, numerals: list[Numeral], named: DollarCountries) -> Iterator[Quantity]:
    """The quantities of the numerals, from the last to the first.

    The order is reversed because the last number of a range states the unit and the scale.
    """
    following: tuple[Numeral, Quantity] | None = None
    for index in range(len(numerals) - 1, -1, -1):
        numeral = numerals[index]
        quantity = _read(text, numeral, named)
        if index and (not quantity or quantity.kind == "count"):
            previous = numerals[index - 1]
            counts = quantity is not None and quantity.unit is not None
            quantity = _amount_behind(text, previous, numeral, named, counts=counts) or quantity
        if following:
            quantity = _in_range(text, numeral, quantity, *following)
        following = (numeral, quantity) if quantity else None
        if quantity:
            yield _guarded(text, quantity)


def _read(text: str, numeral: Numeral, named: DollarCountries) -> Quantity | None:
    return (
        _amount(text, numeral, named)
        or _percent(text, numeral)
        or _age(text, numeral)
        or _duration(text, numeral)
        or _length(text, numeral)
        or _count(text, numeral)
    )


def _quantity(
    text: str, span: tuple[int, int], kind: Kind, value: Decimal | None, unit: str | None
) -> Quantity:
    """A quantity whose span is extended by words of approximation."""
    start, end = span
    loosely = LOOSELY.match(text, end)
    end = loosely.end() if loosely else end
    about = approximation(text, start)
    over = kind == "duration" and about is not None and text[about:].lower().startswith("over")
    if about is not None and not over:
        start, loosely = about, True
    approximate = bool(loosely) or value is None
    return Quantity(start, end, text[start:end], kind, value, None, unit, approximate)


def _guarded(text: str, quantity: Quantity) -> Quantity:
    """The quantity. It becomes unread if a sign, digit or scale next to it is not in its value."""
    scale = _OTHER_SCALE.match(text, quantity.end)
    if scale:
        return replace(
            quantity,
            end=scale.end(),
            text=text[quantity.start : scale.end()],
            value=None,
            unread=UNCLEAR_SCALE,
        )
    before = text[max(0, quantity.start - 2) : quantity.start]
    if text[quantity.start].isalpha() or (
        before[:1].isdigit()
        and _YEAR_BEFORE.search(text, max(0, quantity.start - 8), quantity.start)
    ):
        before = "" if before.endswith((" ", "\u00a0")) else before
    digits = re.match(
        r"[^\S\n]?[0-9]|[.,:'’][0-9]|[*×^÷/][0-9]", text[quantity.end : quantity.end + 2]
    )
    tied = re.search(r"[0-9][.,'’ \u00a0]?\Z|[=*×^÷/]\Z", before)
    if (digits or tied) and quantity.value is not None and quantity.kind != "rank":
        return replace(quantity, value=None, unread=LEFT_OVER)
    return quantity


def _amount(text: str, numeral: Numeral, named: DollarCountries) -> Quantity | None:
    found = currency(text, numeral.start, numeral.end, named)
    letter = text[numeral.end : numeral.end + 1]
    power = _SUM_LETTERS.get(letter, 0)  # The letter is a whole word, see `_DIGITS`.
    end = numeral.end + 1 if power else numeral.end
    scale = None if power or numeral.power else _SUM_SCALES.match(text, numeral.end)
    if scale:
        power = _sum_power(scale)
        end = scale.end()
    if not found and (power or scale):
        found = currency(text, numeral.start, end, named)
        found = found if found and found.end > end else None
    if not found:
        return None
    value, start = numeral.value, found.start
    if value is not None and power:
        value = written_out(str(value), power)
    minus = _NEGATIVE.search(text, max(0, start - 10), start)
    if minus and value is not None:
        value, start = -abs(value), minus.start()
    end = max(found.end, end)
    code = found.code
    plain = text[found.start : numeral.start].strip() == "$"
    owner = owner_behind(text, end) if plain and text[end - 1 : end].isalnum() else None
    if owner:
        end, code = owner.end, owner.code
    amount = _quantity(text, (start, end), "amount", value, "currency")
    return replace(amount, currency=code)


def _sum_power(scale: re.Match[str]) -> int:
    first = (scale["stop"] or scale["letter"])[0].lower()
    return {"m": 6, "b": 9, "t": 12}[first]


def _amount_behind(
    text: str, previous: Numeral, numeral: Numeral, named: DollarCountries, *, counts: bool
) -> Quantity | None:
    """The last amount of a range whose sign is before the first number: "$3-5 billion"."""
    found = currency(text, previous.start, previous.end, named)
    if not found or found.start == previous.start:
        return None
    gap = _TO.fullmatch(text, previous.end, numeral.start)
    if not gap or (counts and gap["word"] in ("and", "or")):
        return None
    amount = _quantity(text, (numeral.start, numeral.end), "amount", numeral.value, "currency")
    return replace(amount, currency=found.code)


def _percent(text: str, numeral: Numeral) -> Quantity | None:
    other = _OTHER_PART.match(text, numeral.end)
    if other:
        found = _quantity(text, (numeral.start, other.end()), "percent", None, None)
        return replace(found, unread=PARTS_OF_THOUSAND)
    found = _PERCENT.match(text, numeral.end)
    if not found or numeral.value is None:
        return None
    unit = "percentage point" if found["points"] else "percent"
    return _quantity(text, (numeral.start, found.end()), "percent", numeral.value, unit)


def _age(text: str, numeral: Numeral) -> Quantity | None:
    """An age: "aged 18", "the age of 18", "18 years old", "an 18-year-old"."""
    if numeral.value is None or numeral.value > 150:
        return None
    years = _DURATION.match(text, numeral.end)
    old = _OLD.match(text, years.end()) if years and years["unit"].lower() == "year" else None
    if years and old:
        return _quantity(text, (numeral.start, old.end()), "age", numeral.value, "year")
    if not follows_word(text, numeral.start):
        return None
    aged = _AGE.search(text, max(0, numeral.start - 32), numeral.start)
    if not aged or years or counted(text, numeral.end):
        return None
    end = numeral.end
    plural = re.match(r"s(?!\w)", text[end : end + 2])
    return _quantity(text, (numeral.start, end + bool(plural)), "age", numeral.value, "year")


def _duration(text: str, numeral: Numeral) -> Quantity | None:
    found = _DURATION.match(text, numeral.end)
    if not found or numeral.value is None or not (found["tied"] or found["plural"] in ("s", "ies")):
        return None
    unit = found["unit"].lower()
    unit = "century" if unit == "centur" else unit
    return _quantity(text, (numeral.start, found.end()), "duration", numeral.value, unit)


def _length(text: str, numeral: Numeral) -> Quantity | None:
    found = _LENGTH.match(text, numeral.end)
    if not found or numeral.value is None:
        return None
    length = _quantity(text, (numeral.start, found.end()), "length", numeral.value, found["unit"])
    if found["square"]:
        return replace(length, unit=found["unit"] + found["square"])
    if found["unit"] == "m" and counted(text, found.end()):
        return replace(length, value=None, unread=UNCLEAR_UNIT)
    return length


def _count(text: str, numeral: Numeral) -> Quantity | None:
    if numeral.value == 1 or (is_label(text, numeral.start) and not numeral.scaled):
        return None
    if any(other.match(text, numeral.end) for other in (_CLOCK, _ADDRESS)):
        return None
    before = None
    if text[numeral.start - 1 : numeral.start] in ("–", "−", "-"):
        before = _DIGITS_BEFORE.search(text, max(0, numeral.start - 12), numeral.start)
    if before and (is_label(text, before.start()) or is_named(text, before.start(), before.end())):
        return None
    tied = _TIED.match(text, numeral.end)
    if tied:
        return _tied_count(text, numeral, tied)
    short = _SHORT_SCALES.get(text[numeral.end : numeral.end + 1], 0)
    end, value = numeral.end, numeral.value
    if short and value is not None:
        end, value = end + 1, written_out(str(value), short)
    count = _quantity(text, (numeral.start, end), "count", value, None)
    of = (_OF if numeral.value is None else _OF_THE).match(text, count.end)
    noun = counted(text, of.end() if of else count.end)
    if noun and _THOUSANDS_BY_DOT.fullmatch(text, numeral.start, numeral.end):
        return replace(count, unit=text[slice(*noun)], value=None, unread=DOT)
    if noun:
        return replace(count, unit=text[slice(*noun)])
    if _PER.match(text, count.end):
        return replace(count, value=None, unread=RATE) if numeral.scaled else None
    large = text[numeral.start].isdigit() and count.approximate and numeral.value is not None
    large = large and (numeral.value or 0) >= _LARGE
    return count if numeral.scaled or short or large or _is_shown(text, numeral, count) else None


def _tied_count(text: str, numeral: Numeral, tied: re.Match[str]) -> Quantity | None:
    """A count that a dash joins to a noun: "15,000-strong", "70-member"."""
    word = tied["word"].lower().split("-")[0]
    if word not in _TIED_NOUNS or numeral.value is None:
        return None
    end = tied.start("word") + len(word)
    count = _quantity(text, (numeral.start, end), "count", numeral.value, None)
    return replace(count, unit=None if word == "strong" else word)


def _is_shown(text: str, numeral: Numeral, count: Quantity) -> bool:
    """Whether a verb next to a bare number makes it a count: "162 voted", "killing 15"."""
    if numeral.value is None:
        return False
    if _VERB.match(text, count.end):
        return True
    if not follows_word(text, count.start):
        return False
    shown = _SHOWN.search(text, max(0, count.start - 24), count.start)
    return shown is not None and _ENDS.match(text, count.end) is not None


def _in_range(
    text: str, numeral: Numeral, quantity: Quantity | None, last: Numeral, end: Quantity
) -> Quantity | None:
    """The first quantity of a range, completed by the unit and the scale of the last one.

    The quantity does not change if the two numbers are not a range.
    """
    gap = _TO.fullmatch(text, numeral.end, end.start)
    start = quantity.start if quantity else numeral.start
    between = _BETWEEN.search(text, max(0, start - 10), start)
    if not gap or (gap["word"] == "and" and not between and end.kind != "percent"):
        return quantity
    value = numeral.value
    if value is None or end.value is None:
        return quantity
    if _shares_thousands(text, numeral, last):
        first = quantity or _quantity(text, (numeral.start, numeral.end), end.kind, value, end.unit)
        return replace(first, value=None, unread=UNCLEAR_SCALE)
    if numeral.power == 0 and value * 10**last.power <= end.value:
        value = written_out(str(value), last.power)
    if quantity and quantity.kind == end.kind:
        return replace(quantity, value=value, unit=quantity.unit or end.unit)
    if quantity and quantity.kind != "count":
        return quantity
    first = _quantity(text, (numeral.start, numeral.end), end.kind, value, end.unit)
    return replace(first, currency=end.currency)


def _shares_thousands(text: str, first: Numeral, last: Numeral) -> bool:
    """Whether the first number of a range may be short for thousands: "7–8,000 men"."""
    leading = _LEADING_GROUP.fullmatch(text, last.start, last.end)
    digits = text[first.start : first.end]
    return leading is not None and digits.isdigit() and int(digits) < int(leading[1])
