"""Splits a paragraph of English prose into sentences that can be cited by their offsets.

A sentence ends at a stop that a capital, a digit or an opening mark follows, except

- inside a quotation or brackets: what stands in them belongs to the sentence that holds them;
- after an abbreviation that something always follows (`Mr.`, `vs.`, `No. 5`);
- after any other abbreviation, an initial or an ellipsis, unless the next word is one of a closed
  set of function words and pronouns that start sentences: "the U.S. He asked" ends a sentence,
  "U.S. Government" does not. A name alone is no such sign, so "the U.S. Trump" is one sentence.
"""

import re
from collections.abc import Iterator

from seeds.prose.quotations import Quotation, find_quotations

_BREAK = r"\n(?=[^\S\n]*(?:\n|-\s|=))"
_STOP = re.compile(rf"[.!?…]+|{_BREAK}")
_BRACKET = re.compile(rf"[()\[\]]|{_BREAK}")
_CLOSING = re.compile(r"[\"“”’')\]]|\[\d{1,3}\]")
_NEXT = re.compile(r"(?P<gap>\s*)(?P<marks>[\"“”‘’'(\[$€£¥]*)(?P<word>[^\W_])")
_LAST_WORD = re.compile(r"[^\W_][\w.]*\Z")
_LONGEST_ABBREVIATION = 24

_NEVER_LAST = re.compile(
    "Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|Pres|Gov|Sens?|Reps?|Sec|Amb|Gen|Lt|Col|Maj|Capt|Sgt|Cmdr|Adm"
    "|Supt|Exec|Pub|vs|v|cf|viz|e\\.g|i\\.e|ca|approx"
)
_BEFORE_NUMBER = re.compile(
    "[Nn]os?|[Aa]rts?|[Ff]igs?|[Vv]ols?|[Cc]h|[Cc]ap|[Pp]ara|Stat|Reg|Ord|Resol|pp?|c"
)
_SHORTENED = re.compile(
    "Inc|Ltd|Co|Corp|Bros|Jr|Sr|St|Mt|Ft|Ave|Blvd|Rd|Dept|Univ|Assn|Cir|Fed|al"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
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
_SPEAKER = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|wrote|writes|added|replied|told|tweeted)\b"
)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Split the paragraph `text[start:end]` into spans of sentences, as offsets into `text`.

    The spans are in order, without surrounding blanks, and cover every character but blanks.
    Should the range hold several paragraphs, each sentence stays within one of them.
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
    """For each offset, whether a cut there would cut a quotation or a pair of brackets in two."""
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
        # A reversed mark closes only what it is paired with; astray, it opens.
        if mark[0] == "“" and not inside[position]:
            break
        position = mark.end()
    return position


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, end)
    if following is None or following["word"].islower():
        return False
    starter = _STARTER.match(text, following.start("word")) is not None
    # What stands before the sentence has no say: alone it must split as it does in its paragraph.
    before = text[max(begin, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
    word = _LAST_WORD.search(before)
    if not following["gap"]:
        joint = before[-1:] + text[stop.end() : following.start("word")]
        if not _is_missing_blank(joint, word[0] if word else "", starter):
            return False
    if stop[0] in ("..", "...", "…") or not before or before[-1].isspace():
        return starter
    if stop[0] == "." and word:
        return _ends_after(word[0], text, following.start("word"), starter) and (
            not text[begin : stop.start()].isdigit()  # "1. The bill" is counted, not ended
        )
    return True


def _is_missing_blank(joint: str, word: str, starter: bool) -> bool:
    """Whether a blank was forgotten: at a quotation or bracket, or in `withdrawn.The bill`."""
    if any(mark in '"“”()[]' for mark in joint):
        return True
    return starter and len(word) > 1 and word.isalpha() and word.islower()


def _ends_after(word: str, text: str, following: int, starter: bool) -> bool:
    """Whether a single stop ends a sentence and not just the word before it."""
    if _NEVER_LAST.fullmatch(word):
        return False
    if _BEFORE_NUMBER.fullmatch(word):
        return _NUMERAL.match(text, following) is None
    if _SHORTENED.fullmatch(word) or _LETTERS_WITH_STOPS.fullmatch(word):
        return starter
    return True


def _is_attributed(text: str, opened: Quotation | None, stop: re.Match[str], end: int) -> bool:
    """Whether a question that opens the sentence has its speaker behind: "Why?" Cheng asked."""
    return (
        opened is not None
        and opened.end == end
        and stop[0] != "."
        and _SPEAKER.match(text, end) is not None
    )
