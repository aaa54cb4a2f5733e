"""Cursors: opaque tokens for a position in a sorted list, with the direction of the page.

A cursor contains the sort key of a row, so it still works after a reload of the data. It contains
a hash of its query, because it is valid for this query only. It also has a checksum. The checksum
is not for secrecy, because the data are public. It shows whether a refused cursor is damaged or
belongs to another query.
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

CURSOR_PATTERN = r"^[A-Za-z0-9_-]{8,512}$"
"""The pattern of a token."""

Direction = Literal["after", "before"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The position in a list: `key` has a value for each sort column, `query` is the hash of the
    query, `dataset` is the version of the data."""

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
    """Decode a token. It must match `CURSOR_PATTERN`.

    `query` is the hash of the query, `columns` are the types of the values of the key. Raises
    `InvalidValue` if the token is damaged or was issued for another query.
    """
    content = _content(token)
    if content is None or len(content) != 3 + len(columns):
        raise _foreign("The cursor is damaged or was never issued")
    direction, bound_to, dataset, *key = content
    are_valid = all(_is_valid(value, kind) for value, kind in zip(key, columns, strict=True))
    if (
        direction not in ("a", "b")
        or bound_to != query
        or not isinstance(dataset, str)
        or not are_valid
    ):
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


def _is_valid(value: Any, kind: type) -> bool:
    if kind is str:
        return isinstance(value, str) and "\0" not in value and _encodable(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= EXACT_INTEGERS and (kind is float or isinstance(value, int))


def _encodable(text: str) -> bool:
    """Whether the text has no lone surrogates. Databases refuse them."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def _foreign(what: str) -> InvalidValue:
    return InvalidValue(
        f"{what}; start again without `cursor`, and keep filters and sort while paging.",
        code="foreign-cursor",
        expressible=False,
    )
