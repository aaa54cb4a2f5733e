"""Distinguishes years, months and seasons from words that look the same: counts, labels, names."""

import re
from typing import Final

from seeds.prose.date_forms import MONTHS
from seeds.prose.number_context import counted, is_label
from seeds.prose.number_grammar import BLANK

_REACH: Final = 40
"""Number of characters before a candidate that are searched."""

_SUM = re.compile(r"(?:[$£€¥₩₹₽]|\b(?:USD|HKD|EUR|GBP|JPY|CNY|RMB))[^\S\n]*\Z")
_ATTACHED = re.compile(r"\w[–−-]\Z")
_PREFIX = re.compile(r"(?i)(?<!\w)(?:mid|early|late|pre|post)-\Z")
_SUFFIX = re.compile(
    r"-(?:era|style|born|dated|based|only)\b|[–−-](?:present|now|today|date|to-date)\b"
)
_NO_YEAR = re.compile(
    r"[^\S\n]*(?:per[^\S\n]?cent|hundred|thousand|million|billion|trillion|dollars|euros"
    r"|hours|[kc]?m|kg|mph|[kMG]W|[kMG]Hz|[ap]\.?m)\b|[–−-]\w"
)
_ADDRESS = re.compile(
    rf"(?:{BLANK}[A-Z][\w'’.]*){{1,4}}?{BLANK}"
    r"(?:Road|Street|Avenue|Lane|Drive|Square|Boulevard|Terrace|Rd|St|Ave|Blvd)\b"
)
_COUNTING = re.compile(
    rf"(?i)(?<!since )(?<!until )(?<!by )(?<!\w)(?:some|nearly|almost|at least|as many as"
    rf"|(?:more|less|fewer){BLANK}than|totals? of|totall?ing|an estimated|estimated){BLANK}\Z"
)
_DATING = re.compile(
    rf"(?i)(?:\b(?:in|since|until|till|during|the|early|mid|late)|['’]s|s['’]){BLANK}\Z"
)
_TITLED_BY_YEAR = re.compile(rf"(?<!\w)[A-Z][\w'’-]*{BLANK}of{BLANK}\Z")
_DETERMINED = re.compile(
    rf"(?i)\b(?:the|that|this|its|their|his|her){BLANK}(?:[\w’'-]+{BLANK}"
    rf"){{0,4}}?([\w-]+){BLANK}of{BLANK}\Z"
)
_COLLECTIVES_WORDS = (
    "area army average band capacity cargo chain collection column company convoy corps cost "
    "count crew crowd depth distance fleet fine force garrison group gang guard height horde "
    "length limit loan loss maximum minimum mob navy number order pack party payment peak "
    "population price rate range record row sample series staff string sum team total troop value "
    "weight workforce"
)
_COLLECTIVES: Final = frozenset(_COLLECTIVES_WORDS.split())
_COUNTED_WORDS = (
    "acres aircraft barrels casualties children citizens civilians companies copies "
    "deaths delegates demonstrators employees feet firms hectares households inhabitants jobs "
    "kilometers kilometres members men meters metres miles officers pages passengers people "
    "persons police pounds protesters protestors refugees residents seats ships soldiers students "
    "tonnes tons troops users vehicles visitors votes women words workers yen yuan"
)
_COUNTED: Final = frozenset(_COUNTED_WORDS.split())
_FIRST_YEAR_OF_NOUNS: Final = 1800
"""A number below this is a count before any plural noun ("1200 ships"). From this year on, it may
be a year before a plural noun ("2019 protests")."""

_STRICT: Final = frozenset(("May", "March", "MAY", "MARCH"))
_NAMELIKE: Final = _STRICT | {"Spring", "Summer", "Autumn", "Fall", "Winter"}
_MONTH_NAME = f"(?:{'|'.join(MONTHS)})"
_CUE = re.compile(
    r"(?i)(?<![\w-])(?:in|since|until|till|by|during|early|mid|late|last|next|this|that|through"
    rf"|throughout|(?:end|beginning|start|middle|month|half|weeks?|days?|part) of|{_MONTH_NAME}"
    rf"{BLANK}(?:and|or|to)"
    rf"|{_MONTH_NAME}[–−/])(?:{BLANK}|-|\Z)(?:the{BLANK})?\Z"
)
_WEAK_CUE = re.compile(rf"(?i)(?<![\w-])(?:from|to|before|after|between|of){BLANK}\Z")
_MONTH_FOLLOWS = re.compile(
    rf"(?:{BLANK}(?:and|or|to|through|until){BLANK}|[^\S\n]*[–−/-][^\S\n]*)(?:(?:early|mid"
    rf"|late)[\s-])?{_MONTH_NAME}\b"
)
_FROM = re.compile(rf"(?i)(?<![\w-])(?:from|between){BLANK}\Z")
_UP_TO_A_DATE = re.compile(
    rf"{BLANK}(?:to|until|till|through|and){BLANK}(?:the{BLANK})?(?:(?:early|mid|late)[\s-])?"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?{BLANK}(?:of{BLANK})?)?(?:{_MONTH_NAME}|[12][0-9]{{3}})\b"
)
_BY_A_PERSON = re.compile(
    rf"(?:\w(?:ed|en)|made|led|run|held|won|sent|put|told|said|done|built|begun){BLANK}by{BLANK}\Z"
)
_NAME_BEFORE = re.compile(rf"(?<!\w)([A-Z][\w'’]*){BLANK}\Z")
_NAME_AFTER = re.compile(rf"{BLANK}[A-Z]")
_NO_NAME_WORDS = (
    "A About After All An And Around As At Before Between But By During Early Every For From In "
    "Late Last Mid Next Of On Or Since That The This Through To Until When With Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday"
)
_NO_NAMES: Final = frozenset(_NO_NAME_WORDS.split())


def is_unattached(text: str, start: int) -> bool:
    """Whether no dash joins the numeral to a word before it, as in "102-1997".

    Prefixes such as "mid-" in "mid-1997" do not count.
    """
    lowest = max(0, start - _REACH)
    attached = _ATTACHED.search(text, lowest, start)
    return not attached or _PREFIX.search(text, lowest, start) is not None


def is_unlabelled(text: str, start: int) -> bool:
    """Whether the numeral at `start` is not an amount of money, and has no label or joined word."""
    summed = _SUM.search(text, max(0, start - _REACH), start)
    return not summed and not is_label(text, start) and is_unattached(text, start)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether a number from 1000 to 2100 is a year, not an amount, label, measure or count."""
    if _NO_YEAR.match(text, end) and not _SUFFIX.match(text, end):
        return False
    if _ADDRESS.match(text, end) and not _DATING.search(text, max(0, start - _REACH), start):
        return False
    counting = _COUNTING.search(text, max(0, start - _REACH), start)
    return is_unlabelled(text, start) and not counting and not _is_count(text, start, end)


def _is_count(text: str, start: int, end: int) -> bool:
    phrase = counted(text, end)
    if not phrase or _names_a_thing(text, start):
        return False
    noun = text[slice(*phrase)].rsplit(maxsplit=1)[-1]
    dating = _DATING.search(text, max(0, start - _REACH), start)
    if int(text[start : start + 4]) < _FIRST_YEAR_OF_NOUNS:
        return noun.islower() and (not dating or "the" in dating[0].lower())
    return noun in _COUNTED and not dating


def _names_a_thing(text: str, start: int) -> bool:
    """Whether the number identifies a thing ("the Treaty of 1494"; not "a fleet of 1200")."""
    lowest = max(0, start - 2 * _REACH)
    titled = _TITLED_BY_YEAR.search(text, lowest, start)
    if titled and not _is_collective(titled[0].split()[0]):
        return True
    determined = _DETERMINED.search(text, lowest, start)
    return determined is not None and not _is_collective(determined[1])


def _is_collective(noun: str) -> bool:
    return noun.lower() in _COLLECTIVES


def is_no_name(text: str, start: int, word: str) -> bool:
    """Whether a month or season before a year is not part of a name ("Women's March 2019")."""
    before = _NAME_BEFORE.search(text, max(0, start - _REACH), start)
    return word not in _NAMELIKE or not before or before[1] in _NO_NAMES


def is_bare_month(text: str, start: int, end: int) -> bool:
    """Whether the name of a month without day and year means a month, not a verb or a name."""
    lowest = max(0, start - _REACH)
    if re.match(r"-[A-Za-z]", text[end : end + 2]) and not _MONTH_FOLLOWS.match(text, end):
        return False
    named = _NAME_AFTER.match(text, end)
    if _BY_A_PERSON.search(text, lowest, start) and (named or text[start:end] in _STRICT):
        return False
    if _CUE.search(text, lowest, start) or _MONTH_FOLLOWS.match(text, end):
        return True
    if _FROM.search(text, lowest, start) and _UP_TO_A_DATE.match(text, end):
        return True
    if text[start:end] in _STRICT or text[start:end].title() not in MONTHS:
        return False
    before = _NAME_BEFORE.search(text, lowest, start)
    if not is_unattached(text, start) or (before and before[1] not in _NO_NAMES):
        return False
    return not named or _WEAK_CUE.search(text, lowest, start) is not None
