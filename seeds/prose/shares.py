"""Finds shares of a whole, multiples and ratios: "two-thirds", "one in five", "twice", "162–0"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from seeds.prose.number_grammar import BLANK, DASH
from seeds.prose.number_words import CARDINAL, find_numerals
from seeds.prose.quantity import Quantity

_PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "fifteenth": 15,
    "sixteenth": 16, "twentieth": 20, "thirtieth": 30, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PART = rf"(?:{'|'.join(_PARTS)})s?"
_VULGAR: Final = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4),
    "¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fifteen",
]
_COUNT = rf"(?:{'|'.join(_NUMBERS)}|[0-9]{{1,3}})"
_MILLION = rf"{BLANK}(?:an?|one){BLANK}(?:hundred|thousand|million|billion|trillion|dozen)"
_OF = (
    rf"(?:{BLANK}(?:of(?!{_MILLION})|the|all|its|their|his|her|our|as|that|this|those|these)\b"
    rf"|{BLANK}(?:majority|vote|share|stake|interest)\b)"
)
_FRACTION = re.compile(
    rf"(?i)(?<![\w-])(?P<count>{_COUNT})(?:{BLANK}|-)(?P<part>{_PART})(?![\w-]|{BLANK}of{_MILLION})"
    rf"|(?<![\w-])(?P<one>an?){BLANK}(?P<part1>{_PART})(?={_OF}|[^\S\n]*[.,;])"
    rf"|(?<![\w-])(?<!first )(?<!second )(?<!other )(?<!latter )(?P<half>half)(?={_OF})"
    rf"|(?<![\w.])(?<![0-9][^\S\n])(?P<vulgar>[{''.join(_VULGAR)}])"
)
_ONE_PERCENT = re.compile(
    rf"(?i){BLANK}(?:of{BLANK})?(?:an?|one|1)(?:{BLANK}|-)(?:per[^\S\n]?cent|percentage{BLANK}point)\b"
)
_IN = re.compile(
    rf"(?i)(?<![\w-])(?P<count>{CARDINAL}){BLANK}(?:in|out{BLANK}of|of)(?:{BLANK}every)?{BLANK}"
    rf"(?P<whole>{CARDINAL})(?![\w-])"
)
_SLASH = re.compile(
    r"(?<![\w/.,-])(?<![0-9][^\S\n])(?P<count>[0-9]{1,3})/(?P<whole>[0-9]{1,4})(?![\w/.,]\w|[\w/-])"
)
_TIMES_MORE = (
    rf"{BLANK}(?:the\b|those\b|that\b|as\b|more\b|less\b|fewer\b|its\b|their\b|his\b|her\b|our\b"
    rf"|what\b|of\b|over\b"
    rf"|(?:\w+er|worse|better){BLANK}than\b|(?:larger|bigger|higher|greater|smaller|lower|faster"
    rf"|longer|stronger)\b|[A-Z][\w]*['’]s\b)"
)
_MULTIPLE = re.compile(
    rf"(?i)(?<![\w-])(?P<times>{CARDINAL}|half)(?:{BLANK}|-)times(?={_TIMES_MORE})"
    rf"|(?<![\w-])(?P<fold>{CARDINAL})-?fold(?!\w)"
    rf"|(?<![\w.,-])(?P<x>[0-9]{{1,4}}(?:\.[0-9]+)?)[x×](?![\w])"
    rf"|(?<![\w-])(?P<word>twice|thrice|double|triple|treble|quadruple)(?={BLANK}(?:the|as|its"
    rf"|their|his|her|our|that|those|what)\b)"
)
_FOLDS: Final = {"twice": 2, "double": 2, "thrice": 3, "triple": 3, "treble": 3, "quadruple": 4}
_GROWS = re.compile(
    rf"(?i)\b(?:grow|grew|increas|rise|rose|risen|expand|multipl|jump|swell|declin|decreas)\w*"
    rf"{BLANK}(?:(?:by|about|almost|nearly|over|some){BLANK})?\Z"
)
_FREQUENCY = re.compile(
    rf"(?i)(?<![\w-])(?:(?P<low>{CARDINAL})(?:{DASH}|{BLANK}(?:to|or){BLANK}))?"
    rf"(?:(?P<times>{CARDINAL}){BLANK}times(?!\w|{_TIMES_MORE})|(?P<word>twice"
    rf"|thrice)(?!\w|-|{BLANK}(?:the|as|its|their"
    rf"|his|her|our|that|those|what)\b))"
)
_VOTE = (
    r"(?:votes?|voted|voting|by|passed|approved|adopted|won|lost|defeated|beat|beaten|score|margin"
    r"|rejected|ratified|carried)"
)
_RATIO = re.compile(
    rf"(?i)\b(?P<cue>{_VOTE}"
    rf")\b[^.;:\n0-9]{{0,40}}?(?<![\w.,$£€¥-])(?P<ratio>[0-9]{{1,4}}(?:[–−-]|{BLANK}(?:to"
    rf"|against){BLANK})[0-9]{{1,4}}"
    rf"(?:[–−-][0-9]{{1,4}})?)(?![\w%]|[.,:/–−-][0-9]|{BLANK}(?:million|billion|percent|per"
    rf"|years?|days?|months?|weeks?)\b)"
)
_TO_ONE = re.compile(
    rf"(?i)(?<![\w.,$£€¥-])(?P<ratio>{CARDINAL}{BLANK}?(?:to|:){BLANK}?(?:one|1))(?![\w%]"
    rf"|[.,:/–−-][0-9]"
    rf"|{BLANK}(?:hundred|thousand|million|billion|percent))"
)
TIMES: Final = "the words say how often, or how many times as much"
RATIO: Final = "a ratio of two numbers has no single value"


def find_shares(text: str) -> list[Quantity]:
    """All shares, multiples, frequencies and ratios, in order, without overlaps."""
    found = [
        *_ratios(text), *_shares_of_numbers(text), *_fractions(text), *_multiples(text),
        *_frequencies(text),
    ]  # fmt: skip
    apart: list[Quantity] = []
    for quantity in sorted(found, key=lambda each: (each.start, -each.end)):
        if not apart or quantity.start >= apart[-1].end:
            apart.append(quantity)
    return apart


def _share(text: str, span: tuple[int, int], share: Fraction) -> Quantity:
    value = Decimal(share.numerator) / share.denominator if _is_finite(share) else None
    return Quantity(*span, text[slice(*span)], "share", value, None, "share", False, share)


def _is_finite(share: Fraction) -> bool:
    """Whether the share is a finite decimal: its denominator has only the factors 2 and 5."""
    rest = share.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def _fractions(text: str) -> Iterator[Quantity]:
    for found in _FRACTION.finditer(text):
        if found["vulgar"]:
            yield _share(text, found.span(), _VULGAR[found["vulgar"]])
            continue
        if found["half"]:
            yield _part(text, found.span(), Fraction(1, 2))
            continue
        part = (found["part"] or found["part1"]).lower()
        whole = _PARTS.get(part) or _PARTS[part.removesuffix("s")]
        count = _number(found["count"]) if found["count"] else Decimal(1)
        plural = part.endswith("s")
        if count is None or plural != (count > 1) or count >= 10 * whole:
            continue
        if _of_time(text, found.end()):
            continue
        yield _part(text, found.span(), Fraction(int(count), whole))


def _part(text: str, span: tuple[int, int], share: Fraction) -> Quantity:
    """The fraction as a share, or as a part of one percent if such words follow."""
    end = _of_percent(text, span[1])
    found = _share(text, span, share)
    if end is None:
        return found
    words = text[span[0] : end]
    unit = "percentage point" if "point" in words.lower() else "percent"
    return replace(found, end=end, text=words, kind="percent", unit=unit, share=None)


def _of_percent(text: str, end: int) -> int | None:
    """The end of "of one per cent" after a fraction ("half of one per cent"), or null."""
    found = _ONE_PERCENT.match(text, end)
    return found.end() if found else None


def _of_time(text: str, end: int) -> bool:
    """Whether the fraction belongs to a time or measure ("one quarter later") and is no share."""
    return (
        re.match(
            rf"(?i){BLANK}(?:later|earlier|ago|hours?|century|year|mile|day)\b",
            text[end : end + 16],
        )
        is not None
    )


def _shares_of_numbers(text: str) -> Iterator[Quantity]:
    for pattern in (_IN, _SLASH):
        for found in pattern.finditer(text):
            count, whole = _number(found["count"]), _number(found["whole"])
            ordered = count is not None and whole is not None and 0 < count < whole
            if ordered and count and whole and count == int(count) and whole == int(whole):
                if pattern is _IN and not _is_share(found, int(whole)):
                    continue
                yield _share(text, found.span(), Fraction(int(count), int(whole)))


def _is_share(found: re.Match[str], whole: int) -> bool:
    """Whether "in" means a share ("one in five"), not a place or year ("five in 1990")."""
    if re.search(r"(?i)\bevery\b|\bout\b", found[0]):
        return True
    return whole <= 100 and not re.search(rf"{BLANK}of{BLANK}", found[0])


def _multiples(text: str) -> Iterator[Quantity]:
    for found in _MULTIPLE.finditer(text):
        words = found["times"] or found["fold"] or found["x"]
        if words and words.lower() == "half":
            value = Decimal("0.5")
        elif words:
            value = _number(words)
        else:
            value = Decimal(_FOLDS[found["word"].lower()])
        if value is not None:
            yield Quantity(*found.span(), found[0], "multiple", value, None, "multiple", False)


def _frequencies(text: str) -> Iterator[Quantity]:
    for found in _FREQUENCY.finditer(text):
        value = (
            _number(found["times"]) if found["times"] else Decimal(_FOLDS[found["word"].lower()])
        )
        if value is None:
            continue
        start = found.start("times") if found["times"] else found.start("word")
        end = found.end("times") if found["times"] else found.end()
        low = _number(found["low"]) if found["low"] and found["times"] else None
        counts = [(start, end, value)]
        if low is not None:
            counts.insert(0, (*found.span("low"), low))
        grows = found["times"] and _GROWS.search(text, max(0, found.start() - 24), found.start())
        for first, last, times in counts:
            count = Quantity(first, last, text[first:last], "count", times, None, "times", False)
            yield replace(count, value=None, unread=TIMES) if grows else count


def _ratios(text: str) -> Iterator[Quantity]:
    for pattern in (_RATIO, _TO_ONE):
        for found in pattern.finditer(text):
            span = found.span("ratio")
            if pattern is _RATIO and not _falls(found):
                continue
            yield Quantity(*span, text[slice(*span)], "ratio", None, None, None, False, None, RATIO)


def _falls(found: re.Match[str]) -> bool:
    """Whether the numbers are a result, not a range: the first is not smaller, or it is a vote."""
    first, second = (int(digits) for digits in re.findall("[0-9]+", found["ratio"])[:2])
    return first >= second or found["cue"].lower().startswith("vot")


def _number(words: str) -> Decimal | None:
    numerals = find_numerals(words)
    whole = len(numerals) == 1 and (numerals[0].start, numerals[0].end) == (0, len(words))
    return numerals[0].value if whole else None
