"""Line ends in prose: a single line end within a paragraph has the meaning of a blank."""

import re

_NO_PROSE = re.compile(r"\s*(?:\Z|=|-(?:\s|\Z))")
"""Matches a line that is not prose: a blank line, a heading or a list item."""


def unwrapped(text: str) -> str:
    """The text with a blank for each line end within a paragraph. The offsets do not change."""
    lines = text.split("\n")
    prose = [_NO_PROSE.match(line) is None for line in lines]
    joined = [lines[0]]
    for index in range(1, len(lines)):
        joined.append(" " if prose[index - 1] and prose[index] else "\n")
        joined.append(lines[index])
    return "".join(joined)
