"""The words around a numeral: labels, approximations and the things that it counts."""

import re

from seeds.prose.number_grammar import BLANK

_LABELS = (
    r"(?:No|Nos|Number|Article|Section|Chapter|Title|Part|Paragraph|Rule|Clause|Resolution|Page"
    r"|Room|Suite|Flight|Route|Highway|Volume|Vol|Figure|Table|Channel|Level|Phase|Version|Model"
    r"|Stat|Boeing|Airbus|ISO|RFC|Box|Appendix|Annex|Schedule|Line|War|Day|Type|Form|Protocol"
    r"|[Pp]age|[Pp]{1,2}|[Nn]os?|[Rr]esolution|[Aa]rticle|[Ss]ection|[Cc]hapter|[Nn]umber"
    r"|H\.R|H\.J\.Res|S\.J\.Res|[HS]\.(?:Con\.)?Res|S(?=\.)|Cap|Ch|L\.N|Pub\.[^\S\n]?L"
    r"|[Ii]tem|[Pp]hase|[Ss]tage|[Ss]tep|[Gg]rade|[Ll]evel|[Rr]oom|[Tt]able|[Ff]igure|[Cc]ategory"
    r"|[Zz]one|[Pp]lot|[Gg]ate|[Pp]latform|[Tt]erminal|[Rr]oute|[Ff]light|[Vv]ersion|[Tt]ier|[Cc]lause"
    r"|[Pp]aragraph|[Rr]ule|[Ll]ine|[Nn]ote|[Aa]nnex|[Pp]oint)"
)
_LABEL = re.compile(rf"(?<![\w.-]){_LABELS}s?\.?{BLANK}\Z")
_LABELLED_LIST = re.compile(
    rf"(?<![\w.-]){_LABELS}s{BLANK}[0-9]+[a-z]?(?:(?:,(?:{BLANK}(?:and|or))?|{BLANK}(?:and|or|to))"
    rf"{BLANK}[0-9]+[a-z]?){{0,9}}(?:,(?:{BLANK}(?:and|or))?|{BLANK}(?:and|or|to)){BLANK}\Z"
)
"""Matches the beginning of a list of labels: "Items 1, 2 and "."""

_APPROXIMATE = re.compile(
    r"(?:(?<![\w-])(?:(?:about|around|approximately|approx\.?|circa|ca?\.?|roughly|some|nearly"
    r"|almost|over"
    r"|(?:well|just|slightly|far|somewhat|little|a little)"
    + BLANK
    + r"(?:over|under|above|below)|under|above|below"
    r"|close to|near|nearer to|upwards? of|north of|up to|approaching|exceeding|in excess of"
    r"|barely|nigh on"
    r"|(?:no |not |slightly |somewhat |rather |far |well |much |little |a little )?(?:more|less"
    r"|fewer|greater|higher"
    r"|lower|larger|smaller|better|longer|shorter) than|at least|at most|at the least"
    r"|at the most|not quite"
    r"|as (?:many|much|few|little|high|low|large|small|long) as|a (?:maximum|minimum) of"
    r"|maximum of|minimum of"
    r"|perhaps|possibly|probably|maybe|presumably|reportedly|supposedly|allegedly|likely|say"
    r"|(?:variously |conservatively )?(?:estimated|put|reckoned|believed|thought|said"
    r"|reported) (?:at|to be)"
    r"|an estimated|estimated|an estimate of|estimates of|in the (?:region|order|neighbourhood"
    r"|neighborhood) of)"
    + BLANK
    + r")(?:(?:an?"
    + BLANK
    + r")?(?:estimated|average of|additional|extra|further|total of)"
    + BLANK
    + r")*"
    r"|[~≈∼±<>≤≥][^\S\n]?)\Z",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:talk|speak|spoke|say|said|ask|know|learn|think|thought|wr[io]te|written|read|tell|told"
    r"|concern|question|book|film|report|article|stor|statement|information|detail|news|debate"
    r"|discussion|comment|complain|worr|warn|truth|documentary|essay)\w*" + BLANK + r"about"
    + BLANK + r"\Z",
    re.IGNORECASE,
)  # fmt: skip

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\w*(?:[-'’]\w+)*")
_GAP = re.compile(BLANK)
_COMMA = re.compile(r",(?=[^\S\n])")
_MAX_WORDS = 7
_BREAK_WORDS = (
    "a about across after against all along also although always am among an and any are as at be "
    "because been before behind being besides between both but by can could did do does during "
    "each either else every except for from had has have he her hers his how if in including into "
    "is it its just less like may might more much must near nor not of off on once onto or our "
    "out over per perhaps plus she should since so some still than that the their them themselves "
    "then there these they this those though through thus times to together too towards under "
    "unless until up upon us versus was we were what when where whereas whether which while who "
    "whom whose why will with within without would yet you your"
)
_BREAKS = frozenset(_BREAK_WORDS.split())
_NOT_COUNTED = frozenset(
    [
        "more",
        "other",
        "additional",
        "further",
        "extra",
        "new",
        "different",
        "separate",
        "such",
        "consecutive",
        "successive",
    ]
)
_JOINS = frozenset(("and", "but", "yet", "or"))
_SKIPPED = frozenset(
    ("more", "most", "less", "very", "quite", "rather", "once", "still", "then", "so")
)
"""Words that may stand before an adjective in a noun phrase: "two more distant clades"."""

_ADJECTIVES_WORDS = (
    "big small large great old new young poor rich red black white green blue brown good bad high "
    "low long short key main major minor rare dead local foreign wild free joint early late main "
    "vast tiny huge modern strong weak equal former current famous male female blind deaf sick "
    "ill lame"
)
_ADJECTIVES = frozenset(_ADJECTIVES_WORDS.split())
_ADJECTIVE_ENDING = re.compile(
    r"(?:ed|ing|al|ous|ive|ic|able|ible|ful|less|ish|ary|ory|ant|ent|ian|ean|ese|[^aeiou]y|er"
    r"|est|own|ar|en)\Z"
)
_VERBS_WORDS = (
    "comes goes says makes takes gives gets keeps begins becomes remains includes contains "
    "continues believes allows requires provides receives brings means seems needs belongs "
    "depends exists consists happens occurs appears applies arrives leads follows holds grows "
    "stays stands sits meets wins loses pays buys sells sends tells writes speaks thinks knows "
    "feels finds proves describes declares defines proclaims affirms asserts establishes creates "
    "recognises recognizes enters expires amends repeals bans forbids permits guarantees ensures "
    "binds"
)
_VERBS = frozenset(_VERBS_WORDS.split())
"""Verb forms in -s that are almost never plural nouns."""

_PLURAL_WORDS = (
    "people men women children police personnel staff aircraft spacecraft hovercraft feet teeth "
    "mice geese sheep fish cattle media data criteria phenomena km kg mph ha mw gw t lb lbs oz hp "
    "kw kwh mwh gwh twh teu dwt"
)
_PLURALS = frozenset(_PLURAL_WORDS.split())
_PLURAL_ENDINGS = ("men", "women", "people", "children", "craft")
_SINGULAR_ENDINGS = ("ss", "us", "is", "'s", "’s")


def follows_word(text: str, position: int) -> bool:
    """Whether a word, a sign of approximation or a bracket stands directly before `position`.

    This test is cheap. It avoids regex searches before the many numerals of lists.
    """
    before = text[max(0, position - 3) : position].rstrip(" \t\u00a0")[-1:]
    return before.isalpha() or (bool(before) and before in "~≈∼±<>≤≥.’'\"“(-–−")


def is_label(text: str, position: int) -> bool:
    """Whether the numeral at `position` has a label before it ("Article 23", "Boeing 747")."""
    if not follows_word(text, position):
        return False
    if _LABEL.search(text, max(0, position - 24), position):
        return True
    return _LABELLED_LIST.search(text, max(0, position - 80), position) is not None


def is_topic(text: str, position: int) -> bool:
    """Whether "about" before `position` gives a topic ("a book about 1997"), no approximation."""
    return _TOPIC.search(text, max(0, position - 40), position) is not None


def approximation(text: str, position: int) -> int | None:
    """The start of the words of approximation that end at `position` ("at least "), or null."""
    if not follows_word(text, position):
        return None
    found = _APPROXIMATE.search(text, max(0, position - 60), position)
    if not found or is_topic(text, position):
        return None
    further = approximation(text, found.start())
    return found.start() if further is None else further


def counted(text: str, position: int) -> tuple[int, int] | None:
    """The span of the plural noun phrase after a numeral that ends at `position`, or null.

    "1,300 U.S. firms, including" gives "U.S. firms". "26 Garden Road" gives null. The phrase ends
    with the first plural. If that word is capitalised, it may belong to a name: then a plural in
    small letters within the next two words ends the phrase ("three United States officials").
    """
    words = _words_behind(text, position)
    for index, (_, end) in enumerate(words):
        if _is_plural(text, words[index]):
            head = index
            while head + 1 < len(words) and _is_plain_plural(text, words[head + 1]):
                head += 1
            if head == index and text[words[index][0]].isupper():
                head = _plain_plural_near(text, words, index)
            return words[0][0], words[head][1] if head != index else end
    return None


def _words_behind(text: str, position: int) -> list[tuple[int, int]]:
    """The spans of the words after `position`, up to the first punctuation or function word."""
    words: list[tuple[int, int]] = []
    while len(words) < _MAX_WORDS and (gap := _GAP.match(text, position)):
        word = _WORD.match(text, gap.end())
        if not word:
            break
        position = word.end()
        low = word[0].lower()
        if not words and low in _NOT_COUNTED and _GAP.match(text, position):
            continue
        if words and low in _JOINS and _goes_on(text, words[-1], position):
            continue
        if low in _SKIPPED and words and _goes_on(text, None, position):
            continue
        if low in _BREAKS and not word[0].isupper():
            break
        words.append(word.span())
        if comma := _COMMA.match(text, position):
            position = comma.end() if _goes_on(text, words[-1], comma.end()) else position
    return words


def _goes_on(text: str, last: tuple[int, int] | None, position: int) -> bool:
    """Whether an adjective follows at `position` ("unknown but related clades").

    If the word `last` is given, it must be an adjective too.
    """
    gap = _GAP.match(text, position)
    word = _WORD.match(text, gap.end()) if gap else None
    if not word or (last and not _is_adjective(text[slice(*last)])):
        return False
    while word and word[0] in _SKIPPED and (gap := _GAP.match(text, word.end())):
        word = _WORD.match(text, gap.end())
    return word is not None and _is_adjective(word[0])


def _is_adjective(word: str) -> bool:
    """Whether the word is in small letters and is probably an adjective."""
    return word.islower() and (word in _ADJECTIVES or _ADJECTIVE_ENDING.search(word) is not None)


def _plain_plural_near(text: str, words: list[tuple[int, int]], index: int) -> int:
    for near in range(index + 1, min(index + 3, len(words))):
        if _is_plain_plural(text, words[near]):
            return near
        if text[slice(*words[near])].endswith("ed"):
            break
    return index


def _is_plain_plural(text: str, span: tuple[int, int]) -> bool:
    return text[span[0]].islower() and _is_plural(text, span)


def _is_plural(text: str, span: tuple[int, int]) -> bool:
    word = re.split("[-'’]", text[span[0] : span[1]])[-1]
    low = word.lower()
    if low in _VERBS:
        return False
    if low in _PLURALS or low.endswith(_PLURAL_ENDINGS):
        return True
    return len(word) > 2 and word[-1] == "s" and not low.endswith(_SINGULAR_ENDINGS)
