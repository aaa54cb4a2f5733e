"""Finds the quotations in prose, whichever double marks open and close them."""

import re
from dataclasses import dataclass

# A mark, or the end of a paragraph: a blank line, a list item or a heading follows.
_MARK = re.compile(r'["“”]|\n(?=[^\S\n]*(?:\n|-\s|=))')
_BEFORE_NESTED = "([{‘“"
_BEFORE_OUTER = _BEFORE_NESTED + ":,;/-–—"
_AFTER_CLOSING = ".,;:!?)]}’'”-–—"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `start`..`end` with its marks, `inner_start`..`inner_end` without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def find_quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Find the outermost quotations in `text[start:end]`, in order, as offsets into `text`.

    `"`, `“` and `”` are marks and may be mixed (`“…"`); single marks and apostrophes are not.
    What is quoted inside a quotation is part of it. No quotation crosses a paragraph break, and a
    mark that finds no partner there opens nothing.
    """
    passage = text[start:end]
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for found in _MARK.finditer(passage):
        position = found.start()
        if found[0] == "\n":
            opened.clear()
        elif _opens(passage, position, bool(opened)):
            opened.append(position)
        elif opened:
            pairs.append((opened.pop(), position))
    return [
        Quotation(start + first, start + last + 1, start + first + 1, start + last)
        for first, last in _outermost(pairs)
    ]


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
