"""Links of the API: root-relative, and never built from the Host header."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote_plus


def with_query(path: str, canonical: Mapping[str, list[str]]) -> str:
    """A root-relative link to a path with a canonical query."""
    query = "&".join([_pair(name, value) for name, values in canonical.items() for value in values])
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=4_096)
def _pair(name: str, value: str) -> str:
    """`name=value`, encoded. Cached, because one answer holds the same pair in several links."""
    return f"{quoted(name)}={quoted(value)}"


@lru_cache(maxsize=4_096)
def quoted(text: str) -> str:
    """A name or value, encoded for a query string."""
    return quote_plus(text)
