"""Distinguishes a yearly day ("their national day on 1 July") from a day of one year."""

import re
from typing import Final

from seeds.prose.number_grammar import BLANK

YEARLY: Final = "the sentence speaks of every year"
_REACH: Final = 200
_SENTENCE_BEFORE = re.compile(r"[^.!?;\n]*\Z")
_SENTENCE_BEHIND = re.compile(r"[^.!?;\n]*")
_HABIT = re.compile(
    rf"(?i)\b(?:(?:every|each){BLANK}(?:year|spring|summer|autumn|fall|winter|season|month|\d"
    rf"|january|february"
    rf"|march|april|may|june|july|august|september|october|november|december)|annual(?:ly)?|yearly"
    rf"|year{BLANK}after{BLANK}year|anniversar(?:y|ies)|birthdays?|(?:public|bank"
    rf"|national){BLANK}holidays?"
    rf"|national{BLANK}days?|celebrates?|commemorates?|observes?|marks{BLANK}its"
    rf"|(?:is|are){BLANK}(?:\w+{BLANK})?(?:celebrated|commemorated|observed|held|marked"
    rf"|honou?red|due)"
    rf"|falls?{BLANK}(?:on|in)|takes?{BLANK}place|always|usually|typically|traditionally|normally"
    rf"|(?:begins?|starts?|runs?|ends?|opens?|closes?|lasts?){BLANK}(?:on|in|from)|season|fiscal"
    rf"|financial{BLANK}year)\b"
)


def is_yearly(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a date without a year describes something that happens yearly."""
    before = _SENTENCE_BEFORE.search(text, max(0, start - _REACH), start)
    behind = _SENTENCE_BEHIND.match(text, end, end + _REACH)
    around = (before[0] if before else "") + text[start:end] + (behind[0] if behind else "")
    return _HABIT.search(around) is not None
