"""Lists in one cell: their items, joined so that they can be told apart again.

Items are joined by a mark and a space: those of lists by `; `, those of lists within their items
by `, `. In an item, a backslash stands before each mark and each backslash that belongs to it;
so a mark without a backslash always separates, and nothing is lost.
"""

from collections.abc import Sequence
from typing import Any

_GAPS = {";": "; ", ",": ", "}


def joined(items: Sequence[Any], mark: str) -> str:
    """The items in one cell; empty where there are none."""
    try:
        text = _GAPS[mark].join(items)
    except TypeError:  # Not all are texts.
        text = "\\"
    if "\\" in text or text.count(mark) >= len(items):
        return _GAPS[mark].join([listed(item, mark) for item in items])
    return text


def listed(item: Any, mark: str) -> str:
    """One item: a text, number, flag or null (empty), as it stands in a list."""
    if type(item) is str:
        if "\\" in item:
            item = item.replace("\\", "\\\\")
        return item.replace(mark, f"\\{mark}") if mark in item else item
    if item is None:
        return ""
    if item is True or item is False:
        return "true" if item else "false"
    return str(item)
