"""Cursors: opaque tokens that say where in a sorted list to go on, and in which direction.

A cursor holds the sort key of a row, so it survives a reload and goes on after its key. It is bound
to its query by a hash, and has a checksum: not for secrecy (the data are public), but so that a
damaged one is told from a foreign one.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from app.params.types import EXACT_INTEGERS, Scalar
from app.problems.problems import InvalidValue

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

FORM = r"^[A-Za-z0-9_-]{8,512}$"

Direction = Literal["after", "before"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where to go on: `key` holds a value for each sort column, `query` a hash of the query."""

    direction: Direction
    query: str
    dataset: str
    key: tuple[Scalar, ...]

    def encode(self) -> str:
        """The token: base64url of a checksum and compact JSON."""
        content = [self.direction[0], self.query, self.dataset, *self.key]
        data = _compact(content).encode()
        token = base64.urlsafe_b64encode(_checksum(data) + data)
        return token.rstrip(b"=").decode("ascii")


def decode_cursor(token: str, query: str, columns: Sequence[type]) -> Cursor:
    """The cursor of a token that was issued for this query; `columns` are the types of its key.

    Raises `Refused`. The token has the form of `FORM`.
    """
    content = _content(token)
    if content is None or len(content) != 3 + len(columns):
        raise _foreign("The cursor is damaged or was never issued")
    direction, bound_to, dataset, *key = content
    fits = all(_fits(value, kind) for value, kind in zip(key, columns, strict=True))
    if direction not in ("a", "b") or bound_to != query or not isinstance(dataset, str) or not fits:
        raise _foreign("The cursor belongs to another query")
    return Cursor("after" if direction == "a" else "before", query, dataset, tuple(key))


def _content(token: str) -> list[Any] | None:
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        content = json.loads(data[4:].decode("utf-8"))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if _checksum(data[4:]) != data[:4] or not isinstance(content, list):
        return None
    return cast(list[Any], content)


def _fits(value: Any, kind: type) -> bool:
    if kind is str:
        return isinstance(value, str) and "\0" not in value and _encodable(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= EXACT_INTEGERS and (kind is float or isinstance(value, int))


def _encodable(text: str) -> bool:
    """Whether the text is without lone surrogates, which no database takes."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def _foreign(what: str) -> InvalidValue:
    return InvalidValue(
        f"{what}; start again without `cursor`, and keep filters and sort while paging.",
        code="foreign-cursor",
        expressible=False,
    )
