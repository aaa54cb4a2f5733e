"""Atom (RFC 4287): one entry for each row.

Links are root-relative. Feed readers resolve them against the address of the feed. Ids are URNs.
`updated` is the time when the content was loaded. The summary of an entry has the date of the row.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from pydantic_core import from_json

from app.formats.format import Format, Writer
from app.formats.plain_words import categories, paragraphs, urn
from app.formats.separators import SEPARATORS

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow, not even escaped (section 2.2)."""

_LINE_ENDS = str.maketrans({each: f"&#{ord(each)};" for each in ("\r", *SEPARATORS)})
"""Character references for line ends. XML parsers convert a bare CR to LF. Clients that split text
into lines may also split at the other characters."""

_AUTHOR = "hkus-kb"


class AtomWriter(Writer):
    """Writes a feed."""

    __slots__ = ()

    def head(self) -> bytes:
        feed = self.feed
        rows = "1 row" if feed.total == 1 else f"{feed.total} rows"
        return _markup(
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
            _element("id", urn(quote(feed.self_link.lstrip("/")))),
            _element("title", feed.title),
            _element("subtitle", f"{rows} of dataset version {feed.dataset_version}"),
            _element("updated", feed.loaded_at),
            f"<author>{_element('name', _AUTHOR)}</author>",
            _link("self", feed.self_link),
        )

    def part(self, rows: Sequence[str]) -> bytes:
        updated = _element("updated", self.feed.loaded_at)
        return b"".join(_markup(*_entry(from_json(row), updated)) for row in rows)

    def tail(self) -> bytes:
        return _markup("</feed>")


ATOM = Format("atom", "application/atom+xml", AtomWriter, dated_only=True)


def _entry(row: dict[str, Any], updated: str) -> Iterator[str]:
    yield "<entry>"
    yield _element("id", urn(row["id"]))
    yield _element("title", row["name"])
    yield updated
    yield _link("alternate", row["links"]["self"])
    for category in categories(row):
        yield f'<category term="{_escaped(category)}"/>'
    if summary := "\n".join(paragraphs(row)):
        yield _element("summary", summary)
    yield "</entry>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>"


def _link(relation: str, target: str) -> str:
    return f'<link rel="{relation}" href="{_escaped(target)}"/>'


def _escaped(text: str) -> str:
    """The text escaped for an element or an attribute."""
    return escape(_FORBIDDEN.sub("\ufffd", text)).translate(_LINE_ENDS)


def _markup(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
