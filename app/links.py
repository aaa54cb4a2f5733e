"""Links of the API: root-relative, and never built from the Host header.

What leaves the API (feeds, calendars, JSON-LD, sitemaps) needs absolute links. They are built from
the setting `public_url`; without it they stay relative.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

TAG_DAY = "2026-11-29"
"""The day in tag URIs (RFC 4151): the first version of this program that writes them. It never
changes, because the identifiers of rows would change with it."""
_NAMESPACE = uuid.UUID("9b1f6f2c-5e0b-5d0a-8a53-3c1d9c0f6a11")
"""The namespace of identifiers without a public address. It never changes either."""
_TAG_AUTHORITY = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[0-9]+)?")
"""An origin whose host may name the authority of a tag URI (RFC 4151, section 2.1)."""


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """The public address of the service, such as `https://kb.example.org`, or None if not known."""

    origin: str | None = None

    def link(self, path: str) -> str:
        """An absolute link to a root-relative path; the path itself without a public address."""
        return f"{self.origin or ''}{path}"

    def identifier(self, name: str) -> str:
        """A globally unique URI for a row or a feed, which never changes.

        A tag URI (RFC 4151) with the host of the public address. Without one, a name-based UUID
        (RFC 9562), which needs no host.
        """
        authority = _TAG_AUTHORITY.fullmatch(self.origin or "")
        if authority:
            return f"tag:{authority[1]},{TAG_DAY}:{name}"
        return uuid.uuid5(_NAMESPACE, name).urn


NO_ADDRESS = PublicAddress()
"""The address of a service whose public address is not known."""


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
