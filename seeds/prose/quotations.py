"""Finds the quotations in prose, in all kinds of quotation marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from seeds.prose.line_ends import unwrapped

_DOUBLE = re.compile(r'["“”]|\n')
_BEFORE_NESTED = "([{‘“"
_BEFORE_OUTER = _BEFORE_NESTED + ":,;/-–—"
_AFTER_CLOSING = ".,;:!?)]}’'”-–—"

_PAIRED: Final = {
    "«": "»", "‹": "›", "„": "“”\"‟", "‚": "‘’", "「": "」", "『": "』", "〝": "〞〟", "｢": "｣",
    "《": "》", "〈": "〉", "»": "«", "›": "‹",
}  # fmt: skip
"""Opening marks, each with the marks that can close it. `»so«` is German style."""

_PAIRED_MARK = re.compile('[«»‹›„‚「『〝｢《〈」』〞〟｣》〉“”‟‘’"]|\n')
_SINGLE_OPENS = re.compile(r"(?:(?<![\w’'])|(?<=[\w][—–-]))['‘](?=[\w“\"…$£€(\[])")
_SINGLE_CLOSES = re.compile(r"['’](?![\w])")
_CLIPPED = re.compile(
    r"(?i)['’‘](?:[0-9]{2}s?(?!\w)|em|tis|twas|til|till|cause|n|bout|round|em|neath|gainst)\b"
)
_MAX_SINGLE: Final = 1000
"""Maximum length of a quotation in single marks, in characters. Apostrophes look like such marks,
so a limit is needed."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation. `start` and `end` include its marks; `inner_start` and `inner_end` do not."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def find_quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Find the outermost quotations in `text[start:end]`, in order. Offsets are those of `text`.

    Double marks may be mixed (`“…"`). Guillemets, low marks and corner marks need the matching
    closing mark. Single marks count only outside of other quotations. A quotation inside another
    one is part of it. A quotation ends before the paragraph ends. A mark without a partner in its
    paragraph is ignored.
    """
    passage = unwrapped(text[start:end])
    paired = list(_paired(passage))
    double = _double(_masked(passage, paired))
    outer = _outermost([*paired, *double])
    single = _single(_masked(passage, outer))
    return [
        Quotation(start + first, start + last + 1, start + first + 1, start + last)
        for first, last in sorted([*outer, *single])
    ]


def find_stray_marks(text: str) -> list[int]:
    """The offsets of marks that belong to no quotation. Apostrophes and inch marks are omitted."""
    plain = unwrapped(text)
    taken = bytearray(len(plain))
    for found in find_quotations(plain):
        taken[found.start : found.end] = b"\1" * (found.end - found.start)
    strays = re.finditer(
        r"(?<![0-9])\"|[“”«»„「」『』《》]|(?<!\w)‘(?![0-9]{2}s?(?!\w))(?=\w)", plain
    )
    return [mark.start() for mark in strays if not taken[mark.start()]]


def _masked(text: str, pairs: list[tuple[int, int]]) -> str:
    """The text with NUL characters in place of the quotations."""
    parts: list[str] = []
    position = 0
    for first, last in _outermost(pairs):
        parts += text[position:first], "\0" * (last + 1 - first)
        position = last + 1
    return "".join((*parts, text[position:]))


def _paired(text: str) -> Iterator[tuple[int, int]]:
    """Spans in paired marks, whose opening and closing marks have different shapes."""
    opened: list[int] = []
    for found in _PAIRED_MARK.finditer(text):
        position = found.start()
        if found[0] == "\n":
            opened.clear()
        elif opened and found[0] in _PAIRED[text[opened[-1]]]:
            if position > opened[-1] + 1:
                yield opened.pop(), position
        elif found[0] in _PAIRED and _may_open(text, position):
            opened.append(position)


def _may_open(text: str, position: int) -> bool:
    """Whether the mark can open a quotation. `»` and `›` need a blank before them, a word after."""
    if text[position] not in "»›":
        return True
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    return (before.isspace() or before in _BEFORE_OUTER) and not after.isspace()


def _double(text: str) -> list[tuple[int, int]]:
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for found in _DOUBLE.finditer(text):
        position = found.start()
        if found[0] == "\n":
            opened.clear()
        elif _opens(text, position, bool(opened)):
            opened.append(position)
        elif opened:
            pairs.append((opened.pop(), position))
    return pairs


def _single(text: str) -> list[tuple[int, int]]:
    """Spans in single marks. The first closing mark that is not a possessive ends the span."""
    pairs: list[tuple[int, int]] = []
    position = 0
    while opening := _SINGLE_OPENS.search(text, position):
        position = opening.end()
        if _CLIPPED.match(text, opening.start()):
            continue
        close = _single_close(text, position)
        if close is not None:
            pairs.append((opening.start(), close))
            position = close + 1
    return pairs


def _single_close(text: str, start: int) -> int | None:
    end = text.find("\n", start, start + _MAX_SINGLE)
    end = min(start + _MAX_SINGLE, len(text)) if end < 0 else end
    marks = [found.start() for found in _SINGLE_CLOSES.finditer(text, start, end)]
    marks = [mark for mark in marks if mark > start and not text[mark - 1].isspace()]
    another = _SINGLE_OPENS.search(text, start, end)
    for mark in marks:
        if another and another.start() < mark:
            another = None
        possessive = text[mark - 1] == "s" and re.match(r"[^\S\n]+[a-z]", text[mark + 1 : mark + 4])
        later = [other for other in marks if other > mark]
        if possessive and later and not _opens_between(text, mark, later[0]):
            continue  # "the protesters' demands": a later mark closes the quotation.
        return mark
    return None


def _opens_between(text: str, start: int, end: int) -> bool:
    return _SINGLE_OPENS.search(text, start + 1, end) is not None


def _opens(text: str, position: int, inside: bool) -> bool:
    """Whether the mark opens a quotation. Otherwise it closes the open one, or is a stray mark."""
    mark = text[position]
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    starts = (before.isspace() or before in _BEFORE_OUTER) and not after.isspace()
    ends = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if mark == "“":
        return starts or not ends
    if mark == "”":
        return not inside and starts and not ends
    if inside:
        # A nested opening mark has a blank or an opening mark before it; a closing mark does not.
        return starts and not ends and (before.isspace() or before in _BEFORE_NESTED)
    # After a digit the mark means inches: 5" and 5"x7".
    return (starts or not ends) and not before.isdigit()


def _outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    outermost: list[tuple[int, int]] = []
    for pair in sorted(pairs):
        if not outermost or pair[0] > outermost[-1][1]:
            outermost.append(pair)
    return outermost
