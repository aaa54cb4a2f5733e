"""Splits a paragraph of English prose into sentences with exact offsets.

A sentence ends at a stop before a capital, a digit or an opening mark. But these stops do not end a
sentence:

- a stop inside a quotation or brackets, because these belong to the sentence around them;
- a stop after an abbreviation that never ends a sentence (`Mr.`, `vs.`, `No. 5`);
- a stop after any other abbreviation, an initial or an ellipsis, with two exceptions. It ends the
  sentence if the next word is in a fixed set of words that start sentences (`_STARTERS`): "the
  U.S. He asked". After some abbreviations it also ends the sentence before a name with a verb: "in
  D.C. Trump was away". It does not end the sentence in "U.S. Government".

Reference marks (`[1]`, `[a]`, `[citation needed]`) belong to the sentence before them.
"""

import re
from collections.abc import Iterator

from seeds.prose.quotations import Quotation, find_quotations

_BREAK = r"\n(?=[^\S\n]*(?:\n|-\s|=))"
_STOP = re.compile(rf"[.!?…]+|{_BREAK}")
_BRACKET = re.compile(rf"[()\[\]]|{_BREAK}")
REFERENCE = (
    r"\[(?:\d{1,3}|[a-z]{1,2}|[A-Z]|(?:note|notes|nb|n|fn|ref|Note|N|lower-alpha)[\s.]*\d{1,3}"
    r"|\w+\s*\d{1,3}"
    r"|[a-z][a-z\s-]{0,30}(?:needed|source\?|inline|discuss|link)|(?:who|when|where|which|why"
    r"|how|whom|by whom)\?|sic|edit"
    r"|dubious|disputed|failed verification|permanent dead link|original research\?|weasel words)\]"
    r"(?::\s?\d+(?:[–-]\d+)?)?"
)
"""A pattern for marks that refer to a note or source, or request one."""

_CLOSING = re.compile(rf"[\"“”’')\]»›」』]|\s*{REFERENCE}(?=\s|\Z|[\[A-Z])")
_NEXT = re.compile(r"(?P<gap>\s*)(?P<marks>[\"“”‘’'(\[$€£¥]*)(?P<word>[^\W_])")
_LAST_WORD = re.compile(r"[^\W_][\w.]*\Z")
_LONGEST_ABBREVIATION = 24

_NEVER_LAST = re.compile(
    "[Cc]f|[Vv]iz|Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|Pres|Gov|Sens?|Reps?|Sec|Amb|Gen|Lt|Col|Maj"
    "|Capt|Sgt|Cmdr|Adm"
    "|Supt|Exec|Pub|vs|v|e\\.g|i\\.e|ca|approx"
)
_BEFORE_NUMBER = re.compile(
    "[Nn]os?|[Aa]rts?|[Ff]igs?|[Vv]ols?|[Cc]h|[Cc]ap|[Pp]ara|Stat|Reg|Ord|Resol|pp?|c|[Cc]a|b|d"
    "|r|m|[Ff]l|[Pp]op|Rs|Cap|Nrs"
    "|[Ee]st|[Ee]std|[Bb]n|[Rr]egd?|[Vv]er|[Pp]t|[Bb]k|[Nn]r|ll?|ff|[Ss]ect?|[Aa]pp|[Ee]d"
)
_SHORTENED = re.compile(
    "b|d|r|m|fl|[Ee]st|[Ee]std|etc|dept|approx|ca|Inc|Ltd|Co|Corp|Bros|Jr|Sr|St|Mt|Ft|Ave|Blvd"
    "|Rd|Dept|Univ|Assn|Cir|Fed|al"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_BEFORE_NAME = re.compile(
    r"D\.C|U\.S(?:\.A|\.S\.R)?|U\.K|U\.N|E\.U|P\.R\.C|R\.O\.C|N\.Y|L\.A|B\.C(?:\.E)?|C\.E|A\.D"
    r"|[ap]\.m|Ph\.D|M\.D"
    r"|M\.A|B\.A|LL\.D|H\.K|P\.O\.W|Inc|Ltd|Co|Corp|Bros|Jr|Sr|etc|al"
)
"""Abbreviations after which a name with a verb starts a new sentence."""

_ADJECTIVAL = re.compile(r"U\.S|U\.K|U\.N|E\.U|N\.Y|H\.K|P\.R\.C|R\.O\.C|U\.S\.S\.R|U\.S\.A")
_HEADS = (
    "Congress|Senate|House|Government|Army|Navy|Air|Marines?|Treasury|State|Department|President"
    "|Secretary"
    "|Court|Supreme|Constitution|Embassy|Consulate|Ambassador|Steel|Bank|Airways|Open|Parliament"
    "|Capitol"
    "|Customs|Census|Dollar|Federal|General|Assembly|Council|Security|Charter|Coast|Post|Postal"
    "|Mint|Attorney"
    "|Representatives?|Senators?|Justice|Commission|Office|Trade|Mission|Forces?|Soccer|Olympic"
    "|Cabinet|Labour"
    "|Labor|Conservatives?|Democrats?|Republicans?|Foreign|National|Independence|Circuit|Council"
    "|Police|Metro"
    "|United"
)
_NAME_WITH_VERB = re.compile(
    rf"(?!(?:{_HEADS})\b)(?:[A-Z][\w’'-]+\s+){{1,2}}(?:was|were|is|are|has|had|did|does|will"
    rf"|would|could|can|may|might"
    r"|should|said|says|left|went|came|met|told|asked|became|began|took|made|gave|saw|held|won"
    r"|lost|sent|spoke|wrote"
    r"|later|also|then|never|soon|refused|agreed|called|signed|visited|returned|announced"
    r"|replied|remained|died)\b"
)
_SMALL_NAME = re.compile(
    r"[a-z]{1,4}[A-Z]|(?:von|van|de|del|della|da|di|du|des|dos|al|el|bin|ibn|le|la|ter|ten|af|zu"
    r"|d)(?:\s+|[-'’])[A-Z]"
)
_NUMERAL = re.compile(r"\d|[IVXLC]+\b")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}|[A-Z]")
_STARTERS = (
    "A|An|The|This|That|These|Those|There|He|She|It|They|We|You|His|Her|Its|Their|Our|Who|What|Why"
    "|How|When|Where|Which|While|In|On|At|By|For|From|To|With|Without|Within|After|Before|During"
    "|Since|Until|As|Among|Amid|Between|Despite|Through|Throughout|Upon|Unlike|If|Unless|Although"
    "|Though|Because|And|But|Nor|So|Yet|Then|Thus|Therefore|Hence|However|Moreover|Furthermore"
    "|Meanwhile|Nevertheless|Nonetheless|Additionally|Also|Instead|Later|Recently|Currently"
    "|Finally|Eventually|Subsequently|Initially|Consequently|Similarly|According|Following"
    "|Together|Both|Each|Every|Many|Some|Several|Such|Another|Under(?!\\s+Secretar)"
)
_STARTER = re.compile(rf"(?:{_STARTERS})(?=[\s,’'])")
_SMALL_STARTER = re.compile(
    r"(?:the|this|these|those|there|he|she|it|they|we|in|on|at|after|before|since|however)(?=[\s,])"
)
_NAME_WITHOUT_BLANK = re.compile(r"[A-Z][a-z’'-]*(?=[\s,;])|[A-Z]{2,}(?=[\s,;’'])")
_SPEAKER = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|wrote|writes|added|replied|told"
    r"|tweeted)\b"
)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Split the paragraph `text[start:end]` into the spans of its sentences (offsets in `text`).

    The spans are in order, without surrounding blanks. They cover every character except blanks.
    If the range has several paragraphs, each sentence stays within one paragraph.
    """
    paragraph = text[start:end]
    spans: list[tuple[int, int]] = []
    begin = 0
    for stop in (*_ends(paragraph), len(paragraph)):
        sentence = paragraph[begin:stop]
        if sentence.strip():
            first = start + begin + len(sentence) - len(sentence.lstrip())
            spans.append((first, first + len(sentence.strip())))
        begin = stop
    return spans


def _ends(text: str) -> Iterator[int]:
    quotations = find_quotations(text)
    opening = {quotation.start: quotation for quotation in quotations}
    inside = _inside(text, quotations)
    begin = _skip_blanks(text, 0)
    for stop in _STOP.finditer(text):
        end = _skip_closing_marks(text, stop.end(), opening, inside)
        if stop[0] == "\n":
            end = stop.start()
        elif (
            inside[end]
            or not _ends_sentence(text, begin, stop, end)
            or _is_attributed(text, opening.get(begin), stop, end)
        ):
            continue
        yield end
        begin = _skip_blanks(text, end)


def _inside(text: str, quotations: list[Quotation]) -> bytearray:
    """For each offset, 1 if it lies inside a quotation or a pair of brackets, else 0."""
    inside = bytearray(len(text) + 1)
    for start, end in [(found.start, found.end) for found in quotations] + _brackets(text):
        inside[start + 1 : end] = b"\1" * (end - start - 1)
    return inside


def _brackets(text: str) -> list[tuple[int, int]]:
    opened: list[re.Match[str]] = []
    pairs: list[tuple[int, int]] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "\n":
            opened.clear()
        elif found[0] in "([":
            opened.append(found)
        elif opened and opened[-1][0] + found[0] in ("()", "[]"):
            pairs.append((opened.pop().start(), found.end()))
    return pairs


def _skip_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _skip_closing_marks(
    text: str, position: int, opening: dict[int, Quotation], inside: bytearray
) -> int:
    while position not in opening and (mark := _CLOSING.match(text, position)):
        # The mark “ closes only a quotation that it belongs to. Otherwise it opens one.
        if mark[0] == "“" and not inside[position]:
            break
        position = mark.end()
    return position


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, end)
    if following is None:
        return False
    small = following["word"].islower()
    if small and not _begins_small(text, begin, stop, following):
        return False
    if small:
        return bool(following["gap"])
    starter = _STARTER.match(text, following.start("word")) is not None
    # Look only at the sentence, not at the text before it. So a sentence alone splits in the same
    # way as in its paragraph.
    before = text[max(begin, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
    word = _LAST_WORD.search(before)
    if not following["gap"]:
        joint = before[-1:] + text[stop.end() : following.start("word")]
        named = _NAME_WITHOUT_BLANK.match(text, following.start("word")) is not None
        if not _is_missing_blank(joint, word[0] if word else "", starter or named):
            return False
    if stop[0] in ("..", "...", "…") or not before or before[-1].isspace():
        return starter
    if stop[0] == "." and word:
        return _ends_after(word[0], text, following.start("word"), starter) and (
            not text[begin : stop.start()].isdigit()  # "1. The bill" is a numbered item
        )
    return True


def _begins_small(text: str, begin: int, stop: re.Match[str], following: re.Match[str]) -> bool:
    """Whether a sentence starts here with a small letter: "eBay left", "de Gaulle left"."""
    position = following.start("word")
    before = text[max(begin, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
    word = _LAST_WORD.search(before)
    if stop[0] != "." or word is None or not word[0].isalpha() or not word[0].islower():
        return False
    known = (_NEVER_LAST, _BEFORE_NUMBER, _SHORTENED)
    if len(word[0]) < 3 or any(pattern.fullmatch(word[0]) for pattern in known):
        return False
    return any(pattern.match(text, position) for pattern in (_SMALL_NAME, _SMALL_STARTER))


def _is_missing_blank(joint: str, word: str, starts: bool) -> bool:
    """Whether a blank is missing after the stop: at a quotation or bracket, or "ended.The bill"."""
    if any(mark in '"“”()[]' for mark in joint):
        return True
    return starts and len(word) > 1 and word.isalpha() and word.islower()


def _ends_after(word: str, text: str, following: int, starter: bool) -> bool:
    """Whether a single stop ends the sentence, and is not only part of an abbreviation."""
    if _NEVER_LAST.fullmatch(word):
        return False
    if _BEFORE_NUMBER.fullmatch(word):
        return _NUMERAL.match(text, following) is None
    if _SHORTENED.fullmatch(word) or _LETTERS_WITH_STOPS.fullmatch(word):
        return starter or _is_new_subject(word, text, following)
    return True


def _is_new_subject(word: str, text: str, following: int) -> bool:
    """Whether a name with a verb starts a new sentence after the abbreviation."""
    if not _BEFORE_NAME.fullmatch(word):
        return False
    found = _NAME_WITH_VERB.match(text, following)
    one = found is not None and len(found[0].split()) == 2
    return one or (found is not None and not _ADJECTIVAL.fullmatch(word))


def _is_attributed(text: str, opened: Quotation | None, stop: re.Match[str], end: int) -> bool:
    """Whether the speaker of a quotation follows. Then the sentence goes on: "Why?" Cheng asked."""
    return (
        opened is not None
        and opened.end == end
        and stop[0] != "."
        and _SPEAKER.match(text, end) is not None
    )
