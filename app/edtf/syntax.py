"""The syntax of our EDTF profile: a text taken apart, before the calendar is asked.

Kept apart from the calendar so that a text which is no date at all is always told from a date that
cannot be, whichever fault stands first.
"""

import re
from typing import Final, Literal, NamedTuple, NoReturn

MAX_LENGTH: Final = 64
"""Longest text looked at, in characters; the longest that can be valid has 23."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)|([0-9]{3})X([?~%]?)")
_CURE = "write YYYY, YYYY-MM, YYYY-MM-DD or a decade such as 201X, in ASCII digits without blanks"


class EdtfError(ValueError):
    """A text that is no date of the profile, and its cure.

    `position` is the offset of the fault, from 0 to the length of the text. `malformed` tells wrong
    syntax (true) from a well-formed date that cannot be (false).
    """

    def __init__(self, message: str, position: int, *, malformed: bool) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.malformed = malformed


class Written(NamedTuple):
    """One date as written, standing at `[position, end)` of the text."""

    position: int
    end: int
    year: int
    month: int | None
    day: int | None
    decade: bool
    mark: str
    """`?`, `~`, `%` or nothing."""


End = Written | Literal["..", ""]
"""One end: a date, `..` where it is open, nothing where it is unknown."""


class Syntax(NamedTuple):
    """A text taken apart; a single date is both ends."""

    form: Literal["date", "interval", "set"]
    start: End
    end: End


def refuse(text: str, position: int, cure: str, *, malformed: bool = True) -> NoReturn:
    """Raise `EdtfError`; the message quotes the text, says where, and gives the cure."""
    shown = text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH] + "..."
    place = f"character {position + 1}" if position < len(text) else "its end"
    raise EdtfError(f"{shown!r}, at {place}: {cure}", position, malformed=malformed)


def split_syntax(text: str) -> Syntax:
    """The parts of a text; raises `EdtfError`, malformed."""
    if len(text) > MAX_LENGTH:
        refuse(text, MAX_LENGTH, f"a date has at most {MAX_LENGTH} characters")
    if text.startswith("["):
        return _take_set_apart(text)
    left, slash, right = text.partition("/")
    if not slash:
        only = _scan(text, 0, text)
        return Syntax("date", only, only)
    if left in ("", "..") and right in ("", ".."):
        refuse(text, 0, "an interval needs a date at one end at least, as in '1997-07-01/..'")
    return Syntax("interval", _scan_end(text, 0, left), _scan_end(text, len(left) + 1, right))


def _take_set_apart(text: str) -> Syntax:
    if not text.endswith("]"):
        refuse(text, len(text), "the bracket is not closed: write '[..2020]' or '[2020..]'")
    if text.startswith("[.."):
        return Syntax("set", "..", _scan(text, 3, text[3:-1]))
    if text.endswith("..]"):
        return Syntax("set", _scan(text, 1, text[1:-3]), "..")
    refuse(text, 1, "only '[..B]' (on or before) and '[A..]' (on or after) stand in brackets")


def _scan_end(text: str, position: int, part: str) -> End:
    if part == "..":
        return ".."
    return _scan(text, position, part) if part else ""


def _scan(text: str, position: int, part: str) -> Written:
    """The date `part` that begins at `position` of `text`."""
    found = _DATE.fullmatch(part)
    if not found:
        refuse(text, position + _fault(part), _CURE)
    year, month, day, mark, decade, decade_mark = found.groups()
    return Written(
        position=position,
        end=position + len(part),
        year=int(year or decade + "0"),
        month=int(month) if month else None,
        day=int(day) if day else None,
        decade=year is None,
        mark=mark or decade_mark or "",
    )


def _fault(part: str) -> int:
    """Offset of the first character that no date has there, or where one is missing."""
    shape = "000X" if part[3:4] == "X" else "0000-00-00"
    body = part[:-1] if part[-1:] in ("?", "~", "%") else part
    for offset, (wanted, found) in enumerate(zip(shape, body, strict=False)):
        if found != wanted and not (wanted == "0" and found in "0123456789"):
            return offset
    return min(len(body), len(shape))
