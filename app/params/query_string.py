"""Strict decoding of the raw query string into names and values."""

import re
from urllib.parse import unquote_to_bytes

from app.problems.problems import Fault, refuse

LONGEST_TARGET = 8192
"""Maximum length of path and query together, in bytes.

RFC 9110, section 4.1 recommends to support at least 8,000.
"""


_UNENCODED = re.compile(rb"[A-Za-z0-9_.-]*")


def split_query(raw: bytes) -> list[tuple[str, str]]:
    """The names and values of a query string, in their order.

    Raises a `ProblemError` for bytes that are not UTF-8 and for NUL.
    """
    pairs = [item.partition(b"=") for item in raw.split(b"&") if item]
    return [(_decoded(name, None), _decoded(value, name)) for name, _, value in pairs]


def _decoded(raw: bytes, parameter: bytes | None) -> str:
    if _UNENCODED.fullmatch(raw):
        return raw.decode("ascii")
    data = unquote_to_bytes(raw.replace(b"+", b" "))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refuse([_undecodable(parameter, f"Byte {error.start} is not UTF-8")]) from None
    if "\0" in text:
        raise refuse([_undecodable(parameter, f"Character {text.index(chr(0))} is NUL")])
    return text


def _undecodable(parameter: bytes | None, what: str) -> Fault:
    name = parameter.decode("ascii", "replace") if parameter is not None else None
    where = f"the value of {name!r}" if name else "the name of a parameter"
    return Fault(name, "undecodable", f"{what} in {where}; encode text as UTF-8, without NUL.")


def check_text(path: bytes) -> None:
    """Raise a `ProblemError` if the path is not UTF-8 or contains NUL."""
    _decoded(path.replace(b"+", b"%2B"), None)
