"""Lists in one cell: their items, joined so that a reader can split them again.

Items are joined by a mark and a space: `; ` in a list, `, ` in a list inside an item. A backslash
escapes each mark and each backslash of an item. So a mark without a backslash always separates.
"""

from collections.abc import Sequence
from typing import Any

_GAPS = {";": "; ", ",": ", "}


def joined(items: Sequence[Any], mark: str) -> str:
    """The items in one cell; empty without items."""
    try:
        text = _GAPS[mark].join(items)
    except TypeError:  # Not all are texts.
        text = "\\"
    if "\\" in text or text.count(mark) >= len(items):
        return _GAPS[mark].join([listed(item, mark) for item in items])
    return text


def listed(item: Any, mark: str) -> str:
    """One item as it stands in a list: a text, number, flag or null (empty)."""
    if type(item) is str:
        if "\\" in item:
            item = item.replace("\\", "\\\\")
        return item.replace(mark, f"\\{mark}") if mark in item else item
    if item is None:
        return ""
    if item is True or item is False:
        return "true" if item else "false"
    return str(item)
