"""Finds ranks: ordinals in digits ("45th"), in words ("second-largest"), and "number one"."""

import re
from typing import NamedTuple

from seeds.prose.date_forms import MONTHS
from seeds.prose.number_grammar import BLANK, ORDINAL_WORD, ORDINALS
from seeds.prose.number_words import CARDINAL, find_numerals

_SUPERLATIVE = (
    r"(?:most|least|best|worst|largest|biggest|highest|lowest|smallest|longest|shortest|oldest"
    r"|newest|youngest|richest|poorest|tallest|greatest|fastest|slowest|closest|strongest|weakest"
    r"|nearest|deepest|cheapest|latest|earliest|safest|freest|widest|heaviest|lightest|hottest"
    r"|coldest|wettest|driest|farthest|furthest|densest|\w+iest|favou?rite|preferred|favou?red"
    r"|leading|ranked|ranking|rank|placed?|positions?|spot|seed(?:ed)?|popular|important|common"
    r"|main|principal"
    r"|top)"
)
_NO_RANK = (
    r"(?i:century|centuries|street|avenue|floor|minute|hour|millennium|amendment|day|anniversary"
    r"|birthday|month|week|year|night|quarter|parallel|meridian|battalion|regiment|division|army"
    r"|brigade|fleet|squadron|infantry|cavalry|corps|congress|parliament|session|plenum|meeting"
    r"|summit|conference|edition|round|district|ward|row|grade|term|time|attempt|article|chapter"
    r"|section|clause|draft|version|series|season|arrondissement|generation|degree)"
)
_DIGITS = re.compile(
    r"(?<![\w$£€¥#/.,-])(?P<value>[0-9]{1,3}(?:,[0-9]{3})*|[0-9]{4,9})(?:st|nd|rd|th)(?![\w/])"
    rf"(?!(?:{BLANK}|-){_NO_RANK}\b)"
)
_MONTH_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(MONTHS)}){BLANK}(?:the{BLANK})?\Z")
_LISTED = (
    r"(?:partners?|markets?|destinations?|exporters?|importers?|suppliers?|investors?|econom(?:y|ies)"
    r"|buyers?|customers?|sources?|producers?|consumers?|trading|export|import|creditors?|donors?)"
)
_BEHIND = re.compile(
    rf"(?i)(?:{BLANK}|-)(?:{_SUPERLATIVE}\b|(?:\w+{BLANK})?{_LISTED}\b|(?:out{BLANK})?of{BLANK}[0-9]"
    rf"|among\b|worldwide\b|globally\b|overall\b|in{BLANK}the{BLANK}(?:world|list|ranking|region))"
)
_AHEAD = re.compile(
    rf"(?i)\b(?:rank(?:s|ed|ing)?|came|comes|finish(?:ed|es)?|placed|rated|stood|stands|climbed|rose"
    rf"|fell|dropped|slipped|moved|jumped|up|down|from|to){BLANK}(?:it{BLANK}|them{BLANK})?"
    rf"(?:as{BLANK}|in{BLANK}|at{BLANK}|to{BLANK}|from{BLANK}|only{BLANK}|joint{BLANK}|the{BLANK})*\Z"
    rf"|\(\Z|\btied{BLANK}(?:for{BLANK})?\Z"
)
_PLACE = rf"(?=(?:{BLANK}|-)(?i:places?|rank|ranking|position|spot)\b)"
_WORDS = re.compile(
    rf"(?<![\w-])(?P<value>{ORDINAL_WORD})(?:(?=(?:{BLANK}|-)(?i:{_SUPERLATIVE})\b)|{_PLACE}"
    rf"|(?=(?:{BLANK}(?:export|import|trading|foreign|overseas))?{BLANK}"
    rf"(?:partner|market|destination|supplier|investor|buyer|customer|creditor|donor)\b))"
)
_RANKED = re.compile(
    rf"(?i)\b(?:rank(?:s|ed)?|came|comes|finish(?:ed|es)?|placed|rated|stood){BLANK}(?:it{BLANK}"
    rf"|them{BLANK})?"
    rf"(?:as{BLANK}|in{BLANK}|at{BLANK})?(?:the{BLANK}|joint{BLANK}|only{BLANK}"
    rf")?(?P<value>{ORDINAL_WORD})(?![\w-])"
)
_NUMBERED = re.compile(
    rf"(?<![\w-])(?:(?i:(?P<lead>the|its|their|his|her|our|my|a|as|at|ranked|rank|ranks|placed"
    rf"|rated|became|becoming|is|was"
    rf"|['’]s|s['’])){BLANK}|(?<=['’]s[^\S\n])|(?<=s['’][^\S\n]))"
    rf"(?P<rank>(?:(?i:number)(?:{BLANK}|-)|(?i:nos?\.)[^\S\n]?"
    rf"|#)(?P<value>{CARDINAL.replace('(?:[0-9]', '(?i:[0-9]')}))(?![\w-])"
    rf"(?P<behind>{BLANK}(?!of\b)[\w'’-]+)?"
)


class Rank(NamedTuple):
    """A rank at `[start, end)`: 2 for "second-largest"."""

    start: int
    end: int
    value: int


def find_ranks(text: str) -> list[Rank]:
    """All ranks, in order. Ordinals in words that only number things ("the second term") are no
    ranks."""
    found = [
        Rank(*m.span(), int(m["value"].replace(",", "")))
        for m in _DIGITS.finditer(text)
        if _is_rank(text, m)
    ]
    for pattern in (_WORDS, _RANKED):
        found += [Rank(*m.span("value"), _value(m["value"])) for m in pattern.finditer(text)]
    found += [rank for m in _NUMBERED.finditer(text) for rank in _numbered(m)]
    return sorted(set(found))


def _is_rank(text: str, found: re.Match[str]) -> bool:
    """Whether an ordinal in digits is a rank ("3rd largest"), not a label ("38th parallel")."""
    lowest = max(0, found.start() - 40)
    if _MONTH_BEFORE.search(text, lowest, found.start()):
        return False
    behind = _BEHIND.match(text, found.end()) or re.match(rf"{BLANK}\w", text[found.end() :][:8])
    return behind is not None or _AHEAD.search(text, lowest, found.start()) is not None


def _value(word: str) -> int:
    return ORDINALS[re.sub(rf"{BLANK}|‐", "-", word.lower())]


def _numbered(found: re.Match[str]) -> list[Rank]:
    """The rank in "number one" or "No. 3". Before a capital or digit it is a label, not a rank."""
    behind = (found["behind"] or "").strip()
    if behind[:1].isupper() or behind[:1].isdigit():
        return []
    numerals = find_numerals(found["value"])
    value = numerals[0].value if len(numerals) == 1 else None
    return [Rank(*found.span("rank"), int(value))] if value and value == int(value) else []
