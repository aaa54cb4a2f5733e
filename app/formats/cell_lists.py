"""Lists in one cell. The items are joined so that a program can split them again.

The separator is a mark and a space: `; ` in a list, `, ` in a list inside an item. A backslash
escapes each mark and each backslash in an item. So a mark without a backslash is always a
separator.
"""

from collections.abc import Sequence
from typing import Any

_SEPARATORS = {";": "; ", ",": ", "}


def joined_list(items: Sequence[Any], mark: str) -> str:
    """The items joined in one cell; an empty text for an empty list."""
    try:
        text = _SEPARATORS[mark].join(items)
    except TypeError:  # An item is not a text: take the slow path below.
        text = "\\"
    if "\\" in text or text.count(mark) >= len(items):
        return _SEPARATORS[mark].join([list_item(item, mark) for item in items])
    return text


def list_item(item: Any, mark: str) -> str:
    """One item (text, number, flag or null) as escaped text for a list. Null is an empty text."""
    if type(item) is str:
        if "\\" in item:
            item = item.replace("\\", "\\\\")
        return item.replace(mark, f"\\{mark}") if mark in item else item
    if item is None:
        return ""
    if item is True or item is False:
        return "true" if item else "false"
    return str(item)
