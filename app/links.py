"""Links of the API: root-relative, never built from the Host header."""

import re
from collections.abc import Mapping
from urllib.parse import quote_plus

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")


def with_query(path: str, canonical: Mapping[str, list[str]]) -> str:
    """A root-relative link that runs a canonical query."""
    pairs = ((name, value) for name, values in canonical.items() for value in values)
    query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
    return f"{path}?{query}" if query else path


def _quoted(text: str) -> str:
    """As it stands in a query; most texts stand as they are, and looking is faster than quoting."""
    return text if _PLAIN.fullmatch(text) else quote_plus(text)
