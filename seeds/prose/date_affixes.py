"""Words around a date that change its meaning: parts of a period, approximations and bounds."""

import re
from dataclasses import replace
from typing import Final

from seeds.prose.date_mention import Bound, DateMention, Modifier
from seeds.prose.number_context import is_topic
from seeds.prose.number_grammar import BLANK, DASH, any_of
from seeds.prose.number_words import CARDINAL

_RANKS: Final = {
    "first": 1, "1st": 1, "opening": 1, "early": 1, "initial": 1, "second": 2, "2nd": 2,
    "middle": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "latter": 9, "last": 9, "final": 9,
    "closing": 9, "later": 9, "late": 9, "waning": 9, "dying": 9, "former": 1,
}  # fmt: skip
_LAST: Final = 9
_PART = re.compile(
    rf"(?i)(?<![\w-])(?:(?P<very>very{BLANK})?(?:(?P<part>early|mid|late|later)(?:-|{BLANK}"
    rf"(?:in{BLANK})?)"
    rf"|(?P<of>beginning|start|outset|middle|midst|end|close){BLANK}of{BLANK}"
    rf"|(?P<rank>{'|'.join(_RANKS)})(?:{BLANK}(?:few|couple{BLANK}of|several|{CARDINAL}"
    rf"))?(?:{BLANK}|-)"
    rf"(?P<unit>days?|weeks?|weekends?|fortnight|months?|years?|quarters?|half|thirds?|parts?"
    rf"|decades?|hours?)"
    rf"{BLANK}(?:of|in){BLANK}))(?P<the>the{BLANK})?\Z"
)
_PART_OF = re.compile(
    rf"(?i)(?:very{BLANK})?(?:beginning|start|outset|middle|midst|end|close|\w+{BLANK}\w+"
    rf"(?:{BLANK}\w+)*){BLANK}(?:of|in){BLANK}"
)
_PARTS: Final[dict[str, Modifier]] = {
    "early": "early", "beginning": "early", "start": "early", "outset": "early", "mid": "mid",
    "middle": "mid", "midst": "mid", "late": "late", "later": "late", "end": "end", "close": "end",
}  # fmt: skip
_ABOUT = re.compile(
    rf"(?i)(?<![\w-])(?:(?:about|around|approximately|approx\.?|roughly|circa|ca\.|some{BLANK}"
    rf"time{BLANK}around"
    rf"|sometime{BLANK}around|near){BLANK}|c\.[^\S\n]*|ca?[^\S\n]+(?=[0-9])|[~≈∼][^\S\n]?"
    rf"|(?P<maybe>perhaps|possibly|probably|maybe|presumably|apparently|likely|allegedly"
    rf"|supposedly)"
    rf"{BLANK}(?:(?:as{BLANK}(?:early|late){BLANK}as|already){BLANK})?(?:(?:in|on|at"
    rf"|during){BLANK})?)"
    rf"(?P<the>the{BLANK})?\Z"
)
_BOUNDS: Final[dict[str, Bound | Modifier]] = {
    "since": "since", "ever since": "since", "starting": "since", "starting in": "since",
    "starting on": "since", "starting from": "since", "beginning": "since", "beginning in": "since",
    "beginning on": "since", "beginning from": "since", "commencing": "since",
    "effective": "since", "effective from": "since", "with effect from": "since",
    "as from": "since",
    "as of": "as-of", "as at": "as-of", "until": "until", "till": "until", "up until": "until",
    "up till": "until", "up to": "until", "up to and including": "until", "through": "until",
    "before": "before", "prior to": "before", "earlier than": "before", "ahead of": "before",
    "after": "after", "later than": "after", "subsequent to": "after", "following": "after",
    "by": "by", "no later than": "by", "not later than": "by", "on or before": "by",
    "in or before": "by", "at or before": "by", "by or before": "by", "before or on": "by",
    "before or in": "by", "on or prior to": "by", "not after": "by", "by no later than": "by",
    "at the latest by": "by", "at the latest in": "by", "at the latest on": "by",
    "not before": "on-or-after", "no earlier than": "on-or-after",
    "not earlier than": "on-or-after",
    "no sooner than": "on-or-after", "not prior to": "on-or-after", "on or after": "on-or-after",
    "in or after": "on-or-after", "at or after": "on-or-after", "after or on": "on-or-after",
    "at the earliest in": "on-or-after", "at the earliest on": "on-or-after",
    "earliest in": "on-or-after", "not until after": "after", "pre": "before", "post": "after",
}  # fmt: skip
_BOUND = re.compile(
    rf"(?i)(?<![\w-])(?:(?:(?:shortly|soon|just|immediately|right|long|well|sometime|some{BLANK}"
    rf"time"
    rf"|at{BLANK}least|only|even|not{BLANK}long|years|months|weeks|days){BLANK})?"
    rf"(?P<word>{any_of(_BOUNDS)}){BLANK}"
    rf"(?:(?:at{BLANK}least|or{BLANK}during|or{BLANK}in|the{BLANK}year|year|the{BLANK}"
    rf"month{BLANK}of|(?:the{BLANK})?(?:(?:early|small|late|first|last){BLANK})?(?:hours?|morning"
    rf"|evening|night|afternoon|dawn|midnight|noon){BLANK}(?:of|on)){BLANK})?"
    rf"(?P<the>the{BLANK})?|(?P<prefix>pre|post)[–-])\Z"
)
_NEGATED = re.compile(r"(?i)\b(?:not|never|no|without)\b[^.;:!?\n]*\Z|n['’]t\b[^.;:!?\n]*\Z")
_NOT = re.compile(rf"(?i)(?<![\w-])not{BLANK}(?:finally{BLANK})?\Z")
FROM = re.compile(rf"(?i)(?<![\w-])(?P<word>from|between){BLANK}(?P<the>the{BLANK})?\Z")
_ONWARDS = re.compile(
    rf"{BLANK}(?:on(?=[^\S\n]*(?:[,.;)]|$))|(?P<open>onwards?\b|forwards?\b|and{BLANK}"
    rf"(?:after(?:wards)?|beyond|onwards?)\b"
    rf"(?!{BLANK}[\w])))|(?P<present>(?:{DASH}|{BLANK}(?:to|until|till|through){BLANK}"
    rf")(?:the{BLANK})?"
    rf"(?:present(?:{BLANK}day)?|now|today|date|this{BLANK}day)\b|[–−-](?=[^\S\n]*[);]|[.,](?![0-9])))"
)
_BEHIND = re.compile(
    rf"(?i),?{BLANK}(?:(?P<by>at{BLANK}the{BLANK}(?:very{BLANK})?latest|or{BLANK}(?:earlier"
    rf"|before|sooner))"
    rf"|(?P<from>at{BLANK}the{BLANK}(?:very{BLANK})?earliest|or{BLANK}(?:later|after(?:wards)?"
    rf"|thereafter)"
    rf"|and{BLANK}later)|(?P<about>or{BLANK}(?:so|thereabouts)|approximately"
    rf"|approx\.))(?!\w)(?!{BLANK}(?:the|that|this)\b)"
    rf"|[^\S\n]?(?P<uncertain>\(\?\)|\?(?=\)))"
)
_ORIGINS_WORDS = (
    "account accounts act acts agreement agreements apart archive archives article articles aside "
    "away book books book changed change changes compared census cable cables carryover chronicle "
    "clip data date dates dated dating decision decisions declaration declined decline decrease "
    "decreased delayed different document documents down drop dropped edict edition emails "
    "estimate estimates evidence example examples far fell figure figures film findings footage "
    "free grew grow growth image images increase increased interview issue journal law laws leap "
    "letter letters list map maps memo memory message minutes moved note notes order paper papers "
    "photo photograph photographs photos picture poem poll polls postponed posted proposal "
    "quotation quote quoted record records report reports rescheduled result results rise rose "
    "ruling shift shifted source sources speech statement statements statistics studies study "
    "survey surveys text texts transcript treaty unchanged up verdict version versions video "
    "words"
)
_ORIGINS: Final = frozenset(_ORIGINS_WORDS.split())
"""Words before "from" that make the date an origin ("a report from 1997"), not a start."""

_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)[^\S\n]*\Z")
_LEFT = re.compile(
    rf"(?i)(?<![\w-])(?:(?:since|until|till|before|after|by|as{BLANK}of|than|prior{BLANK}to"
    rf"|up{BLANK}to|minus"
    rf"|(?P<of>(?:turn|eve|weeks?|end|start|beginning|middle){BLANK}of)|(?:early|mid|late"
    rf"|later)(?:[-–]|{BLANK})(?:to|or|and)"
    rf"|(?:not|except|excluding|rather{BLANK}than|other{BLANK}than|instead{BLANK}of)(?:{BLANK}"
    rf"(?:in|on|for|during))?"
    rf"|every|each|last|next|this|past|nearly|almost|week{BLANK}(?:beginning|ending|commencing"
    rf"|starting))"
    rf"(?:{BLANK}|-)(?P<the>the{BLANK})?|[±<>≤≥][^\S\n]?)\Z"
)
_JOINED = re.compile(rf"[–−/-](?=[0-9])|{BLANK}(?P<to>to|until|till|through){BLANK}")
_TIED_BEFORE = re.compile(r"(?<![A-Za-z])[QH]?[0-9]+[–−/-]\Z")
LEFT_OVER: Final = "words beside the date change it"
HALF_PERIOD: Final = "the other end of its period is not a date"
NOT_THEN: Final = "the sentence says that it had not happened by then"


def takes_article(text: str, date: DateMention) -> bool:
    """Whether "the" before the date belongs to the date ("the early 1990s", "the end of 2006").

    Otherwise it belongs to a later noun ("the early 2019 protests").
    """
    own = date.precision in ("decade", "season", "century") and date.unread is None
    own = own and not _is_adjective(text, date)
    ordinal = re.match(r"[0-9]{1,2}(?:st|nd|rd|th)\b", text[date.start : date.start + 5])
    return own or ordinal is not None or _PART_OF.match(text, date.start, date.end) is not None


def _is_adjective(text: str, date: DateMention) -> bool:
    return "-centur" in text[date.start : date.end].lower()


def with_part(text: str, floor: int, date: DateMention) -> DateMention:
    """The date, extended by words before it such as "early", "end of" and "about".

    The previous date ends at `floor`; the search does not go further back.
    """
    if date.relative and date.first.month is None and date.relative.endswith("day"):
        return date
    part = _PART.search(text, max(floor, date.start - 48), date.start)
    if part and date.precision != "day" and (not part["the"] or _article_of_part(date, part)):
        date = _in_part(date, part)
    return _about(text, floor, date)


def _article_of_part(date: DateMention, part: re.Match[str]) -> bool:
    return part["part"] is None or date.precision in ("decade", "season", "century")


def _in_part(date: DateMention, part: re.Match[str]) -> DateMention:
    if part["part"] or part["of"]:
        modifier = _PARTS[(part["part"] or part["of"]).lower()]
        return replace(date, start=part.start(), modifier=modifier)
    rank, unit = _RANKS[part["rank"].lower()], part["unit"].lower()
    if unit == "half":
        modifier = "early" if rank == 1 else "late"
    elif rank == 1:
        modifier = "early"
    elif rank == _LAST or (rank == 4 and unit in ("week", "quarter")):
        modifier = "late"
    elif unit in ("week", "weekend", "quarter", "third"):
        modifier = "mid" if not (unit == "third" and rank == 3) else "late"
    else:
        return replace(date, start=part.start(), unread=LEFT_OVER)
    return replace(date, start=part.start(), modifier=modifier)


def _about(text: str, floor: int, date: DateMention) -> DateMention:
    about = _ABOUT.search(text, max(floor, date.start - 32), date.start)
    if not about or (about["the"] and not takes_article(text, date)):
        return date
    if is_topic(text, about.start("the") if about["the"] else about.end()):
        return date
    if about["maybe"]:
        return replace(date, start=about.start(), first=replace(date.first, uncertain=True))
    return replace(date, start=about.start(), first=replace(date.first, approximate=True))


def with_bound(text: str, floor: int, ceiling: int, date: DateMention) -> DateMention:
    """The date, extended by the words that bound it: "since", "by", "from .. on".

    The previous date ends at `floor`, and the next date starts at `ceiling`.
    """
    date = _behind(text, date)
    lead = FROM.search(text, max(floor, date.start - 16), date.start)
    onwards = None if date.last or date.bound else _ONWARDS.match(text, date.end)
    own_lead = lead if lead and (not lead["the"] or takes_article(text, date)) else None
    if onwards and (own_lead or onwards["open"] or onwards["present"]):
        date = replace(date, end=onwards.end(), bound="since")
    if own_lead and (date.last or onwards):
        date = replace(date, start=own_lead.start())
    elif own_lead and own_lead["word"].lower() == "from" and _opens(text, own_lead, date):
        date = replace(date, start=own_lead.start(), bound="since")
    else:
        date = _bounded(text, floor, date)
    return _guarded(text, floor, ceiling, date)


def _behind(text: str, date: DateMention) -> DateMention:
    found = _BEHIND.match(text, date.end)
    if not found or date.relative:
        return date
    date = replace(date, end=found.end())
    if found["by"]:
        return replace(date, modifier="by") if not date.modifier else date
    if found["from"]:
        return replace(date, bound="on-or-after")
    if found["about"]:
        return replace(date, first=replace(date.first, approximate=True))
    return replace(date, first=replace(date.first, uncertain=True))


def _opens(text: str, lead: re.Match[str], date: DateMention) -> bool:
    """Whether "from" starts a period ("in force from 1958"). Else it gives an origin."""
    if date.relative or date.bound or date.modifier == "by":
        return False
    before = _WORD_BEFORE.search(text, max(0, lead.start() - 32), lead.start())
    return before is None or before[1].lower() not in _ORIGINS


def _bounded(text: str, floor: int, date: DateMention) -> DateMention:
    found = _BOUND.search(text, max(floor, date.start - 48), date.start)
    if not found or (found["the"] and not takes_article(text, date)):
        return date
    word = " ".join((found["word"] or found["prefix"]).lower().split())
    if date.bound or date.modifier == "by":
        return replace(date, start=found.start(), unread=LEFT_OVER)
    if word in ("beginning", "starting", "commencing", "effective", "following") and found["the"]:
        return date
    bound = _BOUNDS[word]
    if bound == "until" and word != "through":
        negated = _NOT.search(text, max(floor, found.start() - 16), found.start())
        if negated:  # "not until 2020" means that it happened in 2020.
            return replace(date, start=negated.start())
        if _NEGATED.search(text, max(floor, found.start() - 200), found.start()):
            return replace(date, start=found.start(), bound="until", unread=NOT_THEN)
    if bound in ("by", "as-of"):
        return replace(date, start=found.start(), modifier=bound)
    return replace(date, start=found.start(), bound=bound)


def _guarded(text: str, floor: int, ceiling: int, date: DateMention) -> DateMention:
    """The date. It becomes unread if words or signs next to it would change its meaning."""
    if date.unread:
        return date
    left = _LEFT.search(text, max(floor, date.start - 32), date.start)
    if left and (not left["the"] or left["of"] or takes_article(text, date)):
        return replace(date, unread=LEFT_OVER)
    if _TIED_BEFORE.search(text, max(floor, date.start - 8), date.start):
        return replace(date, unread=LEFT_OVER)
    joined = _JOINED.match(text, date.end)
    if joined and not joined["to"] and joined.end() < ceiling:
        return replace(date, unread=LEFT_OVER)
    if joined and date.bound == "since" and not date.last:
        return replace(date, unread=HALF_PERIOD)
    return date
