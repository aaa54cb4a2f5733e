"""Tells which currency a numeral is in, by the sign, code or word beside it."""

import re
from typing import Final, NamedTuple

from seeds.prose.number_context import BLANK

_DOLLARS: Final = {
    "": "USD", "us": "USD", "american": "USD", "united states": "USD", "hk": "HKD",
    "hong kong": "HKD", "a": "AUD", "au": "AUD", "australian": "AUD", "c": "CAD", "ca": "CAD",
    "can": "CAD", "canadian": "CAD", "nz": "NZD", "new zealand": "NZD", "s": "SGD", "sg": "SGD",
    "singapore": "SGD", "nt": "TWD", "taiwan": "TWD", "new taiwan": "TWD", "r": "BRL", "mex": "MXN",
}  # fmt: skip
"""What stands before a dollar sign or the word. A dollar alone is the US dollar, as is usual in
English prose, which marks the others."""

_SIGNS: Final = {"€": "EUR", "£": "GBP", "¥": None, "cn¥": "CNY", "rmb¥": "CNY", "jp¥": "JPY"}
"""A yen sign alone is yuan or yen, so it names no currency."""

_ISO = "AUD BRL CAD CHF CNY EUR GBP HKD INR JPY KRW MOP MXN NZD RUB SGD TWD USD"
_CODES: Final = {code.lower(): code for code in _ISO.split()} | {"rmb": "CNY"}
_WORDS: Final = {
    "euro": "EUR", "euros": "EUR", "pounds": "GBP", "pounds sterling": "GBP", "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "swiss francs": "CHF", "rupees": "INR", "roubles": "RUB",
    "rubles": "RUB", "patacas": "MOP",
}  # fmt: skip


def _any(words: dict[str, str] | dict[str, str | None]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)


_CODE = rf"(?:{_any(_CODES)})"
_BEFORE = re.compile(
    rf"(?i)(?<![\w.])(?:(?P<letters>(?:[a-z]\.?){{1,4}})?\$|(?P<sign>{_any(_SIGNS)})"
    rf"|(?P<code>{_CODE}))[^\S\n]?\Z"
)
_BEHIND = re.compile(
    rf"(?i)(?:{BLANK}|-)(?:(?:of{BLANK})?(?P<whose>(?:U\.S\.|{_any(_DOLLARS)}){BLANK})?dollars?"
    rf"|(?:of{BLANK})?(?P<word>{_any(_WORDS)})|(?P<code>{_CODE}))(?![\w-])"
)
_WEIGHT = re.compile(rf"(?i){BLANK}pounds{BLANK}of\b")


class Currency(NamedTuple):
    """The currency of the numeral, and where the words of the sum begin and end."""

    start: int
    end: int
    code: str | None


def currency(text: str, start: int, end: int) -> Currency | None:
    """The currency of the numeral `text[start:end]`; null where it is no sum of money."""
    before = _BEFORE.search(text, max(0, start - 8), start)
    if before:
        return Currency(before.start(), end, _before_code(before))
    behind = _BEHIND.match(text, end)
    if not behind or _WEIGHT.match(text, end):
        return None
    return Currency(start, behind.end(), _behind_code(behind))


def _before_code(found: re.Match[str]) -> str | None:
    if found["sign"]:
        return _SIGNS[found["sign"].lower()]
    if found["code"]:
        return _CODES[found["code"].lower()]
    return _DOLLARS.get((found["letters"] or "").replace(".", "").lower())


def _behind_code(found: re.Match[str]) -> str | None:
    if found["word"]:
        return _WORDS[found["word"].lower()]
    if found["code"]:
        return _CODES[found["code"].lower()]
    return _DOLLARS[(found["whose"] or "").replace(".", "").strip().lower()]
