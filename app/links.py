"""Links of the API: root-relative, never built from the Host header."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote_plus


def with_query(path: str, canonical: Mapping[str, list[str]]) -> str:
    """A root-relative link that runs a canonical query."""
    query = "&".join([_pair(name, value) for name, values in canonical.items() for value in values])
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=4_096)
def _pair(name: str, value: str) -> str:
    """As they stand in a query; each stands in several links of an answer."""
    return f"{quoted(name)}={quoted(value)}"


@lru_cache(maxsize=4_096)
def quoted(text: str) -> str:
    """As it stands in a query."""
    return quote_plus(text)
