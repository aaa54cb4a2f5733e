"""The access log: what is told of each request, and of whom it is not."""

import logging
import re
from dataclasses import dataclass
from typing import Any

from starlette.types import Scope

ACCESS = logging.getLogger("hkus.access")
LONGEST = 1_000
"""Characters of an address that are logged."""

_PLAIN = re.compile(r"[!-~]*")


@dataclass(frozen=True)
class AccessLog:
    """Which of the things that people may ask, and be known by, are logged too."""

    queries: bool = False
    clients: bool = False

    def log(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        """Log one request. The query is what somebody wants to know, so it is nobody's business
        unless a setting says otherwise; nor is the address that it came from."""
        told: dict[str, Any] = {
            "request_id": request_id,
            "method": printable(scope["method"]),
            "path": printable(_path(scope)),
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        if self.queries:
            told["query"] = printable(scope["query_string"].decode("latin-1"))
        if self.clients:
            told["client"] = scope["client"][0] if scope["client"] else None
        ACCESS.info(told)


def printable(text: str) -> str:
    """The text in one line of printable ASCII, cut to a bearable length."""
    text = text[:LONGEST]
    if _PLAIN.fullmatch(text):
        return text
    return text.encode("unicode_escape").decode("ascii").replace(" ", "\\x20")


def _path(scope: Scope) -> str:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1")
