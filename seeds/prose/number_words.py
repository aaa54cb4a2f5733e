"""Finds numerals, in digits or in words, and reads them exactly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from seeds.prose.number_context import BLANK

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL: Final = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
_POWERS: Final = {
    "": 0, "hundred": 2, "thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9,
    "trillion": 12, "tn": 12,
}  # fmt: skip
_DOZEN: Final = 12

_SCALE = "(?:hundred|thousand|million|billion|trillion|dozen)"
_SCALES = "(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"
_BASIC = f"(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_WORD = f"(?:{_BASIC}|{_SCALE})"
_AFTER_SCALE = "|".join(
    f"(?<={scale})" for scale in ("hundred", "thousand", "million", "billion", "trillion")
)

_INDEFINITE = re.compile(
    rf"(?i)(?<![\w-])(?:{_SCALES}(?:{BLANK}of{BLANK}{_SCALES})?"
    rf"|(?:an?{BLANK}few|a{BLANK}couple{BLANK}of|several|many){BLANK}{_SCALE})(?![\w-])"
)
# No part of a word, a code, a time, a fraction or a longer number; "m" and "k" may follow a sum.
_DIGITS = re.compile(
    r"(?<![\w/^])(?<![0-9][.,:])(?<![^\W\d_][–−-])"
    r"(?P<minus>(?<![^\s(\[“‘\"'])[−-])?(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.(?P<part>[0-9]{1,9}))?"
    rf"(?:(?:{BLANK}|-)(?P<scale>(?i:thousand|million|billion|trillion))(?!\w)"
    r"|[^\S\n]?(?P<short>bn|mn|tn)(?!\w)|(?=[mk]\b)|(?!\w|[.,:/][0-9]))"
)
_WORDS = re.compile(
    rf"(?i)(?<![\w-])(?:(?:half{BLANK})?an?{BLANK}(?={_SCALE}))?{_WORD}"
    rf"(?:(?:{BLANK}|-|(?:{_AFTER_SCALE}){BLANK}and{BLANK}){_WORD})*(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at `[start, end)`; `value` is null where the words give none ("several dozen")."""

    start: int
    end: int
    value: Decimal | None
    scaled: bool
    """Written with a scale ("million") or separators ("1,300"): no label, and hardly a code."""
    power: int = 0
    """The power of ten that the scale in words stands for."""


def find_numerals(text: str) -> list[Numeral]:
    """All numerals, in order, none overlapping; years and days of dates among them."""
    # A scale that ends one of these is no number by itself, so that no two overlap.
    found = [*_find_indefinite(text), *_find_digits(text), *_find_words(text)]
    return sorted(found, key=lambda numeral: numeral.start)


def _find_indefinite(text: str) -> Iterator[Numeral]:
    for found in _INDEFINITE.finditer(text):
        yield Numeral(*found.span(), value=None, scaled=True)


def _find_digits(text: str) -> Iterator[Numeral]:
    for found in _DIGITS.finditer(text):
        power = _POWERS[(found["scale"] or found["short"] or "").lower()]
        value = written_out(found["whole"] + "." + (found["part"] or ""), power)
        value = -value if found["minus"] else value
        scaled = power > 0 or "," in found["whole"]
        yield Numeral(*found.span(), value=value, scaled=scaled, power=power)


def _find_words(text: str) -> Iterator[Numeral]:
    for found in _WORDS.finditer(text):
        words = re.split(rf"{BLANK}|-", found[0].lower())
        half = words[0] == "half"
        value = _spelt(words[1:] if half else words)
        if value is not None and not (half and value % 2):
            scaled = words[-1] in _POWERS or words[-1] == "dozen"
            power = _POWERS.get(words[-1], 0)
            yield Numeral(*found.span(), Decimal(value // 2 if half else value), scaled, power)


def written_out(number: str, power: int = 0) -> Decimal:
    """The exact value of "17.8" times ten to the `power`, without exponent or needless zeros."""
    whole, _, part = number.replace(",", "").partition(".")
    digits = part.rstrip("0")
    shift = power - len(digits)
    units = int(whole + digits)
    return Decimal(units * 10**shift) if shift >= 0 else Decimal(f"{whole}.{digits}").scaleb(power)


def _spelt(words: list[str]) -> int | None:
    """The value of number words; null where they make no number ("twenty thirty")."""
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
