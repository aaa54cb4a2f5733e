"""Links of the API: root-relative, never built from the Host header."""

from collections.abc import Mapping
from urllib.parse import urlencode


def with_query(path: str, canonical: Mapping[str, list[str]]) -> str:
    """A root-relative link that runs a canonical query."""
    query = urlencode([(name, value) for name, values in canonical.items() for value in values])
    return f"{path}?{query}" if query else path
