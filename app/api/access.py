"""The access log: one line for each request, without private data unless a setting adds them."""

import logging
import re
from dataclasses import dataclass
from typing import Any

from starlette.types import Scope

ACCESS = logging.getLogger("hkus.access")
LONGEST_LOGGED = 1_000
"""Most characters of a path or query that are logged."""

_PRINTABLE_ASCII = re.compile(r"[!-~]*")


@dataclass(frozen=True)
class AccessLog:
    """Logs requests; `queries` adds the query string, `clients` the address of the client."""

    queries: bool = False
    clients: bool = False

    def log(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        """Log one request. By default the query and the client's address are left out, because they
        show what a person looks for, and who it is."""
        fields: dict[str, Any] = {
            "request_id": request_id,
            "method": printable(scope["method"]),
            "path": printable(_path(scope)),
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        if self.queries:
            fields["query"] = printable(scope["query_string"].decode("latin-1"))
        if self.clients:
            fields["client"] = scope["client"][0] if scope["client"] else None
        ACCESS.info(fields)


def printable(text: str) -> str:
    """The text as printable ASCII in one line, cut to `LONGEST_LOGGED` characters."""
    text = text[:LONGEST_LOGGED]
    if _PRINTABLE_ASCII.fullmatch(text):
        return text
    return text.encode("unicode_escape").decode("ascii").replace(" ", "\\x20")


def _path(scope: Scope) -> str:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1")
