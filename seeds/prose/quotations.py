"""Finds the quotations in prose, by whichever marks they are opened and closed."""

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
"""Marks that open, and those that close them; `»so«` is German."""

_PAIRED_MARK = re.compile('[«»‹›„‚「『〝｢《〈」』〞〟｣》〉“”‟‘’"]|\n')
_SINGLE_OPENS = re.compile(r"(?:(?<![\w’'])|(?<=[\w][—–-]))['‘](?=[\w“\"…$£€(\[])")
_SINGLE_CLOSES = re.compile(r"['’](?![\w])")
_CLIPPED = re.compile(
    r"(?i)['’‘](?:[0-9]{2}s?(?!\w)|em|tis|twas|til|till|cause|n|bout|round|em|neath|gainst)\b"
)
_MOST_SINGLE: Final = 1000
"""Characters in which a single mark must be closed; apostrophes are many."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `start`..`end` with its marks, `inner_start`..`inner_end` without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def find_quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Find the outermost quotations in `text[start:end]`, in order, as offsets into `text`.

    Double marks may be mixed (`“…"`). Guillemets, low and corner marks close as they open. Single
    marks count only outside of these. A quotation inside a quotation is part of it. No quotation
    crosses a paragraph break, and a mark that finds no partner there opens nothing.
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
    """Where marks stand that belong to no quotation and are not apostrophes or inches."""
    plain = unwrapped(text)
    taken = bytearray(len(plain))
    for found in find_quotations(plain):
        taken[found.start : found.end] = b"\1" * (found.end - found.start)
    strays = re.finditer(
        r"(?<![0-9])\"|[“”«»„「」『』《》]|(?<!\w)‘(?![0-9]{2}s?(?!\w))(?=\w)", plain
    )
    return [mark.start() for mark in strays if not taken[mark.start()]]


def _masked(text: str, pairs: list[tuple[int, int]]) -> str:
    """The text with the quotations in it blotted out."""
    parts: list[str] = []
    position = 0
    for first, last in _outermost(pairs):
        parts += text[position:first], "\0" * (last + 1 - first)
        position = last + 1
    return "".join((*parts, text[position:]))


def _paired(text: str) -> Iterator[tuple[int, int]]:
    """Quotations in marks that differ in shape from those that close them."""
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
    """Whether the mark opens: `»` and `›` do so only before a word and behind a blank."""
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
    """Quotations in single marks: the first closing mark behind which no possessive goes on."""
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
    end = text.find("\n", start, start + _MOST_SINGLE)
    end = min(start + _MOST_SINGLE, len(text)) if end < 0 else end
    marks = [found.start() for found in _SINGLE_CLOSES.finditer(text, start, end)]
    marks = [mark for mark in marks if mark > start and not text[mark - 1].isspace()]
    another = _SINGLE_OPENS.search(text, start, end)
    for mark in marks:
        if another and another.start() < mark:
            another = None
        possessive = text[mark - 1] == "s" and re.match(r"[^\S\n]+[a-z]", text[mark + 1 : mark + 4])
        later = [other for other in marks if other > mark]
        if possessive and later and not _opens_between(text, mark, later[0]):
            continue  # "the protesters' demands": the next mark closes
        return mark
    return None


def _opens_between(text: str, start: int, end: int) -> bool:
    return _SINGLE_OPENS.search(text, start + 1, end) is not None


def _opens(text: str, position: int, inside: bool) -> bool:
    """Whether the mark opens a quotation; one that does not closes what is open, or is astray."""
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
        # Only a blank or an opening mark before it tells a nested mark from a closing one.
        return starts and not ends and (before.isspace() or before in _BEFORE_NESTED)
    # A digit before it makes the mark inches: 5" and 5"x7".
    return (starts or not ends) and not before.isdigit()


def _outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    outermost: list[tuple[int, int]] = []
    for pair in sorted(pairs):
        if not outermost or pair[0] > outermost[-1][1]:
            outermost.append(pair)
    return outermost
