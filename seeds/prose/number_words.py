"""Finds numerals in digits or words and computes their exact values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from seeds.prose.number_grammar import BLANK

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL: Final = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
_POWERS: Final = {
    "": 0, "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6, "m": 6,
    "billion": 9, "bn": 9, "bln": 9, "b": 9, "trillion": 12, "tn": 12, "trn": 12, "t": 12,
}  # fmt: skip
_DOZEN: Final = 12

_SCALE = "(?:hundred|thousand|million|billion|trillion|dozen)"
_SCALES = "(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"
_BASIC = f"(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_WORD = f"(?:{_BASIC}|{_SCALE})"
_AFTER_SCALE = "|".join(
    f"(?<={scale})" for scale in ("hundred", "thousand", "million", "billion", "trillion")
)
_MAX_WORDS: Final = 20
"""Maximum number of words after the first word of a number. The limit keeps the search linear."""

_SPELT = rf"{_WORD}(?:(?:{BLANK}|-|(?:{_AFTER_SCALE}){BLANK}and{BLANK}){_WORD}){{0,{_MAX_WORDS}}}"
CARDINAL: Final = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})*(?:\.[0-9]+)?|{_SPELT})"
"""A pattern for a number in digits or words. Use it in patterns that ignore case."""

_INDEFINITE = re.compile(
    rf"(?i)(?<![\w-])(?:(?:many{BLANK})?{_SCALES}(?:{BLANK}of{BLANK}{_SCALES})?"
    rf"|(?:an?{BLANK}few|a{BLANK}couple{BLANK}of|several|many|some{BLANK}few){BLANK}{_SCALE}"
    rf")(?![\w-])"
)
_GROUPED = (
    "[0-9]{1,3}(?:,[0-9]{3}){1,4}"
    "|[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,4}(?![0-9]|,[0-9]"
    "|[ \u00a0\u2009\u202f][0-9])"
    "|[1-9][0-9]{0,2}(?:['’][0-9]{3}){1,4}"
)
_PARTS: Final = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875",
}  # fmt: skip
# Does not match a part of a word, code, time, fraction or longer number. "m", "k", "x" may follow.
_DIGITS = re.compile(
    r"(?<![\w/^])(?<![0-9][.,:'’])(?<![^\W\d_][–−-])(?<![0-9]\.)"
    r"(?P<minus>(?<![^\s(\[“‘\"'$£€¥])[−-]|(?<![\w-])(?i:minus|negative)[^\S\n]+)?"
    rf"(?:(?P<whole>{_GROUPED}|[0-9]{{1,15}})(?:\.(?P<part>[0-9]{{1,9}})"
    rf"|[^\S\n]?(?P<vulgar>[{''.join(_PARTS)}]))?"
    r"|(?<![\w.])\.(?P<dot>[0-9]{1,9}))"
    rf"(?:(?:{BLANK}|-)(?P<scale>(?i:hundred|thousand|million|billion|trillion))(?!\w)"
    r"|[^\S\n]?(?P<short>(?i:bn|mn|tn|mln|bln|trn))(?!\w)|(?P<tied>[KMBT])(?![\w'’])"
    r"|(?=[mkbtx]\b)|(?!\w|[.,:/][0-9]|['’][0-9]))"
)
_WORDS = re.compile(
    rf"(?i)(?<![\w-])(?P<minus>(?:minus|negative){BLANK})?"
    rf"(?:(?P<share>half|(?:an?{BLANK}|one{BLANK}|(?P<three>three{BLANK}))?quarters?)(?:{BLANK}"
    rf"|-)(?:of{BLANK})?"
    rf"(?=(?:an?{BLANK})?{_SCALE}))?"
    rf"(?:an?{BLANK}(?={_SCALE}))?{_SPELT}(?!\w)"
)
_AND_A_PART = re.compile(
    rf"(?i){BLANK}and{BLANK}(?:a{BLANK}|one{BLANK}|one-)(?P<part>half|quarter)(?![\w-])"
    rf"(?:{BLANK}(?P<scale>hundred|thousand|million|billion|trillion)(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at `[start, end)`. `value` is null if the words have no exact value ("several
    dozen")."""

    start: int
    end: int
    value: Decimal | None
    scaled: bool
    """Written with a scale ("million") or separators ("1,300"). Then it is not a label and almost
    never a code."""
    power: int = 0
    """The power of ten of the scale: 6 for "million"."""


def find_numerals(text: str) -> list[Numeral]:
    """All numerals, in order, without overlaps. They include the years and days of dates."""
    # The three searches may find overlapping numerals; `_apart` keeps the first of them.
    found = [*_find_indefinite(text), *_find_digits(text), *_find_words(text)]
    ordered = sorted(found, key=lambda numeral: numeral.start)
    return list(_apart([_with_part(text, numeral) for numeral in ordered]))


def _apart(numerals: list[Numeral]) -> Iterator[Numeral]:
    """The numerals without those that begin inside an earlier numeral."""
    end = 0
    for numeral in numerals:
        if numeral.start >= end:
            yield numeral
            end = numeral.end


def _find_indefinite(text: str) -> Iterator[Numeral]:
    for found in _INDEFINITE.finditer(text):
        yield Numeral(*found.span(), value=None, scaled=True)


def _find_digits(text: str) -> Iterator[Numeral]:
    for found in _DIGITS.finditer(text):
        power = _POWERS[(found["scale"] or found["short"] or found["tied"] or "").lower()]
        whole = re.sub(r"\D", "", found["whole"] or "0")
        part = found["part"] or found["dot"] or _PARTS.get(found["vulgar"] or "", "0.")[2:]
        value = written_out(f"{whole}.{part}", power)
        value = -value if found["minus"] else value
        scaled = power > 0 or not (found["whole"] or "0").isdigit()
        yield Numeral(*found.span(), value=value, scaled=scaled, power=power)


def _find_words(text: str) -> Iterator[Numeral]:
    for found in _WORDS.finditer(text):
        start = found.start("share") if found["share"] else found.start()
        words = re.split(rf"{BLANK}|-", text[start : found.end()].lower())
        if found["share"]:
            words = words[len(re.split(rf"{BLANK}|-", found["share"])) :]
            words = words[words[0] == "of" :]
            words = words if words[0] in ("a", "an") else ["a", *words]
        elif found["minus"]:
            words = words[1:]
        value = _spelt(words)
        if value is None:
            continue
        parts = 1 if not found["share"] else 2 if "half" in found["share"].lower() else 4
        value *= 3 if found["three"] else 1
        if value % parts:
            continue
        value = -(value // parts) if found["minus"] else value // parts
        scaled = words[-1] in _POWERS or words[-1] == "dozen"
        yield Numeral(*found.span(), Decimal(value), scaled, _POWERS.get(words[-1], 0))


def _with_part(text: str, numeral: Numeral) -> Numeral:
    """The numeral, extended by "and a half" or "and a quarter" after it.

    The part has the scale of the numeral ("two million and a half") or the scale after it ("two and
    a half million").
    """
    found = _AND_A_PART.match(text, numeral.end)
    if not found or numeral.value is None:
        return numeral
    part = Decimal("0.5") if found["part"].lower() == "half" else Decimal("0.25")
    scale = (found["scale"] or "").lower()
    if scale and not numeral.power:
        value = written_out(str(numeral.value + part), _POWERS[scale])
        return replace(numeral, end=found.end(), value=value, scaled=True, power=_POWERS[scale])
    if scale:
        return numeral
    whole = _DOZEN if text[numeral.start : numeral.end].lower().endswith("dozen") else 1
    value = numeral.value + written_out(str(part * whole), numeral.power)
    return replace(numeral, end=found.end(), value=value, scaled=True)


def written_out(number: str, power: int = 0) -> Decimal:
    """The exact value of a number such as "17.8" times ten to the `power`.

    The result has no exponent and no trailing zeros after the decimal point.
    """
    sign, number = (-1, number[1:]) if number.startswith("-") else (1, number)
    whole, _, part = number.replace(",", "").partition(".")
    digits = part.rstrip("0")
    shift = power - len(digits)
    units = int(whole + digits)
    if shift >= 0:
        return sign * Decimal(units * 10**shift)
    return sign * Decimal(f"{whole}.{digits}").scaleb(power)


def _spelt(words: list[str]) -> int | None:
    """The value of number words; null if they are not a number ("twenty thirty")."""
    total, current, ceiling = 0, 0, 10**15
    for word in words:
        if word in ("a", "an"):
            current = 1
        elif word in _SMALL:
            value = _SMALL[word]
            room = 10 if value < 10 and current % 100 >= 20 else 100
            if current % room or (value == 0 and len(words) > 1):
                return None
            current += value
        elif word == "and":
            continue
        elif not current or (word in ("hundred", "dozen") and current >= 100):
            return None
        elif word == "dozen":
            current *= _DOZEN
        elif word == "hundred":
            current *= 100
        elif 10 ** _POWERS[word] < ceiling:
            ceiling = 10 ** _POWERS[word]
            total, current = total + current * ceiling, 0
        else:
            return None
    return total + current
