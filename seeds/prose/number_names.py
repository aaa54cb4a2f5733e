"""Numbers inside names and set phrases: "Seven Years' War", "one country, two systems"."""

import re
from typing import Final

from seeds.prose.money import is_code
from seeds.prose.number_context import follows_word
from seeds.prose.number_grammar import BLANK, any_of

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)"
_SLOGAN = re.compile(
    rf"(?i)\bone(?:{BLANK}|-)(?:country|china|belt|road|nation|people|party|state|world|family"
    rf"|cent(?:er|re)"
    rf"|goal|body|axis|language|god|king|faith|land)(?:,|{BLANK}and|[^\S\n]*[–/]){BLANK}"
    rf"{_NUMBER}(?:{BLANK}|-)[a-z-]+(?:(?:,|{BLANK}and|,{BLANK}and){BLANK}{_NUMBER}(?:{BLANK}"
    rf"|-)[a-z-]+){{0,6}}"
)
_SET_PHRASES: Final = (
    "one country two systems", "one country, two systems", "two systems", "one belt, one road",
    "one"
    " belt"
    " one road", "one-china", "three no's", "three noes", "two-child", "one-child", "nine-to-five",
    "twenty-four seven", "24/7", "fifty-fifty", "50-50", "50/50", "at sixes and sevens",
    "four corners of", "seven seas", "seven wonders", "two cents", "nine lives", "cloud nine",
    "on"
    " all fours", "two sessions", "three cheers", "four freedoms", "second to none", "in two minds",
    "ten commandments", "a thousand cuts", "hundred flowers", "six degrees", "ten to one",
    "million-dollar"
    " question", "one thousand and one nights", "four seas", "zero-sum", "zero tolerance",
    "ground zero", "two-way", "three-way", "four-way", "two-faced", "two-sided", "one-sided",
    "two-dimensional", "three-dimensional", "five-star", "four-star", "three-star", "two-tier",
    "three-tier", "two-track", "twin-track", "two-step", "two-fold way", "second-to-none",
)  # fmt: skip
_PHRASE = re.compile(rf"(?i)(?<![\w-])(?:{any_of(_SET_PHRASES)})(?!\w)")
_CAPITALISED = re.compile(rf"(?:{BLANK}|-)[A-Z][\w’'.-]*")
_OF_NUMBER = re.compile(
    rf"\b(?:Group|Gang|Big|Club|Council|Committee|Company|Rule|Board|Band|League|Order|Set"
    rf"|Top){BLANK}(?:of{BLANK})?\Z"
)
_LABELLED = re.compile(rf"(?<![.!?:;(“\"]){BLANK}(?P<name>[A-Z][\w’'.&-]*){BLANK}\Z")
_PLACED = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Oo]n|[Ss]ince|[Nn]ear|[Oo]ver|[Tt]hrough){BLANK}"
    rf"(?:[A-Z][\w’'.&-]*{BLANK})*\Z"
)
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n(\[“\"‘—–][^\S\n]*|[.!?][”\"’)\]][^\S\n]*)\Z")
_WAR = re.compile(
    rf"(?:{BLANK}|-)(?:[A-Z]?[\w-]+(?:s['’]|['’]s)?{BLANK}){{0,2}}(?:War|Treaty|Alliance|Dynasty"
    rf"|Kingdoms|Gorges|Sisters|Revolution"
    rf"|Crusade|Pact|Plan|Act|Movement|Uprising|Rebellion|Crisis|Mountain|Lake|River|Bridge|Hill"
    rf"|Party|Way|Program(?:me)?)\b"
)


def find_set_phrases(text: str) -> list[tuple[int, int]]:
    """The spans of set phrases with numbers, such as "one country, two systems"."""
    return [found.span() for pattern in (_PHRASE, _SLOGAN) for found in pattern.finditer(text)]


def is_named(text: str, start: int, end: int) -> bool:
    """Whether the numeral `text[start:end]` is part of a name ("Seven Years' War")."""
    if text[start].isdigit() and not follows_word(text, start):
        return False
    if _OF_NUMBER.search(text, max(0, start - 16), start):
        return True
    if text[start].isdigit():
        return _is_labelled(text, start)
    if _WAR.match(text, end):
        return True
    begins = _SENTENCE_START.search(text, max(0, start - 4), start) is not None
    if re.search("-[A-Z]", text[start:end]):
        return True
    if not text[start].isupper() or begins:
        return False
    return _CAPITALISED.match(text, end) is not None or end == len(text) or not text[end].isalnum()


def _is_labelled(text: str, start: int) -> bool:
    """Whether a capitalised name stands before the digits ("Apollo 11"; not "In China 12")."""
    lowest = max(0, start - 60)
    found = _LABELLED.search(text, lowest, start)
    if not found or _WEEKDAY.search(found["name"]) or found["name"].endswith("."):
        return False
    if is_code(found["name"]):
        return False
    return not _PLACED.search(text, lowest, start)
